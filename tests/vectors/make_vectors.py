"""Reference values from PyTorch, in float64: NAME.feed.safetensors (inputs and parameters, float32) and NAME.expect.safetensors
(loss, named values and gradients).  test_vectors.c compares `tailor grad` with them.

    python tests/vectors/make_vectors.py        from the project's root, with ./tailor built; needs torch and safetensors
"""
import json
import os
import subprocess

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file

HERE = os.path.dirname(os.path.abspath(__file__))


def mlp(p, x):
    h1 = F.relu(F.linear(x.flatten(1), p[0], p[1]))
    return {"h1": h1, "logits": F.linear(h1, p[2], p[3])}


def cnn(p, x):
    x = x.permute(0, 3, 1, 2)
    x = F.relu(F.conv2d(x, p[0], p[1], padding=1))
    x = F.max_pool2d(F.relu(F.conv2d(x, p[2], p[3], padding=1)), 2)
    x = F.max_pool2d(F.relu(F.conv2d(x, p[4], p[5], padding=1)), 2)
    x = F.relu(F.conv2d(x, p[6], p[7], padding=1))
    return {"features": x.permute(0, 2, 3, 1), "logits": F.linear(x.mean((2, 3)), p[8], p[9])}


CASES = [("mlp", "graphs/mlp.lua", "width=8", mlp, 5), ("cnn", "graphs/cnn.lua", "width=4", cnn, 3)]


def main():
    for name, graph, setting, model, batch in CASES:
        said = json.loads(subprocess.check_output(["./tailor", "check", graph, "--set", setting, "--json"]))
        random = np.random.default_rng(7)
        image = random.random((batch, 28, 28, 1), dtype=np.float32)
        label = random.integers(0, 10, batch).astype(np.int32)
        feed, leaves = {"image": image, "label": label}, []
        for parameter in said["parameters"]:
            fan = int(np.prod(parameter["shape"][1:])) or 1
            values = ((random.random(parameter["shape"]) * 2 - 1) * (3.0 / fan) ** 0.5).astype(np.float32)
            feed[parameter["name"]] = values
            leaves.append(torch.tensor(values, dtype=torch.float64, requires_grad=True))
        x = torch.tensor(image, dtype=torch.float64, requires_grad=True)
        values = model(leaves, x)
        loss = F.cross_entropy(values["logits"], torch.tensor(label, dtype=torch.int64))
        gradients = torch.autograd.grad(loss, leaves + [x])
        expect = {"loss": loss, "d_image": gradients[-1]} | {k: v for k, v in values.items() if k in {w["name"] for w in said["values"]}}
        expect |= {"d_" + parameter["name"]: g for parameter, g in zip(said["parameters"], gradients)}
        metadata = {"graph": graph, "set": setting, "torch": torch.__version__}
        save_file(feed, f"{HERE}/{name}.feed.safetensors", metadata)
        save_file({k: np.array(v.detach().numpy(), order="C") for k, v in expect.items()}, f"{HERE}/{name}.expect.safetensors", metadata)


if __name__ == "__main__":
    main()
