"""Plain PyTorch modules of the networks in graphs/, with the names that a state dict of theirs has: docs/pytorch.md.

    twin("resnet", {"depth": 20, "width": 16})                  settings as the graph files' options
"""
import collections

import torch
import torch.nn.functional as F
from torch import nn


def numbered(modules, first=1):
    return nn.Sequential(collections.OrderedDict((str(i), m) for i, m in enumerate(modules, first)))


class Mlp(nn.Module):
    def __init__(self, width=128):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(784, width), nn.Linear(width, 10)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


class Cnn(nn.Module):
    def __init__(self, width=32, norm=False):
        super().__init__()
        self.norm, last = norm, 1
        for i, c in enumerate([width, 2 * width, 2 * width, 4 * width], 1):
            setattr(self, f"conv{i}", nn.Conv2d(last, c, 3, padding=1, bias=not norm))
            if norm:
                setattr(self, f"bn{i}", nn.BatchNorm2d(c))
            last = c
        self.fc = nn.Linear(last, 10)

    def forward(self, x):
        for i in range(1, 5):
            x = getattr(self, f"conv{i}")(x)
            x = F.relu(getattr(self, f"bn{i}")(x) if self.norm else x)
            if i in (2, 3):
                x = F.max_pool2d(x, 2)
        return self.fc(x.mean((2, 3)))


class DecoyCnn(nn.Module):
    def __init__(self, first=20, second=50, hidden=256):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, first, 5), nn.Conv2d(first, second, 5)
        self.fc1, self.fc2 = nn.Linear(16 * second, hidden), nn.Linear(hidden, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.permute(0, 2, 3, 1).flatten(1)                        # flatten runs over h, w, c
        return self.fc2(F.relu(self.fc1(x)))


class BasicBlock(nn.Module):
    def __init__(self, last, c, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(last, c, 3, stride, 1, bias=False), nn.BatchNorm2d(c)
        self.conv2, self.bn2 = nn.Conv2d(c, c, 3, 1, 1, bias=False), nn.BatchNorm2d(c)
        self.skips = stride == 1 and last == c
        if not self.skips:
            self.conv_skip, self.bn_skip = nn.Conv2d(last, c, 1, stride, bias=False), nn.BatchNorm2d(c)

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.skips else self.bn_skip(self.conv_skip(x))))


class ResNet(nn.Module):
    def __init__(self, depth=20, width=16):
        super().__init__()
        self.stem = nn.Sequential(collections.OrderedDict(
            conv=nn.Conv2d(1, width, 3, 1, 1, bias=False), bn=nn.BatchNorm2d(width), relu=nn.ReLU()))
        stages, blocks, last = (4, 2, width) if depth == 18 else (3, (depth - 2) // 6, width)
        made = []
        for stage in range(stages):
            c = width << stage
            made.append(numbered([BasicBlock(last if i == 0 else c, c, 2 if stage and i == 0 else 1)
                                  for i in range(blocks)]))
            last = c
        self.stages, self.fc = numbered(made), nn.Linear(last, 10)

    def forward(self, x):
        return self.fc(self.stages(self.stem(x)).mean((2, 3)))


class LayerNorm2d(nn.LayerNorm):
    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class Grn(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.zeros(c)), nn.Parameter(torch.zeros(c))

    def forward(self, x):
        g = torch.linalg.vector_norm(x, dim=(1, 2), keepdim=True)
        return self.weight * (x * (g / (g.mean(-1, keepdim=True) + 1e-6))) + self.bias + x


class Scale(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(c))

    def forward(self, x):
        return x * self.weight


class ConvNextBlock(nn.Module):
    def __init__(self, c, version):
        super().__init__()
        self.dwconv, self.norm = nn.Conv2d(c, c, 7, padding=3, groups=c), nn.LayerNorm(c, eps=1e-6)
        self.pwconv1 = nn.Linear(c, 4 * c)
        self.grn = Grn(4 * c) if version == 2 else nn.Identity()
        self.pwconv2 = nn.Linear(4 * c, c)
        self.gamma = Scale(c) if version == 1 else nn.Identity()

    def forward(self, x):
        y = self.norm(self.dwconv(x).permute(0, 2, 3, 1))
        y = self.gamma(self.pwconv2(self.grn(F.gelu(self.pwconv1(y)))))
        return x + y.permute(0, 3, 1, 2)


class ConvNext(nn.Module):
    def __init__(self, dim=32, depth=2, version=1):
        super().__init__()
        self.stem = nn.Sequential(collections.OrderedDict(
            conv=nn.Conv2d(1, dim, 2, 2), norm=LayerNorm2d(dim, eps=1e-6)))
        self.downsample = numbered([nn.Sequential(collections.OrderedDict(
            norm=LayerNorm2d(dim << i, eps=1e-6), conv=nn.Conv2d(dim << i, dim << i + 1, 2, 2))) for i in range(2)], 2)
        self.stages = numbered([numbered([ConvNextBlock(dim << i, version) for _ in range(depth)], 0)
                                for i in range(3)])
        self.norm, self.head = nn.LayerNorm(dim << 2, eps=1e-6), nn.Linear(dim << 2, 10)

    def forward(self, x):
        x = self.stages[0](self.stem(x))
        for i in range(2):
            x = self.stages[i + 1](self.downsample[i](x))
        return self.head(self.norm(x.mean((2, 3))))


TWINS = {"mlp": Mlp, "cnn": Cnn, "cnn_cam": Cnn, "decoy_cnn": DecoyCnn, "resnet": ResNet, "convnext": ConvNext}


def twin(graph, settings):
    return TWINS[graph](**settings).eval()
