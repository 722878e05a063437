"""A fine-tuning run of PyTorch, in float64: tests/vectors/finetune has images and labels, weights to begin with and
those behind six steps, all images in each, with the first layer and its norm under requires_grad = False.
init_test.sh compares `tailor train --init` of graphs/finetune.lua with it.

    python tests/vectors/make_finetune.py      from the project's root; needs torch and safetensors
"""
import os

import numpy as np
import torch
from safetensors.torch import save_file

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "finetune")


class Stage(torch.nn.Module):
    def __init__(self, inputs, outputs, stride, bias):
        super().__init__()
        self.conv = torch.nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=bias)
        self.bn = torch.nn.BatchNorm2d(outputs)

    def forward(self, x):
        return torch.relu(self.bn(self.conv(x)))


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = torch.nn.ModuleDict({"1": Stage(1, 6, 1, False), "2": Stage(6, 8, 2, True)})
        self.head = torch.nn.Linear(8, 4)

    def forward(self, x):
        return self.head(self.stages["2"](self.stages["1"](x)).mean((2, 3)))


def save(net, name):
    tensors = {k: v if v.dtype == torch.int64 else v.float().clone() for k, v in net.state_dict().items()}
    save_file(tensors, f"{HERE}/{name}.safetensors", metadata={"format": "pt"})


def main():
    torch.manual_seed(1)
    random = np.random.default_rng(1)
    labels = (np.arange(48) % 4).astype(np.uint8)
    images = random.integers(0, 160, (48, 8, 8), dtype=np.uint8)
    for i, label in enumerate(labels):       # a bright quarter says the class
        images[i, label // 2 * 4:label // 2 * 4 + 4, label % 2 * 4:label % 2 * 4 + 4] += 95
    np.save(f"{HERE}/train-images.npy", images)
    np.save(f"{HERE}/train-labels.npy", labels)
    net = Net()
    for module in net.stages.values():       # as after some training
        torch.nn.init.uniform_(module.bn.weight, 0.5, 1.5)
        torch.nn.init.uniform_(module.bn.bias, -0.2, 0.2)
        module.bn.running_mean.uniform_(-0.2, 0.2)
        module.bn.running_var.uniform_(0.5, 1.5)
    net.double()
    save(net, "init")                        # floats, which the run below begins with too
    for tensor in net.state_dict().values():
        if tensor.dtype == torch.float64:
            tensor.copy_(tensor.float().double())
    for parameter in net.stages["1"].parameters():
        parameter.requires_grad = False
    trained = [p for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.SGD(trained, lr=0.1, momentum=0.9, weight_decay=0.01)
    x, y = torch.tensor(images[:, None] / 255.0).float().double(), torch.tensor(labels.astype(np.int64))
    for _ in range(6):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(x), y)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(trained, 0.25)
        print(loss.item(), norm.item())
        optimizer.step()
    save(net, "expect")


main()
