"""The training step of graphs/mlp.lua and graphs/cnn.lua in PyTorch: the peer that bench/step.sh times.

    python bench/peer_torch.py MODEL BATCH THREADS MODE STEPS

MODEL mlp or cnn; MODE is words joined by +: nchw or nhwc (memory format), eager or compile, foreach or fused (AdamW).
Prints one JSON line: the fastest and the median step in milliseconds, and the resident memory in bytes."""
import json
import resource
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.out = nn.Linear(784, 128), nn.Linear(128, 10)

    def forward(self, x):
        return self.out(F.relu(self.hidden(x.flatten(1))))


class Cnn(nn.Module):
    def __init__(self, w=32):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(1, w, 3, padding=1), nn.Conv2d(w, 2 * w, 3, padding=1)
        self.c3, self.c4 = nn.Conv2d(2 * w, 2 * w, 3, padding=1), nn.Conv2d(2 * w, 4 * w, 3, padding=1)
        self.out = nn.Linear(4 * w, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c2(F.relu(self.c1(x)))), 2)
        x = F.relu(self.c4(F.max_pool2d(F.relu(self.c3(x)), 2)))
        return self.out(x.mean((2, 3)))


MODELS = {"mlp": Mlp, "cnn": Cnn}


def main():
    name, batch, threads, mode, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4].split("+"), int(sys.argv[5])
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = MODELS[name]()
    x, y = torch.rand(batch, 1, 28, 28), torch.randint(0, 10, (batch,))
    if "nhwc" in mode:
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    how = {"fused": True} if "fused" in mode else {"foreach": True}
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, **how)
    forward = torch.compile(model) if "compile" in mode else model

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(forward(x), y)
        loss.backward()
        optimizer.step()

    for _ in range(5):
        step()
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    times.sort()
    print(json.dumps({"min_ms": times[0] * 1e3, "median_ms": times[len(times) // 2] * 1e3, "version": torch.__version__,
                      "rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
