"""Trains graphs/mlp.lua's or graphs/cnn.lua's network in PyTorch the way tailor does: the same optimizer, schedule,
batch size, 55,000 training images, no augmentation.

    TAILOR_DATA=... python bench/train_torch.py MODEL DATA EPOCHS SEED [THREADS]

Prints the test accuracy in percent and the seconds of an epoch."""
import gzip
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from peer_torch import MODELS  # noqa: E402

RECIPES = {"mlp": {"peak": 3e-3, "decay": 0.01}, "cnn": {"peak": 8e-3, "decay": 0.05}}


def idx(name, file):
    path = os.path.join(os.environ.get("TAILOR_DATA", "data"), name, file)
    data = gzip.open(path + ".gz").read() if os.path.exists(path + ".gz") else open(path, "rb").read()
    return np.frombuffer(data, np.uint8, offset=16 if "images" in file else 8)


def images(name, part):
    x = torch.tensor(idx(name, part + "-images-idx3-ubyte").reshape(-1, 1, 28, 28).copy()).float() / 255
    return x, torch.tensor(idx(name, part + "-labels-idx1-ubyte").astype(np.int64))


def main():
    model_name, data, epochs, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    torch.set_num_threads(int(sys.argv[5]) if len(sys.argv) > 5 else 1)
    torch.manual_seed(seed)
    x, y = images(data, "train")
    keep = torch.randperm(60000)[:55000]
    x, y = x[keep].contiguous(memory_format=torch.channels_last), y[keep]
    model, batch, recipe = MODELS[model_name]().to(memory_format=torch.channels_last), 128, RECIPES[model_name]
    for layer in model.modules():      # as graphs/cnn.lua asks for
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    groups = [{"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": recipe["decay"]},
              {"params": [p for p in model.parameters() if p.dim() <= 1], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=recipe["peak"], fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe["peak"], total_steps=epochs * (55000 // batch),
                                                   cycle_momentum=False)
    start = time.time()
    for _ in range(epochs):
        order = torch.randperm(55000)
        for i in range(0, 55000 - batch + 1, batch):
            part = order[i:i + batch]
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(model(x[part]), y[part])
            loss.backward()
            optimizer.step()
            schedule.step()
    seconds = (time.time() - start) / epochs
    model.eval()
    x, y = images(data, "t10k")
    with torch.no_grad():
        right = sum((model(x[i:i + 500]).argmax(1) == y[i:i + 500]).sum().item() for i in range(0, 10000, 500))
    print(f"{model_name} {data} epochs {epochs} seed {seed}: test accuracy {right / 100:.2f}%, "
          f"{seconds:.1f} s an epoch, torch {torch.__version__}", flush=True)


if __name__ == "__main__":
    main()
