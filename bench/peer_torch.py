"""The training step of graphs/mlp.lua, cnn.lua, resnet.lua and convnext.lua in PyTorch: the peer that
bench/peers.sh times.

    python bench/peer_torch.py MODEL BATCH THREADS MODE STEPS

MODEL is mlp, cnn, resnet or convnext, with the default options of its graph.  MODE is words joined by +:
    nchw or nhwc        memory format
    eager or compile    compiled: the network, its loss and their gradients
    foreach or fused    the optimizer, AdamW, or SGD with momentum for resnet
    autocast            forward under torch.autocast to bfloat16
    cam                 adds sup_con of the Grad-CAM maps of the last features, as graphs/outfit.lua does with
                        objective=sup_con
Prints one JSON line: the fastest and the median step in milliseconds, and the most memory that was resident,
in bytes."""
import json
import resource
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.out = nn.Linear(784, 128), nn.Linear(128, 10)

    def features(self, x):
        return F.relu(self.hidden(x.flatten(1)))

    def head(self, x):
        return self.out(x)

    def forward(self, x):
        return self.head(self.features(x))


class Cnn(nn.Module):
    def __init__(self, w=32):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(1, w, 3, padding=1), nn.Conv2d(w, 2 * w, 3, padding=1)
        self.c3, self.c4 = nn.Conv2d(2 * w, 2 * w, 3, padding=1), nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.out = nn.Linear(4 * w, 10)

    def features(self, x):
        x = F.max_pool2d(F.relu(self.c2(F.relu(self.c1(x)))), 2)
        return F.relu(self.c4(F.max_pool2d(F.relu(self.c3(x)), 2)))

    def head(self, x):
        return self.out(x.mean((2, 3)))

    def forward(self, x):
        return self.head(self.features(x))


class BasicBlock(nn.Module):
    def __init__(self, channels, out, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out)
        self.conv2, self.bn2 = nn.Conv2d(out, out, 3, 1, 1, bias=False), nn.BatchNorm2d(out)
        self.skip = None
        if stride != 1 or channels != out:
            self.skip = nn.Sequential(nn.Conv2d(channels, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (self.skip(x) if self.skip else x))


class Resnet(nn.Module):
    def __init__(self, w=16, blocks=3):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, w, 3, 1, 1, bias=False), nn.BatchNorm2d(w), nn.ReLU())
        layers, channels = [], w
        for stage in range(3):
            for block in range(blocks):
                layers.append(BasicBlock(channels, w << stage, 2 if stage and not block else 1))
                channels = w << stage
        self.stages, self.out = nn.Sequential(*layers), nn.Linear(channels, 10)

    def features(self, x):
        return self.stages(self.stem(x))

    def head(self, x):
        return self.out(x.mean((2, 3)))

    def forward(self, x):
        return self.head(self.features(x))


class ChannelNorm(nn.LayerNorm):
    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ConvNextBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.depthwise, self.norm = nn.Conv2d(c, c, 7, padding=3, groups=c), nn.LayerNorm(c, eps=1e-6)
        self.wide, self.narrow = nn.Linear(c, 4 * c), nn.Linear(4 * c, c)
        self.scale = nn.Parameter(torch.ones(c))

    def forward(self, x):
        y = self.norm(self.depthwise(x).permute(0, 2, 3, 1))
        return x + (self.scale * self.narrow(F.gelu(self.wide(y)))).permute(0, 3, 1, 2)


class ConvNext(nn.Module):
    def __init__(self, dim=32, depth=2):
        super().__init__()
        layers = [nn.Conv2d(1, dim, 2, 2), ChannelNorm(dim, eps=1e-6)]
        for stage in range(3):
            c = dim << stage
            if stage:
                layers += [ChannelNorm(c // 2, eps=1e-6), nn.Conv2d(c // 2, c, 2, 2)]
            layers += [ConvNextBlock(c) for _ in range(depth)]
        self.stages, self.norm, self.out = nn.Sequential(*layers), nn.LayerNorm(c, eps=1e-6), nn.Linear(c, 10)

    def features(self, x):
        return self.stages(x)

    def head(self, x):
        return self.out(self.norm(x.mean((2, 3))))

    def forward(self, x):
        return self.head(self.features(x))


MODELS = {"mlp": Mlp, "cnn": Cnn, "resnet": Resnet, "convnext": ConvNext}
PARAMETERS = {"mlp": 101770, "cnn": 130890, "resnet": 272186, "convnext": 413162}      # as ./tailor check says


def initialise(model):
    """as the graphs ask for: what is 0 behind a ReLU, and how far from 1 activations go, may matter to a step's time"""
    for layer in model.modules():
        if isinstance(model, ConvNext) and isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.trunc_normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)
        elif isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")


def optimizer_of(name, model, how):
    if name == "resnet":
        return torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=5e-4, **how)
    return torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.05, **how)


def grad_cam(logits, label, features):
    score = logits.gather(1, label[:, None]).sum()
    gradient = torch.autograd.grad(score, features, create_graph=True)[0]
    return F.relu((gradient.mean((2, 3), keepdim=True) * features).sum(1))


def sup_con(z, label, temperature=0.1):
    others = ~torch.eye(len(z), dtype=torch.bool)
    positive = others & (label[:, None] == label[None])
    s = z @ z.t() / temperature
    log_probability = s - torch.logsumexp(s.masked_fill(~others, float("-inf")), 1, keepdim=True)
    return -((log_probability * positive).sum(1) / positive.sum(1).clamp(min=1)).mean()


def loss_function(model, cam):
    def loss_of(x, label):
        features = model.features(x)
        logits = model.head(features)
        loss = F.cross_entropy(logits, label)
        if cam:
            loss = loss + 0.1 * sup_con(F.normalize(grad_cam(logits, label, features).flatten(1), eps=1e-6), label)
        return loss
    return loss_of


def main():
    name, mode = sys.argv[1], sys.argv[4].split("+")
    batch, threads, steps = (int(sys.argv[i]) for i in (2, 3, 5))
    words = ("nchw", "nhwc", "eager", "compile", "foreach", "fused", "autocast", "cam")
    wrong = [word for word in mode if word not in words]
    if wrong:
        sys.exit(f"mode has {wrong[0]}, see the head of the file")
    if "cam" in mode and name == "mlp":
        sys.exit("mlp has no feature map")
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = MODELS[name]()
    initialise(model)
    count = sum(p.numel() for p in model.parameters())
    assert count == PARAMETERS[name], f"{name} has {count} parameters here, {PARAMETERS[name]} in its graph"
    x, label = torch.rand(batch, 1, 28, 28), torch.randint(0, 10, (batch,))
    if "nhwc" in mode:
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    optimizer = optimizer_of(name, model, {"fused": True} if "fused" in mode else {"foreach": True})
    loss_of = loss_function(model, "cam" in mode)
    if "compile" in mode:
        if "cam" in mode:
            torch._dynamo.config.trace_autograd_ops = True      # else the gradient inside the loss splits the graph
        loss_of = torch.compile(loss_of)

    def step():
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled="autocast" in mode):
            loss = loss_of(x, label)
        loss.backward()
        optimizer.step()

    for _ in range(5):
        step()
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    print(json.dumps({"min_ms": min(times) * 1e3, "median_ms": statistics.median(times) * 1e3,
                      "version": torch.__version__,
                      "rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
