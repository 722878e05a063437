"""Reference values from PyTorch, in float64: NAME.feed.safetensors (inputs, parameters and states, float32) and
NAME.expect.safetensors (loss, every named value, all gradients, updated states).  test_vectors.c compares `tailor grad`
with them.

    python tests/vectors/make_vectors.py [NAME]...      from the project's root, with ./tailor built; needs torch

A case is a graph file and a function of the same values: of its parameters, taken one after the other with w(), and its
inputs. Images are NHWC outside of `conv`, `pool` and the like.  The loss is what the function says, else the sum of
mean(v * v + v) over all values that have a gradient.  PyTorch's own functions are the reference wherever it has them.
"""
import json
import os
import subprocess
import sys
import warnings

import numpy as np
import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
HW = (1, 2)
warnings.filterwarnings("ignore", "Using padding='same' with even kernel")


def nchw(x):
    return x.permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def conv(w, x, bias=True, before=None, **options):
    """padding is (kernel - 1) / 2 if not given; before = (left, right, top, bottom) pads unevenly, in front of a valid
    convolution"""
    weight, bias = w(), w() if bias else None
    if before:
        return nhwc(F.conv2d(F.pad(nchw(x), before), weight, bias, **options))
    size = [k // 2 for k in weight.shape[2:]]
    return nhwc(F.conv2d(nchw(x), weight, bias, **{"padding": size} | options))


def transposed(w, x, bias=True, **options):
    return nhwc(F.conv_transpose2d(nchw(x), w(), w() if bias else None, **options))


def max_pool(x, k, **options):
    return nhwc(F.max_pool2d(nchw(x), k, **options))


def avg_pool(x, k, **options):
    return nhwc(F.avg_pool2d(nchw(x), k, **options))


def resize(x, h, width, kind, corners=False):
    options = ({"mode": "bilinear", "align_corners": corners} if kind == "bilinear" else
               {"mode": {"nearest": "nearest-exact", "nearest_floor": "nearest"}[kind]})
    return nhwc(F.interpolate(nchw(x), (h, width), **options))


def linear(w, x, bias=True):
    return F.linear(x, w(), w() if bias else None)


def channels_second(x):
    return x.movedim(-1, 1)


def scale(w, affine):
    return (w(), w()) if affine else (None, None)


def batch_norm(w, x, momentum=0.1, eps=1e-5, affine=True):
    mean, var = w.state(), w.state()
    return F.batch_norm(channels_second(x), mean, var, *scale(w, affine), True, momentum, eps).movedim(1, -1)


def group_norm(w, x, groups, eps=1e-5, affine=True):
    return F.group_norm(channels_second(x), groups, *scale(w, affine), eps).movedim(1, -1)


def instance_norm(w, x, eps=1e-5, affine=True):
    weight, bias = scale(w, affine)
    return F.instance_norm(channels_second(x), weight=weight, bias=bias, eps=eps).movedim(1, -1)


def layer_norm(w, x, eps=1e-6, affine=True):
    return F.layer_norm(x, x.shape[-1:], *scale(w, affine), eps)


def grn(w, x, eps=1e-6):
    weight, bias = w(), w()
    g = torch.linalg.vector_norm(x, dim=HW, keepdim=True)
    return weight * (x * (g / (g.mean(-1, keepdim=True) + eps))) + bias + x


def pick(x, index):
    return x.gather(1, index[:, None])[:, 0]


def runner_up(logits, label):
    return logits.masked_fill(F.one_hot(label, logits.shape[1]).bool(), -torch.inf).argmax(1)


def normalize(x, kind, eps=1e-6):
    flat = x.flatten(1)

    def largest(v):      # the first of equal ones takes the gradient
        return v.max(1, keepdim=True)[0]
    if kind == "l2":
        y = flat * (flat * flat).sum(1, keepdim=True).clamp(min=eps * eps).rsqrt()
    elif kind == "l1":
        y = flat / flat.abs().sum(1, keepdim=True).clamp(min=eps)
    elif kind == "sum":
        y = flat / (flat.sum(1, keepdim=True) + eps)
    elif kind == "max":
        y = flat / largest(flat).clamp(min=eps)
    elif kind == "min_max":
        low = -largest(-flat)
        y = (flat - low) / (largest(flat) - low).clamp(min=eps)
    else:
        y = flat.softmax(1) if kind == "softmax" else flat
    return y.reshape(x.shape)


def ssim(a, b, window=11, sigma=1.5, range=1):
    def gauss(size):
        n = min(window, size)
        g = torch.exp(-((torch.arange(n, dtype=torch.float64) - (n - 1) / 2) ** 2) / (2 * sigma ** 2))
        return g / g.sum()
    a, b = nchw(a), nchw(b)
    kernel = torch.outer(gauss(a.shape[2]), gauss(a.shape[3])).expand(a.shape[1], 1, -1, -1)

    def blur(x):
        return F.conv2d(x, kernel, groups=a.shape[1])
    ma, mb = blur(a), blur(b)
    va, vb, ab = blur(a * a) - ma * ma, blur(b * b) - mb * mb, blur(a * b) - ma * mb
    c1, c2 = (0.01 * range) ** 2, (0.03 * range) ** 2
    return ((2 * ma * mb + c1) * (2 * ab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))).mean((1, 2, 3))


# ---- options and composites, graphs/*.lua beside this file -----------------------------------------------------------

def convolutions(w, image):
    tied = w()
    v = {"plain": conv(w, image),
         "wide": conv(w, image),
         "unbiased": conv(w, image, bias=False),
         "even": conv(w, image, padding="same"),
         "pointwise": conv(w, image),
         "valid": conv(w, image, padding="valid"),
         "whole": conv(w, image, padding=0),
         "padded": conv(w, image, padding=2),
         "uneven": conv(w, image, padding=(2, 1)),
         "strided": conv(w, image, stride=2),
         "rectangle": conv(w, image, stride=(2, 3), padding=0),
         "even_step": conv(w, image, stride=2, before=(1, 2, 1, 2)),
         "patches": conv(w, image, stride=2, padding=0),
         "skipping": conv(w, image, stride=2, bias=False),
         "dilated": conv(w, image, dilation=2, padding="same"),
         "dilated_2": conv(w, image, dilation=(3, 1), padding=(1, 2)),
         "grouped": conv(w, image, groups=2),
         "depthwise": conv(w, image, groups=4),
         "depthwise7": conv(w, image, groups=4, bias=False),
         "multiplied": conv(w, image, groups=4, stride=(1, 2)),
         "all_at_once": conv(w, image, stride=(2, 1), padding=(1, 2), dilation=(2, 3), groups=2, bias=False),
         "given": nhwc(F.conv2d(nchw(image), tied))}
    return v | {"again": conv(w, v["plain"] * 7, stride=3)}


def transposed_convolutions(w, image):
    tied = w()
    v = {"plain": transposed(w, image),
         "doubled": transposed(w, image, stride=2),
         "padded": transposed(w, image, stride=2, padding=1),
         "rectangle": transposed(w, image, stride=(1, 2), padding=(1, 0)),
         "apart": transposed(w, image, stride=3),
         "grouped": transposed(w, image, stride=2, groups=2),
         "depthwise": transposed(w, image, groups=4, bias=False),
         "beyond": transposed(w, image, stride=2, padding=1, output_padding=1),
         "dilated": transposed(w, image, dilation=(2, 3), padding=(1, 0)),
         "both": transposed(w, image, stride=(3, 2), dilation=(2, 1), padding=(0, 1), output_padding=(2, 1), groups=2),
         "far": transposed(w, image, stride=(1, 2), dilation=(3, 4), output_padding=(2, 3), groups=4, bias=False),
         "given": nhwc(F.conv_transpose2d(nchw(image), tied))}
    return v | {"back": conv(w, v["doubled"], stride=2)}


def pools(w, image):
    v = {}
    for kind, pool in ("max", max_pool), ("avg", avg_pool):
        v |= {f"{kind}_plain": pool(image, 2),
              f"{kind}_overlap": pool(image, 3, stride=2, padding=1),
              f"{kind}_every": pool(image, (2, 3), stride=1),
              f"{kind}_apart": pool(image, 2, stride=3),
              f"{kind}_uneven": pool(image, (3, 2), stride=(2, 1), padding=(1, 0)),
              f"{kind}_ceil": pool(image, 3, ceil_mode=True),
              f"{kind}_all": pool(image, 3, stride=2, padding=1, ceil_mode=True)}
    return v | {"max_global": max_pool(image, (8, 7)), 
                "avg_dropped": avg_pool(image, 2, stride=3, padding=1, ceil_mode=True),
                "avg_inside": avg_pool(image, 3, stride=2, padding=1, count_include_pad=False),
                "avg_inside_all": avg_pool(image, (4, 3), stride=(3, 2), padding=(2, 1), ceil_mode=True,
                                           count_include_pad=False),
                "avg_global": F.adaptive_avg_pool2d(nchw(image), 1).flatten(1)}


def norms(w, image, row):
    items = image.flatten(1, 2)
    v = {"batch": batch_norm(w, image),
         "batch_slow": batch_norm(w, image * 2, 0.3, 1e-2),
         "batch_row": batch_norm(w, row),
         "batch_list": batch_norm(w, items, 0.01),
         "layer": layer_norm(w, image),
         "layer_soft": layer_norm(w, image, 0.1),
         "layer_row": layer_norm(w, row),
         "layer_list": layer_norm(w, items),
         "group": group_norm(w, image, 3),
         "group_soft": group_norm(w, image, 2, 0.1),
         "group_row": group_norm(w, row, 2),
         "group_one": group_norm(w, items, 1),
         "instance": instance_norm(w, image),
         "instance_soft": instance_norm(w, items, 0.1),
         "batch_bare": batch_norm(w, image * 3, affine=False),
         "layer_bare": layer_norm(w, items, affine=False),
         "group_bare": group_norm(w, image, 3, affine=False),
         "instance_bare": instance_norm(w, image, 0.1, affine=False),
         "response": grn(w, image),
         "response_soft": grn(w, image, 0.1),
         "scaled": image * w(),
         "scaled_row": row * w()}
    return v | {"twice": batch_norm(w, F.relu(v["batch"])), "off": image * 1}


def clamp(x, low=-torch.inf, high=torch.inf):
    """The gradient passes on the bounds too, which torch.clamp does in some versions only."""
    return torch.where(x < low, low, torch.where(x > high, high, x))


def activations(w, a, b, per_channel):
    positive, far, table = a * a + 0.5, b * b + 1, torch.arange(1.0, 9.0, dtype=torch.float64).reshape(4, 2)
    shifted = b + 0.1
    return {"relu": F.relu(a), "gelu": F.gelu(a), "gelu_tanh": F.gelu(a, approximate="tanh"),
            "sigmoid": torch.sigmoid(a), "tanh": torch.tanh(a), "silu": F.silu(a),
            "softplus": F.softplus(a, threshold=1e9), "exp": torch.exp(a), "log": torch.log(positive),
            "sqrt": torch.sqrt(positive), "rsqrt": torch.rsqrt(positive), "abs": torch.abs(a),
            "leaky": F.leaky_relu(a), "leakier": F.leaky_relu(a, 0.3), "relu6": F.relu6(4 * a),
            "hardsigmoid": F.relu6(2 * a + 3) / 6, "hardswish": F.hardswish(2 * a),
            "erf": torch.erf(a), "floor": torch.floor(a), "sign": torch.sign(a),
            "add": a + b, "sub": a - b, "mul": a * b, "div": a / far,
            "neg": -a, "square": a ** 2, "cube": a ** 3,
            "inverse": far ** -1, "root": positive ** 0.5, "power": positive ** b,
            "constants": 2 / (1 + far) - 3 * a + (1 - b) / 4 + 2 ** a,
            "max": torch.maximum(a, shifted), "min": torch.minimum(a, shifted),
            "clamp": clamp(a, -0.5, 0.5), "above": clamp(a, low=-0.5), "below": clamp(a, high=0.5),
            "equal": a == b, "less": a < b, "greater": a > b, "less_equal": a <= b, "greater_equal": a >= b,
            "where": torch.where(a < b, a * a, b), "broadcast": a * per_channel[:, None, None] + table,
            "stopped": a * (b * a).detach(), "custom": a ** 3 * b}


def reductions(w, x, row):
    def first(v, sign=1):      # of equal ones
        return sign * (sign * v).max(-1)[0]
    places = x.movedim(3, 1).flatten(2)      # [b, c, h * w]
    v = {"sum_all": x.sum().reshape(1, 1, 1, 1), "sum_hw": x.sum(HW, keepdim=True), "sum_c": x.sum(3),
         "sum_b": x.sum(0, keepdim=True),
         "mean_all": x.mean().reshape(1, 1, 1, 1), "mean_hwc": x.mean((1, 2, 3)), "mean_w": x.mean(2, keepdim=True),
         "mean_b": row.mean(0)}
    for kind, sign in ("max", 1), ("min", -1):
        v |= {kind + "_all": first(x.flatten(), sign).reshape(1, 1, 1, 1),
              kind + "_hw": first(places, sign)[:, None, None, :],
              kind + "_c": first(x, sign), kind + "_row": first(row, sign)[:, None]}
    norm, lse = torch.linalg.vector_norm, torch.logsumexp
    return v | {"norm_all": norm(x).reshape(1, 1, 1, 1), "norm_hw": norm(x, dim=HW, keepdim=True),
                "norm_c": norm(x, dim=3),
                "norm_bc": norm(x, dim=(0, 3), keepdim=True),
                "lse_all": lse(x, (0, 1, 2, 3), True), "lse_hw": lse(x, HW, True), "lse_c": lse(x, 3),
                "lse_row": lse(row, 1, True),
                "soft_last": x.softmax(3), "soft_h": x.softmax(1), "soft_row": row.softmax(1),
                "log_last": x.log_softmax(3), "log_w": x.log_softmax(2), "log_row": row.log_softmax(1),
                "arg_last": x.argmax(3), "arg_h": x.argmax(1), "arg_row": row.argmax(1),
                "running_c": x.cumsum(3), "running_h": x.cumsum(1), "running_row": row.cumsum(1)}


def shapes(w, x, row, label):
    weights, hot = w(), F.one_hot(label, 6)
    list_c, list_w = torch.tensor([2, 0, 2, 1, 0]), torch.tensor([2, 0, 2, 1, 0, 2])
    return {"slice_h": x[:, 1:4], "slice_c": x[..., 1:2], "slice_row": row[:, 2:6],
            "pad_hw": F.pad(x, (0, 0, 0, 1, 1, 2)), "pad_value": F.pad(x, (0, 0, 0, 0, 2, 0), value=0.5),
            "pad_last": F.pad(row, (1, 1)),
            "concat_h": torch.cat([x, x * x], 1), "concat_c": torch.cat([x, x[..., :2], x.exp()], 3),
            "concat_row": torch.cat([row, x.flatten(1)], 1),
            "permute_hw": x.permute(0, 2, 1, 3), "permute_list": x.flatten(1, 2).transpose(1, 2),
            "reshaped": linear(w, x.reshape(-1, 3, 6, 5)), "flat": linear(w, x.flatten(1)),
            "nearest_up": resize(x, 10, 9, "nearest"), "nearest_down": resize(x, 3, 4, "nearest"),
            "bilinear_up": resize(x, 11, 8, "bilinear"), "bilinear_down": resize(x, 2, 4, "bilinear"),
            "bilinear_mixed": resize(x[..., :1], 3, 13, "bilinear"),
            "nearest_double": resize(x, 10, 12, "nearest"), "nearest_third": resize(x, 1, 2, "nearest"),
            "floor_up": resize(x, 12, 13, "nearest_floor"), "floor_down": resize(x, 3, 4, "nearest_floor"),
            "floor_double": resize(x, 15, 12, "nearest_floor"), "floor_half": resize(x, 1, 3, "nearest_floor"),
            "floor_mixed": resize(x, 10, 2, "nearest_floor"),
            "floor_rounded": resize(x[..., :1], 5, 74, "nearest_floor"),
            "corners_up": resize(x, 9, 11, "bilinear", True), "corners_down": resize(x, 3, 4, "bilinear", True),
            "corners_one": resize(x, 1, 9, "bilinear", True),
            "corners_of_one": resize(x[:, 1:2], 4, 6, "bilinear", True),
            "corners_thin": resize(x[..., :1], 7, 3, "bilinear", True),
            "gather_rows": weights.index_select(0, label), "gather_list": x.index_select(3, list_c),
            "gather_each": row.gather(1, label[:, None]),
            "scatter_rows": row.new_zeros(4, 6).index_add(0, label, row),
            "scatter_list": x.new_zeros(len(x), 5, 4, 3).index_add(2, list_w, x),
            "picked": pick(row, label), "picked_max": pick(row, row.argmax(1)),
            "hot": F.one_hot(label, 4), "hot_wide": hot, "chosen": row * hot}


def losses(w, row, other, label, target):
    logits = linear(w, row)
    soft, ce = linear(w, other).softmax(1), F.cross_entropy
    weight = torch.tensor([1, 2, 0.5, 1.5, 0.25], dtype=torch.float64)
    wrong = runner_up(logits, label)
    v = {"ce": ce(logits, label), "ce_smooth": ce(logits, label, label_smoothing=0.2),
         "ce_weight": ce(logits, label, weight), "ce_both": ce(logits, label, weight, label_smoothing=0.1),
         "soft_ce": ce(logits, soft), "soft_smooth": ce(logits, soft, label_smoothing=0.2),
         "soft_weight": ce(logits, soft, weight), "soft_both": ce(logits, soft, weight, label_smoothing=0.1),
         "bce": F.binary_cross_entropy_with_logits(row, other.sigmoid()),
         "bce_hard": F.binary_cross_entropy_with_logits(row, (target > 0).double()),
         "mean_square": F.mse_loss(row, other), "mean_abs": F.l1_loss(row, target),
         "huber_1": F.huber_loss(row, other), "huber_small": F.huber_loss(row, other, delta=0.3),
         "margin": F.relu(0.3 + pick(logits, wrong) - pick(logits, label)).mean()}
    factors = [1, 0.9, 1.1, 0.8, 1.2, 0.7, 1.3, 0.6, 1, 1, 1, 1, 1, 2, 1]
    return v | {"logits": logits, "wrong": wrong, "loss": sum(f * x for f, x in zip(factors, v.values()))}


def large(w, row, other, label):
    high = row + 1048576
    log_shares, shares = high.log_softmax(1), high.softmax(1)
    weight = torch.tensor([1, 2, 0.5, 1.5, 0.25, 1])
    v = dict(log_shares=log_shares, shares=shares, ce=F.cross_entropy(high, label),
             ce_smooth=F.cross_entropy(high, label, label_smoothing=0.2),
             ce_weight=F.cross_entropy(high, label, weight=weight.to(high.dtype)),
             ce_soft=F.cross_entropy(high, other.softmax(1)),
             bce=F.binary_cross_entropy_with_logits(6 * row, (row > 0).double()),
             contrast=sup_con(torch.cat([row, 0 * row[:, :1] + 512], 1), label, 1), views=info_nce(row, other, 0.05))
    v["loss"] = (v["ce"] + 0.9 * v["ce_smooth"] + 1.1 * v["ce_weight"] + 0.8 * v["ce_soft"] + v["bce"] + v["contrast"]
                 + 0.1 * v["views"] + (log_shares * shares).mean())
    return v


def similarities(w, a, b, blank):
    map, image = a.sigmoid(), b.sigmoid()
    v = {"angle": F.cosine_similarity(a.flatten(1), b.flatten(1)),
         "angle_rows": F.cosine_similarity(map.flatten(1), b.flatten(1)),
         "close": ssim(map, image), "close_small": ssim(map, image, 5, 0.8, 2),
         "n_l2": normalize(a, "l2"), "n_l1": normalize(a, "l1"), "n_sum": normalize(map, "sum"),
         "n_max": normalize(a, "max"), "n_min_max": normalize(a, "min_max"), "n_softmax": normalize(a, "softmax"),
         "n_none": a * 1,
         "n_l2_eps": normalize(a, "l2", 1000), "n_l1_eps": normalize(a, "l1", 1000),
         "n_sum_eps": normalize(map, "sum", 3),
         "n_max_eps": normalize(a, "max", 1000), "n_min_max_eps": normalize(a, "min_max", 1000),
         "n_row": normalize(map.flatten(1), "min_max")}
    of_blank = {kind: normalize(blank, kind) for kind in ("l2", "l1", "sum", "max", "min_max", "softmax")}
    return v | {"loss": scored(v | of_blank)}


def products(w, x, y, z, image, row):
    m, stack, loose = w(), w(), w()
    v = {"both": x @ y, "left": x.mT @ x, "right": x @ x.mT, "turned": y.mT @ x.mT,
         "one": x @ m, "one_right": x @ m, "one_left": x.mT @ loose, "stacked": z @ stack, "broadcast": z @ y[:, None],
         "front": loose @ y,
         "rows": row @ m, "of_batch": row.T @ row, "against": row @ row.T,
         "linear_2": linear(w, row), "linear_3": linear(w, x, bias=False), "linear_4": linear(w, image)}
    v["tied"] = F.linear(v["linear_2"], m, w())
    net = [w() for _ in range(4)]
    for name, value in ("first", row), ("second", row * row):
        v[name] = F.linear(F.relu(F.linear(value, net[0], net[1])), net[2], net[3])
    return v


def camlike(w, image, outside, label):
    if w.options["body"] == "plain":
        early = F.relu(conv(w, image))
        last = F.relu(conv(w, max_pool(early, 2)))
    elif w.options["body"] == "residual":
        early = F.relu(batch_norm(w, conv(w, image, bias=False)))
        last = F.relu(batch_norm(w, conv(w, early, stride=2, bias=False)) + conv(w, early, stride=2))
    else:
        early = conv(w, image, stride=2, padding=0)
        y = F.gelu(linear(w, layer_norm(w, conv(w, early, groups=4))))
        last = early + linear(w, grn(w, y)) * w()
    if w.options["head"] == "linear":
        logits = linear(w, last.mean(HW))
    elif w.options["head"] == "norm":
        logits = linear(w, layer_norm(w, last.mean(HW)))
    else:
        logits = linear(w, F.relu(linear(w, avg_pool(last, 2).flatten(1))))

    def grad(score, x):
        return torch.autograd.grad(score.sum(), x, create_graph=True)[0]

    def cam(score, features):
        return F.relu((grad(score, features).mean(HW, keepdim=True) * features).sum(3, keepdim=True))
    score = pick(logits, label)
    v = {"cam_last": normalize(cam(score, last), "max"), "cam_early": normalize(cam(score, early), "l2"),
         "cam_prob": normalize(cam(pick(logits.softmax(1), label), early), "min_max"),
         "cam_other": normalize(cam(pick(logits, runner_up(logits, label)), early), "sum"),
         "each": F.relu(grad(score, last) * last).sum(3, keepdim=True),
         "unpooled": (grad(score, early) * early).sum(3, keepdim=True)}
    g, total = grad(score, early), early.sum(HW, keepdim=True)
    v["layer"] = (F.relu(g) * early).sum(3, keepdim=True)
    v["xgrad"] = F.relu(((g * early).sum(HW, keepdim=True) / (total + 1e-7) * early).sum(3, keepdim=True))
    if w.options["body"] != "convnext":
        shares = (F.relu(g) * g ** 2 / (2 * g ** 2 + total * g ** 3 + 1e-6)).sum(HW, keepdim=True)
        v["plus"] = F.relu((shares * early).sum(3, keepdim=True))
    slope, other = grad(logits.log_softmax(1), image), v["cam_other"]
    loss = (F.cross_entropy(logits, label) + scored({k: x for k, x in v.items() if k != "cam_other"})
            + scored({"twice": v["cam_early"]}))
    loss = loss + 10 * (other * other).mean() + 0.1 * ((outside * slope) ** 2).sum((1, 2, 3)).mean()
    return v | {"cam_same": v["cam_early"], "early": early, "last": last, "logits": logits, "slope": slope,
                "loss": loss}


# ---- class activation maps, sample by sample as they are defined -----------------------------------------------------

def cam_net(head):
    """Taken apart from its parameters, so that it can run twice: logits, features of the last layer, of the earlier
    one"""
    def run(parameters, image):
        w = iter(parameters).__next__
        early = F.relu(conv(w, image))
        last = F.relu(conv(w, max_pool(early, 2)))
        if head == "hidden":
            return linear(w, F.relu(linear(w, last.flatten(1)))), last, early
        pooled = last.mean(HW)
        return linear(w, layer_norm(w, pooled) if head == "norm" else pooled), last, early
    return run


def cam_of_sample(kind, A, G, weights):
    """[h, w] from features and gradients [h, w, c]; weights: what the gradient turns into, with or without a gradient
    of its own"""
    if kind == "grad_cam":
        return torch.einsum("hwc,c->hw", A, weights(G.mean((0, 1))))
    if kind == "elementwise":
        return F.relu(weights(G) * A).sum(2)
    if kind == "hirescam":
        return (weights(G) * A).sum(2)
    if kind == "layercam":
        return (weights(F.relu(G)) * A).sum(2)
    if kind == "xgrad_cam":
        return A @ weights((G * A).sum((0, 1)) / (A.sum((0, 1)) + 1e-7))
    alpha = G ** 2 / (2 * G ** 2 + A.sum((0, 1)) * G ** 3 + 1e-6)      # grad_cam_pp
    return A @ weights(torch.where(G > 0, G * alpha, 0).sum((0, 1)))


def finish(map, relu=True, scale="none", size=None, mode="bilinear"):
    map = normalize(F.relu(map) if relu else map, scale)
    return resize(map, *size, mode) if size else map


def cam_map(kind, score, A, weights="live", **options):
    """Map by map with one backward pass for each sample, as with hooks"""
    held = torch.Tensor.detach if weights == "stop" else lambda x: x
    gradients = [torch.autograd.grad(score[i], A, create_graph=True)[0][i] for i in range(len(score))]
    return finish(torch.stack([cam_of_sample(kind, A[i], G, held) for i, G in enumerate(gradients)])[..., None],
                  **options)


def cam_of_weights(A, weight, index, weights="live", **options):
    weight = weight.detach() if weights == "stop" else weight
    return finish(torch.stack([a @ weight[k] for a, k in zip(A, index)])[..., None], **options)


def maps(w, image, label):
    parameters = [w() for _ in range(4)]
    rows, early_rows = w(), w()
    if w.options["head"] == "hidden":
        parameters += [w() for _ in range(4)]
    elif w.options["head"] == "norm":
        parameters += [w(), w(), rows, w()]
    else:
        parameters += [rows, w()]
    logits, last, early = cam_net(w.options["head"])(parameters, image)
    best, wrong = logits.argmax(1), runner_up(logits, label)
    of_label, of_best, of_wrong = pick(logits, label), pick(logits, best), pick(logits, wrong)
    of_share = pick(logits.softmax(1), label)
    kinds = ["grad_cam", "elementwise", "hirescam", "layercam", "xgrad_cam", "grad_cam_pp"]
    scales = ["l2", "l1", "sum", "max", "min_max", "softmax", "none"]
    v = {}
    for where, A, weight in ("last_", last, rows), ("early_", early, early_rows):
        for i, kind in enumerate(kinds):
            v |= {where + kind: cam_map(kind, of_label, A),
                  where + kind + "_raw": cam_map(kind, of_label, A, relu=False),
                  where + kind + "_stop": cam_map(kind, of_label, A, weights="stop"),
                  where + kind + "_softmax": cam_map(kind, of_share, A),
                  where + kind + "_best": cam_map(kind, of_best, A, scale=scales[i]),
                  where + kind + "_wrong": cam_map(kind, of_wrong, A, scale=scales[(i + 1) % 6], relu=i in (1, 2))}
        v |= {where + "scaled_" + scale: cam_map("grad_cam", of_label, A, scale=scale) for scale in scales}
        v |= {where + "cam": cam_of_weights(A, weight, label),
              where + "cam_raw": cam_of_weights(A, weight, label, relu=False, scale="l2"),
              where + "cam_stop": cam_of_weights(A, weight, best, weights="stop", scale="max"),
              where + "cam_wrong": cam_of_weights(A, weight, wrong, scale="min_max", size=(7, 8)),
              where + "smooth": cam_map("grad_cam", of_label, A, scale="max", size=(8, 7)),
              where + "nearest": cam_map("layercam", of_share, A, scale="sum", size=(7, 4), mode="nearest"),
              where + "shrunk": cam_map("hirescam", of_label, A, relu=False, size=(2, 3))}
    return v | {"early": early, "last": last, "logits": logits, "loss": F.cross_entropy(logits, label) + scored(v)}


# ---- objectives, pair by pair and class by class ---------------------------------------------------------------------

def apart(a, b, kind):
    """D of two maps [h, w]: one number"""
    if kind == "l1":
        return F.l1_loss(a, b)
    if kind == "ssim":
        return 1 - ssim(a[None, ..., None], b[None, ..., None])[0]
    square = F.mse_loss(a, b)
    return square if kind == "l2_squared" else square.sqrt()


def planes(x, size=None):
    """[b, h, w] of a map or of an image, whose channels are averaged; at a size, bilinear"""
    return (resize(x, *size, "bilinear") if size else x).mean(3)


def average(terms):
    return torch.stack(terms).mean() if terms else torch.zeros((), dtype=torch.float64)


def reconstruction(map, image, kind="l1"):
    return average([apart(m, x, kind) for m, x in zip(planes(map, image.shape[1:3]), planes(image))])


def prototype(map, label, means, kind):
    return average([apart(m, planes(means)[k], kind) for m, k in zip(planes(map, means.shape[1:3]), label)])


def batch_cam(map, label, image, means, kind, of_batch):
    map, image, terms = planes(map, image.shape[1:3]), planes(image), []
    for k in label.unique():
        target = image[label == k].mean(0)
        target = target / target.max().clamp(min=1e-6) if of_batch else planes(means)[k]
        terms.append(apart(map[label == k].mean(0), target, kind))
    return average(terms)


def sup_con(z, label, temperature=0.1):
    terms = []
    for i in range(len(z)):
        others = [a for a in range(len(z)) if a != i]
        log_share = (z[others] @ z[i] / temperature).log_softmax(0)
        positive = [x for x, a in zip(log_share, others) if label[a] == label[i]]
        terms.append(-average(positive))
    return average(terms)


def info_nce(z1, z2, temperature=0.5):
    z, n = F.normalize(torch.cat([z1, z2]), dim=1, eps=1e-6), len(z1)
    similarity = (z @ z.T / temperature).masked_fill(torch.eye(2 * n, dtype=torch.bool), -torch.inf)
    return F.cross_entropy(similarity, torch.arange(2 * n).roll(n))


def contrastive_pairs(z, label, margin=1.0):
    terms = []
    for i in range(len(z)):
        for j in range(i + 1, len(z)):
            d = torch.linalg.vector_norm(z[i] - z[j])
            terms.append(d ** 2 if label[i] == label[j] else F.relu(margin - d) ** 2)
    return average(terms)


def triplet(z, label, margin=0.3):
    terms = []
    for i in range(len(z)):
        d = torch.stack([torch.linalg.vector_norm(z[i] - z[j]) for j in range(len(z))])
        same = label == label[i]
        positive, negative = [j for j in range(len(z)) if same[j] and j != i], [j for j in range(len(z)) if not same[j]]
        if positive and negative:
            terms.append(F.relu(d[positive].max(0)[0] - d[negative].min(0)[0] + margin))
    return average(terms)


def cgc(map, other, temperature=0.5):
    a, b = F.normalize(map.flatten(1), eps=1e-6), F.normalize(other.flatten(1), eps=1e-6)
    return F.cross_entropy(a @ b.T / temperature, torch.arange(len(a)))


def class_against_class(map, other, kind, margin=0.5):
    if kind == "cosine":
        return average([F.normalize(a.flatten(), dim=0, eps=1e-6) @ F.normalize(b.flatten(), dim=0, eps=1e-6)
                        for a, b in zip(map, other)])
    terms = []
    for a, b in zip(normalize(map, "max").flatten(1), normalize(other, "max").flatten(1)):
        inside = (a - b)[a >= 0.5]
        terms.append(2 * torch.minimum(a, b).sum() / (a.sum() + b.sum() + 1e-6) if kind == "overlap"
                     else F.relu(margin - (inside.mean() if len(inside) else 0 * a.sum())))
    return average(terms)


def rrr(score, image, mask):
    slope = torch.autograd.grad(score.sum(), image, create_graph=True)[0]
    return ((mask * slope) ** 2).sum() / len(image)


def objectives(w, image, other, outside, per_channel, label):
    run, means = cam_net(w.options["head"]), w.state()
    parameters = [w() for _ in range({"linear": 6, "norm": 8, "hidden": 8}[w.options["head"]])]
    logits, last, early = run(parameters, image)
    view = run(parameters, other)
    score, wrong = pick(logits, label), pick(logits, runner_up(logits, label))
    v, losses = {}, [F.cross_entropy(logits, label)]
    for before, A, of_view in ("last_", last, view[1]), ("early_", early, view[2]):
        map, raw = cam_map("grad_cam", score, A, scale="max"), cam_map("layercam", score, A, relu=False)
        confusing = cam_map("grad_cam", wrong, A)
        second = cam_map("grad_cam", pick(view[0], label), of_view, scale="l1")
        z, z2, rows = normalize(raw, "l2").flatten(1), second.flatten(1), map.flatten(1)
        size = image.shape[1:3]
        attended = torch.sigmoid(10 * (normalize(resize(map, *size, "bilinear"), "max") - 0.5))
        for kind in "l1", "l2", "l2_squared", "ssim":
            v |= {before + "reconstruction_" + kind: reconstruction(map, image, kind),
                  before + "prototype_" + kind: prototype(map, label, means, kind),
                  before + "batch_cam_" + kind: batch_cam(map, label, image, means, kind, False),
                  before + "batch_mean_" + kind: batch_cam(map, label, image, means, kind, True)}
        v |= {before + "reconstruction": reconstruction(raw, outside),
              before + "sup_con": sup_con(z, label), before + "sup_con_warm": sup_con(rows, label, 0.7),
              before + "info_nce": info_nce(z, z2), before + "info_nce_cold": info_nce(rows, z2, 0.2),
              before + "pairs": contrastive_pairs(z, label), before + "pairs_wide": contrastive_pairs(rows, label, 3),
              before + "triplet": triplet(z, label), before + "triplet_wide": triplet(rows, label, 2),
              before + "cgc": cgc(map, second), before + "cgc_cold": cgc(raw, second, 0.1),
              before + "overlap": class_against_class(map, confusing, "overlap"),
              before + "cosine": class_against_class(raw, confusing, "cosine"),
              before + "margin": class_against_class(map, confusing, "margin"),
              before + "margin_wide": class_against_class(raw, confusing, "margin", 1.5),
              before + "rrr_g": ((outside * resize(map, *size, "bilinear")) ** 2).sum() / len(map),
              before + "gain": pick(run(parameters, image * (1 - attended))[0].softmax(1), label).mean()}
        losses.append((raw * raw).mean())
    s = w()
    v |= {"rrr_logits": rrr(logits.log_softmax(1), image, outside), "rrr_score": rrr(score, image, per_channel),
          "balanced": sum(torch.exp(-s[i]) * x + s[i] for i, x in enumerate(losses))}
    return v | {"early": early, "last": last, "logits": logits, "loss": losses[0] + sum(v.values())}


# ---- networks, graphs/*.lua ------------------------------------------------------------------------------------------

def classified(logits, label, **values):
    return values | {"logits": logits, "accuracy": (logits.argmax(1) == label).double(),
                     "loss": F.cross_entropy(logits, label)}


def mlp(w, image, label):
    h1 = F.relu(linear(w, image.flatten(1)))
    return classified(linear(w, h1), label, h1=h1)


def cnn(w, image, label):
    x = F.relu(conv(w, image))
    x = max_pool(F.relu(conv(w, x)), 2)
    x = max_pool(F.relu(conv(w, x)), 2)
    features = F.relu(conv(w, x))
    return classified(linear(w, features.mean(HW)), label, features=features)


def decoy_cnn(w, image, label):
    x = max_pool(F.relu(conv(w, image, padding=0)), 2)
    features = F.relu(conv(w, x, padding=0))
    hidden = F.relu(linear(w, max_pool(features, 2).flatten(1)))
    return classified(linear(w, hidden), label, features=features, hidden=hidden)


def resnet(w, image, label):
    o = w.options
    stages, blocks = (4, 2) if o["depth"] == 18 else (3, (o["depth"] - 2) // 6)

    def layer(x, stride=1):
        y = conv(w, x, stride=stride, bias=not o["norm"])
        return batch_norm(w, y) if o["norm"] else y
    x = F.relu(layer(image, o["stem"]))
    for stage in range(stages):
        for i in range(blocks):
            stride = 2 if stage > 0 and i == (min(1, blocks - 1) if o["late"] else 0) else 1
            channels = o["width"] << stage
            y = layer(F.relu(layer(x, stride)))
            if o["skip"]:
                y = y + (layer(x, stride) if stride > 1 or x.shape[3] != channels else x)
            x = F.relu(y)
    return classified(linear(w, x.mean(HW)), label, features=x)


def convnext(w, image, label):
    o, x = w.options, image
    for stage in range(3):
        patch = 2 if stage else o["stem"]
        if stage:
            x = layer_norm(w, x)
        x = conv(w, x, stride=patch, padding=0)
        if not stage:
            x = layer_norm(w, x)
        for _ in range(o["depth"]):
            y = F.gelu(linear(w, layer_norm(w, conv(w, x, groups=x.shape[3]))))
            y = linear(w, grn(w, y) if o["version"] == 2 else y)
            x = x + (y * w() if o["version"] == 1 else y)
    return classified(linear(w, layer_norm(w, x.mean(HW))), label, features=x)


# ---- the driver ------------------------------------------------------------------------------------------------------

ALL = "tests/vectors/graphs/"

# name, graph file, settings, function, batch, and what is special: grid = inputs on multiples of 1/4, which meets kinks
# and ties exactly; prefix = of the graph's names; blank = an input that is 0; labels = not drawn; seed = the first to
# try, where the first of all is ill conditioned or so near to a kink that float decides otherwise; gain = variance of
# weights times fan in, 6 keeps that of activations through many ReLUs without a norm, which float needs;
# bound = of float, where 2e-5 is too tight
CASES = [
    ("mlp", "graphs/mlp.lua", "width=4", mlp, 5, {}),
    ("cnn", "graphs/cnn.lua", "width=4", cnn, 3, {}),
    ("decoy_cnn", "graphs/decoy_cnn.lua", "first=4 second=6 hidden=8", decoy_cnn, 3, {}),
    ("resnet8", "graphs/resnet.lua", "depth=8 width=4", resnet, 3, {}),
    ("resnet18", "graphs/resnet.lua", "depth=18 width=2 stem=2", resnet, 4, {}),
    ("resnet_plain", "graphs/resnet.lua", "depth=14 width=2 norm=false skip=false late=true", resnet, 2, {"gain": 6.0}),
    ("convnext_v1", "graphs/convnext.lua", "dim=4 depth=1 version=1", convnext, 3, {}),
    ("convnext_v2", "graphs/convnext.lua", "dim=4 depth=1 version=2", convnext, 3, {}),
    ("convolutions", ALL + "convolutions.lua", "", convolutions, 2, {}),
    ("transposed", ALL + "transposed.lua", "", transposed_convolutions, 2, {}),
    ("pools", ALL + "pools.lua", "", pools, 2, {"grid": True}),
    ("norms", ALL + "norms.lua", "", norms, 5, {}),
    ("activations", ALL + "activations.lua", "", activations, 2, {"grid": True, "prefix": "y_"}),
    ("reductions", ALL + "reductions.lua", "", reductions, 3, {"grid": True}),
    ("shapes", ALL + "shapes.lua", "", shapes, 3, {}),
    ("losses", ALL + "losses.lua", "", losses, 5, {}),
    ("large", ALL + "large.lua", "", large, 8, {"grid": True}),
    ("similarities", ALL + "similarities.lua", "", similarities, 2, {"blank": "blank"}),
    ("matmul", ALL + "matmul.lua", "", products, 3, {}),
    ("cam_linear", ALL + "camlike.lua", "head=linear body=plain", camlike, 3, {}),
    ("cam_norm", ALL + "camlike.lua", "head=norm body=plain", camlike, 3, {}),
    ("cam_hidden", ALL + "camlike.lua", "head=hidden body=plain", camlike, 3, {}),
    ("cam_residual", ALL + "camlike.lua", "head=linear body=residual", camlike, 4, {}),
    ("cam_convnext", ALL + "camlike.lua", "head=norm body=convnext", camlike, 3, {}),
]
for head in "linear", "norm", "hidden":
    CASES += [(f"maps_{head}", ALL + "maps.lua", f"head={head}", maps, 4, {"seed": 2}),
              (f"objectives_{head}", ALL + "objectives.lua", f"head={head}", objectives, 5,
               {"labels": [0, 1, 0, 2, 0], "seed": 2})]


def scored(values):
    return sum((v * v + v).mean() for v in values.values() if v.requires_grad)


class Weights:
    """Hands out the parameters, and the states, in the order in which the graph file makes them."""
    def __init__(self, options, parameters, states):
        self.options, self.parameters, self.states = options, iter(parameters), iter(states)

    def __call__(self):
        return next(self.parameters)

    def state(self):
        return next(self.states)


def parameter(random, name, shape, gain):
    if len(shape) == 1:
        low = 0.5 if name.endswith(("weight", "running_var")) else -0.5
        return random.uniform(low, low + 1, shape).astype(np.float32)
    fan = int(np.prod(shape[1:]))
    return (random.uniform(-1, 1, shape) * (gain / fan) ** 0.5).astype(np.float32)


def array(v):
    v = v.detach().numpy()
    return np.array(v, dtype=np.float64 if v.dtype == np.float64 else np.int32, order="C")


def draw(seed, said, graph, batch, special):
    """The feed: inputs (of networks images from 0 to 1, else normal), parameters, states."""
    random, feed = np.random.default_rng(seed), {}
    for x in said["inputs"]:
        if x["kind"] == "label":
            feed[x["name"]] = np.array(special.get("labels", random.integers(0, x["classes"], batch)), dtype=np.int32)
            continue
        shape = (batch, *x["shape"])
        values = random.random(shape) if graph.startswith("graphs/") else random.normal(size=shape)
        if special.get("grid"):
            values = np.round(values * 4) / 4
        feed[x["name"]] = (values * (x["name"] != special.get("blank"))).astype(np.float32)
    return feed | {x["name"]: parameter(random, x["name"], x["shape"], special.get("gain", 3.0))
                   for x in said["parameters"] + said["states"]}


def evaluate(said, function, feed, prefix):
    given = {k: torch.tensor(v, dtype=torch.float64 if v.dtype == np.float32 else torch.int64) for k, v in feed.items()}
    inputs, parameters, states = ({x["name"]: given[x["name"]] for x in said[group]}
                                  for group in ("inputs", "parameters", "states"))
    leaves = {k: v.requires_grad_() for k, v in (parameters | inputs).items() if v.dtype == torch.float64}
    weights = Weights(said["options"], parameters.values(), states.values())
    values = {(prefix if k != "loss" else "") + k: v for k, v in function(weights, **inputs).items()}
    assert not list(weights.parameters) and not list(weights.states)
    named = {x["name"] for x in said["values"]} - inputs.keys() - parameters.keys()
    assert named <= values.keys(), named - values.keys()      # and there are outputs; test_vectors.c misses none
    loss = values.get("loss", scored(values))
    gradients = torch.autograd.grad(loss, list(leaves.values()))
    updated = {k: v for k, v in states.items() if not np.array_equal(array(v), feed[k])}
    return {k: array(v) for k, v in (values | {"loss": loss} | {"d_" + k: g for k, g in zip(leaves, gradients)}
                                     | updated).items()}


def save(path, arrays, metadata):
    """A safetensors file whose bytes depend on nothing else: the package writes metadata in any order."""
    types, header, at = {np.float64: "F64", np.float32: "F32", np.int32: "I32"}, {"__metadata__": metadata}, 0
    arrays = sorted(arrays.items(), key=lambda item: (-item[1].itemsize, item[0]))
    for name, v in arrays:
        header[name] = {"dtype": types[v.dtype.type], "shape": list(v.shape), "data_offsets": [at, at + v.nbytes]}
        at += v.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(v.tobytes() for _, v in arrays))


def main(names):
    for name, graph, settings, function, batch, special in CASES:
        if names and name not in names:
            continue
        command = ["./tailor", "check", graph, "--json"]
        command += [word for setting in settings.split() for word in ("--set", setting)]
        said = {"options": {}, "parameters": [], "states": []} | json.loads(subprocess.check_output(command))
        # the first without a value or gradient that is 0 everywhere: a dead map, no image classified right
        for seed in range(special.get("seed", 1), 100):
            feed = draw(seed, said, graph, batch, special)
            expect = evaluate(said, function, feed, special.get("prefix", ""))
            if all(v.any() for v in expect.values()):
                break
        else:
            sys.exit(f"{name}: always 0: {[k for k, v in expect.items() if not v.any()]}")
        metadata = {"graph": graph, "set": settings, "torch": torch.__version__}
        if "bound" in special:
            metadata["float_bound"] = str(special["bound"])
        save(f"{HERE}/{name}.feed.safetensors", feed, metadata)
        save(f"{HERE}/{name}.expect.safetensors", expect, metadata)


if __name__ == "__main__":
    main(sys.argv[1:])
