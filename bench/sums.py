"""Rounding errors of long sums, beside PyTorch's and NumPy's: root mean square over all elements,
in units of 2^-24 of the result's.

    python bench/sums.py        from the project's root, with ./tailor built; needs torch

Terms are normal (products) or uniform from 0 to 1 (sums).  The right values are PyTorch's in float64.  Products are a
linear layer's and convolutions' results and their two gradients; the number of terms of each sum stands beside it. """
import json
import os
import struct
import subprocess
import tempfile

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
TYPES = {"F32": "<f4", "I32": "<i4"}


def grad(graph, feed):
    """What `tailor grad` makes of a graph file's text and float arrays."""
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        open(path("sums.lua"), "w").write(graph)
        header, at = {}, 0
        for name, x in feed.items():
            header[name] = {"dtype": "F32", "shape": x.shape, "data_offsets": [at, at + x.nbytes]}
            at += x.nbytes
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        with open(path("in"), "wb") as f:
            f.write(struct.pack("<Q", len(text)) + text)
            for x in feed.values():
                f.write(np.ascontiguousarray(x).tobytes())
        subprocess.run(["./tailor", "grad", path("sums.lua"), "--feed", path("in"), "-o", path("out")], check=True)
        data = open(path("out"), "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    return {name: np.frombuffer(data[8 + size:][slice(*x["data_offsets"])], TYPES[x["dtype"]]).reshape(x["shape"])
            for name, x in header.items() if name != "__metadata__"}


def error(x, right):
    x, right = np.asarray(x, np.float64), np.asarray(right, np.float64)
    return np.sqrt(np.mean((x - right) ** 2) / np.mean(right ** 2)) * 2 ** 24


def row(what, terms, ours, theirs):
    print(f"| {what} | {terms} | {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f} |", flush=True)


def products(what, graph, feed, forward, terms):
    """forward: of the inputs in the order of the feed, the result; loss is the sum of result * d,
    so that d is what comes back."""
    ours = grad(graph, feed)
    sides = {}
    for dtype in torch.float32, torch.float64:
        x = [torch.tensor(v, dtype=dtype).requires_grad_(name != "d") for name, v in feed.items()]
        y = forward(*x[:-1])
        gradients = torch.autograd.grad((y * x[-1]).sum(), x[:-1])
        sides[dtype] = [v.detach().numpy() for v in (y, *gradients)]
    names = ["y"] + ["d_" + name for name in list(feed)[:-1]]
    for name, kind, theirs, right, n in zip(names, ("result", "to the input", "to the weight"), sides[torch.float32],
                                            sides[torch.float64], terms):
        if n >= 256:
            row(f"{what}, {kind}", n, error(ours[name], right), error(theirs, right))


def main():
    random = np.random.default_rng(1)
    normal = lambda *shape: random.normal(size=shape).astype(np.float32)
    print("| product | terms | tailor | PyTorch | ratio |\n|---|---|---|---|---|")
    for k, m, n in (1000, 128, 64), (10000, 128, 10), (100000, 64, 10), (1000000, 16, 10):
        graph = (f"x = input{{{k}}}\nd = input{{{n}}}\nw = param({{{n}, {k}}})\n"
                 f"y = matmul(x, w, {{transpose_b = true}})\nminimize(sum(y * d))")
        products(f"linear, {m} x {k} to {n}", graph, {"x": normal(m, k), "w": normal(n, k), "d": normal(m, n)},
                 F.linear, (k, n, m))
    for c, o, k, h, stride in ((64, 32, 3, 14, 1), (512, 16, 3, 7, 1), (3, 32, 7, 56, 2), (16, 16, 5, 32, 1),
                               (1024, 64, 1, 14, 1)):
        p = k // 2
        out = (h - 1) // stride + 1
        graph = (f"x = input{{{h}, {h}, {c}}}\nd = input{{{out}, {out}, {o}}}\n"
                 f"y = conv2d(x, {o}, {{kernel = {k}, stride = {stride}, bias = false, name = 'w'}})\n"
                 f"minimize(sum(y * d))\n"
                 "train{data = 'digits', batch = 8, accuracy = 'exact', optimizer = sgd{lr = 1}}")
        forward = lambda x, w: F.conv2d(x.permute(0, 3, 1, 2), w, padding=p, stride=stride).permute(0, 2, 3, 1)
        products(f"conv2d, {k} x {k}, {c} to {o}, {h} x {h}", graph,
                 {"x": normal(8, h, h, c), "w.weight": normal(o, c, k, k), "d": normal(8, out, out, o)}, forward,
                 (c * k * k, o * k * k // stride ** 2, 8 * out * out))
    print("\n| sum | terms | tailor | NumPy | ratio |\n|---|---|---|---|---|")
    for axes, shape, batch in (("{2, 3, 4}", (28, 28, 64), 100), ("{2, 3, 4}", (1000, 1000, 1), 6), ("2", (5000,), 200),
                               ("2", (1000000,), 6), ("2", (100,), 1000)):
        x = random.random((batch, *shape)).astype(np.float32)
        ours = grad(f"x = input{{{', '.join(map(str, shape))}}}\ny = sum(x, {axes})", {"x": x})["y"].reshape(batch)
        right = x.reshape(batch, -1).sum(1, dtype=np.float64)
        row(f"sum of {' x '.join(map(str, shape))}", x[0].size, error(ours, right),
            error([v.ravel().sum() for v in x], right))


main()
