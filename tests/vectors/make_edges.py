"""What PyTorch says in float64 at the edges of every op: 0, 1, equal arguments, bounds, large numbers, infinities.
Values and gradients of order 1 to 3, all mixed ones too, into tests/vectors/edges.txt; test_edges.c compares the
interpreter and the emitted code with them.

    python tests/vectors/make_edges.py      from the project's root; needs torch

A case is an expression of the graph language, the same in torch, and its inputs: numbers of a sample, sample by
sample.  `d_ab` is the gradient of sum(d_a) by b.  A gradient that torch says is nan is not compared.  ours(word,
element, value, why) is where tailor differs on purpose. """
import itertools
import math
import os

import numpy as np
import torch
import torch.nn.functional as F

INF, NAN = math.inf, math.nan
REAL = [0, 1, -1, 0.5, -0.25, 2, 3, -3, 12, -12]
FAR = [200, -200, 1e6, -1e6, 1e19, -1e19]
ENDS = [INF, -INF, NAN]
NOT_NEGATIVE = [0, 1, 0.5, 2, 1e-3, 100, INF]
cases = []


def case(lua, f, a, b=None, order=3, ours=(), width=1, type=torch.float64):
    cases.append((lua, f, [x for x in (a, b) if x is not None], order, list(ours), width, type))


def single(lua, f, a, b=None, order=1, **more):
    """In float32, for the emitted code alone: where a float's range ends before that of a double"""
    case(lua, f, a, b, order, type=torch.float32, **more)


def ours(word, element, value, why):
    return word, element, value, why


def pairs(*numbers, second=None):
    both = list(itertools.product(numbers, second or numbers))
    return [p for p, _ in both], [q for _, q in both]


# ---- one argument ----------------------------------------------------------------------------------------------------

case("relu(a)", F.relu, REAL + FAR + ENDS, ours=[ours("d_a", 18, 0, "what is no number is not above 0")])
case("gelu(a)", F.gelu, REAL + FAR + ENDS)
case('gelu(a, "tanh")', lambda a: F.gelu(a, approximate="tanh"), REAL + FAR[:4] + ENDS)
case("sigmoid(a)", torch.sigmoid, REAL + FAR + ENDS)
case("tanh(a)", torch.tanh, REAL + FAR + ENDS)
case("silu(a)", F.silu, REAL + FAR + ENDS)
case("softplus(a)", lambda a: F.softplus(a, threshold=1e300), REAL + FAR[:2] + FAR[3:4])
case("softplus(a)", F.softplus, [200, 1e6, 1e19, INF, -INF])
case("exp(a)", torch.exp, REAL + [80, -80, -1e6, INF, -INF, NAN])
case("log(a)", torch.log, NOT_NEGATIVE + [-1, NAN])
case("sqrt(a)", torch.sqrt, NOT_NEGATIVE + [-1, NAN])
case("rsqrt(a)", torch.rsqrt, NOT_NEGATIVE + [-1, NAN])
case("abs(a)", torch.abs, REAL + FAR + ENDS)
case("erf(a)", torch.erf, REAL + FAR + ENDS)
case("floor(a)", torch.floor, REAL + FAR + ENDS)
case("sign(a)", torch.sign, REAL + FAR + ENDS[:2])
case("-a", torch.neg, REAL + FAR + ENDS)
BOUND, NO_NUMBER = "the gradient passes on the bounds", "no bound is taken"
case("clamp(a, -1, 1)", lambda a: a.clamp(-1, 1), REAL + FAR + ENDS,
     ours=[ours("d_a", 1, 1, BOUND), ours("d_a", 2, 1, BOUND), ours("d_a", 18, 1, NO_NUMBER)])
case("clamp(a, 0)", lambda a: a.clamp(min=0), REAL + FAR + ENDS,
     ours=[ours("d_a", 0, 1, BOUND), ours("d_a", 18, 1, NO_NUMBER)])
case("clamp(a, nil, 0.5)", lambda a: a.clamp(max=0.5), REAL + FAR + ENDS,
     ours=[ours("d_a", 3, 1, BOUND), ours("d_a", 18, 1, NO_NUMBER)])
KINKS = REAL + [6, np.nextafter(np.float32(6), np.float32(0)), np.nextafter(np.float32(3), np.float32(0)),
                np.nextafter(np.float32(-3), np.float32(0)), 0.01, -0.01] + FAR + ENDS
case("relu6(a)", F.relu6, KINKS)
case("leaky_relu(a)", F.leaky_relu, KINKS)
case("leaky_relu(a, 0.2)", lambda a: F.leaky_relu(a, 0.2), KINKS)
case("leaky_relu(a, -1.5)", lambda a: F.leaky_relu(a, -1.5), KINKS)
case("leaky_relu(a, 0)", lambda a: F.leaky_relu(a, 0), KINKS)
case("hardswish(a)", F.hardswish, KINKS,
     ours=[ours("d_a", 24, NAN, "of no number"), ours("d_aa", 24, 1 / 3, NO_NUMBER)])
single("hardsigmoid(a)", F.hardsigmoid, KINKS, ours=[ours("d_a", 24, 1 / 6, NO_NUMBER)])
# torch's own takes the float next to 1 / 6 for its slope in double too, and has no second derivative
case("hardsigmoid(a)", lambda a: torch.where(a <= -3, 0, torch.where(a >= 3, 6, a + 3)) / 6, KINKS)
case("stop_gradient(a) * a", lambda a: a.detach() * a, REAL)
for power in 0, 1, 2, 3, 4, -1, -2:
    case(f"a ^ {power}", lambda a, p=power: a ** p, REAL + ENDS)
for power in 0.5, -0.5, 1.5, 2.5, -1.5:
    case(f"a ^ {power}", lambda a, p=power: a ** p, NOT_NEGATIVE + [-1, NAN])
case("a ^ 0.5", lambda a: a ** 0.5, [-INF], order=0)
case("a ^ -0.5", lambda a: a ** -0.5, [-INF], order=0)
for base in 2, 0.5, 1:
    case(f"{base} ^ a", lambda a, x=base: x ** a, REAL + ENDS[:2])
case("a * 0", lambda a: a * 0, REAL + ENDS)
case("0 / a", lambda a: 0 / a, REAL + ENDS)
case("1 / a", lambda a: 1 / a, REAL + ENDS)
case("a / a", lambda a: a / a, REAL + ENDS)
case("a - a", lambda a: a - a, REAL + ENDS)
case("a * a / a", lambda a: a * a / a, REAL + ENDS)
case("log(1 + exp(a))", lambda a: torch.log(1 + torch.exp(a)), REAL)
case("where(greater(a, 0), sqrt(where(greater(a, 0), a, 1)), 0)",
     lambda a: torch.where(a > 0, torch.sqrt(torch.where(a > 0, a, 1)), 0), REAL + FAR)
case("where(less(a, 1), a * a, 0)", lambda a: torch.where(a < 1, a * a, 0), REAL + ENDS)
case("where(greater(a, 0), log(a), 0)", lambda a: torch.where(a > 0, torch.log(a), 0), REAL)
case("sum(a ^ constant { 0, 1, 2 }, 2)", lambda a: (a ** torch.tensor([0.0, 1, 2], dtype=a.dtype)).sum(1, keepdim=True),
     [0, 0, 0, 0.5, 0.5, 0.5, 2, 2, 2, 0, 1, -1], width=3)
case("sum(a ^ constant { 3, -1, 2.5 }, 2)",
     lambda a: (a ** torch.tensor([3, -1, 2.5], dtype=a.dtype)).sum(1, keepdim=True),
     [1, 1, 1, 0.5, 0.5, 0.5, 0, 2, 0, -1, -1, 2], width=3)

# ---- two arguments ---------------------------------------------------------------------------------------------------

TIES = "the first of equal arguments takes all; torch halves"


def first_takes_all(a, b, sign):
    """torch.maximum or minimum where they differ"""
    return torch.where(sign * a >= sign * b, a, b)


case("a + b", torch.add, *pairs(0, 1, -2, INF))
case("a - b", torch.sub, *pairs(0, 1, -2, INF))
case("a * b", torch.mul, *pairs(0, 1, -2, INF))
case("a / b", torch.div, *pairs(0, 1, -2, 1e15, INF))
# ties: the first of equal arguments takes all; torch halves
case("max(a, b)", lambda a, b: first_takes_all(a, b, 1), *pairs(0, 1, -2, INF, -INF))
case("min(a, b)", lambda a, b: first_takes_all(a, b, -1), *pairs(0, 1, -2, INF, -INF))
case("max(a, b)", torch.maximum, [0, 1, 2, NAN, 1], [1, 0, -2, 1, NAN], order=0)
case("min(a, b)", torch.minimum, [0, 1, 2, NAN, 1], [1, 0, -2, 1, NAN], order=0)
case("max(a, b)", torch.maximum, [0, 1], [0, 1], order=1,
     ours=[ours(w, i, w == "d_a", TIES) for w in ("d_a", "d_b") for i in (0, 1)])
case("where(less(a, b), a * a, b)", lambda a, b: torch.where(a < b, a * a, b), *pairs(0, 1, -2))
case("max(a, b) * a", lambda a, b: first_takes_all(a, b, 1) * a, *pairs(0, 1, -2))
for lua, compare in (("equal", torch.eq), ("less", torch.lt), ("less_equal", torch.le), ("greater", torch.gt),
                     ("greater_equal", torch.ge)):
    case(f"{lua}(a, b)", lambda a, b, f=compare: f(a, b).to(a.dtype), *pairs(0, 1, -2, INF, -INF, NAN))

# a to the power b.  torch has 0 for the slope by a at b = 0, and takes it for a constant: its gradient by b, 1 / a,
# is not 0
POSITIVE, EXPONENTS = [0.5, 1, 2, 30], [0, 1, 2, 3, -1, 0.5, 2.5]
case("a ^ b", lambda a, b: torch.exp(b * torch.log(a)), *pairs(*POSITIVE, second=EXPONENTS))
x, p = pairs(0, second=[0, 1, 2, 3, 0.5, 2.5, -1])
case("a ^ b", torch.pow, x, p)
x, p = pairs(-1, -2, second=[1, 2, 3, -1])
case("a ^ b", torch.pow, x, p, order=2)
x, p = pairs(INF, -INF, 1e-30, 1e30, second=[0, 1])
case("a ^ b", torch.pow, x, p, order=1)
x, p = pairs(INF, second=[0, 2, 0.5, -1])
case("a ^ b", torch.pow, x, p, order=1)



def slope_squared(a, b):
    return torch.autograd.grad((a ** b).sum(), a, create_graph=True)[0] ** 2


case("grad(sum(a ^ b), a) ^ 2", slope_squared, *pairs(0, 0.5, 2, second=[1, 2, 3]), order=1)
case("grad(sum(a ^ b), a) ^ 2", slope_squared, *pairs(0, second=[1, 2, 3]), order=2)

# ---- losses, similarities, rows --------------------------------------------------------------------------------------

NUMBERS = [0, 1, 1, -1, 3, 0, 0.5, -2]
OTHERS = [0, 1, 0, 0, -3, 1e10, 0, 0]
case("huber(a, b)", F.huber_loss, NUMBERS, OTHERS)
case("huber(a, b)", F.huber_loss, NUMBERS + [INF, -INF], OTHERS + [0, 1])
case("huber(a, b, { delta = 0.5 })", lambda a, b: F.huber_loss(a, b, delta=0.5), NUMBERS, OTHERS)
case("mse(a, b)", F.mse_loss, NUMBERS, OTHERS)
case("l1(a, b)", F.l1_loss, NUMBERS, OTHERS)
case("l1(a, b)", F.l1_loss, NUMBERS + [INF], OTHERS + [0])
LOGITS, TARGETS = [0, 0, 0, 2, -2, 100, -100, 100, 1e6, -1e6, INF, -INF], [0, 1, 0.5, 1, 0, 1, 0, 0, 0, 1, 0, 0.5]
case("binary_cross_entropy(a, b)", F.binary_cross_entropy_with_logits, LOGITS, TARGETS, order=2,
     ours=[ours("y", 0, INF, "torch takes an infinity from another")])
case("binary_cross_entropy(a, b)", F.binary_cross_entropy_with_logits, LOGITS[:7], TARGETS[:7])

# classes that are masked out
case("cross_entropy(a, argmax(a, 2), { weight = { 1, 2, 0.5 } })",
     lambda a: F.cross_entropy(a, a.argmax(1), weight=torch.tensor([1, 2, 0.5], dtype=a.dtype)),
     [-INF, 0, 1, 2, -INF, -INF, 0.5, 3, 1], order=1, width=3)

ROWS = [0, 0, 0, 1, 2, 2, 0, 3, 0, -1, 0, 1, 1, 1, 1, 1e10, 2, 1]


def norm(a):
    """torch.linalg.vector_norm has slope 0 at 0; its gradients of second order there are nan, as this one's would be
    without the guard"""
    square = (a * a).sum(1, keepdim=True)
    return torch.where(square == 0, 0, torch.sqrt(torch.where(square == 0, 1, square)))


case("norm(a, 2)", lambda a: torch.linalg.vector_norm(a, dim=1, keepdim=True), ROWS + [INF, 1, 0, NAN, 0, 1], order=1,
     width=3)
case("norm(a, 2)", norm, ROWS, width=3)
case("max(a, 2)", lambda a: a.max(1, keepdim=True)[0], ROWS + [0, INF, 1, -INF, -INF, -INF], width=3)
case("min(a, 2)", lambda a: a.min(1, keepdim=True)[0], ROWS + [0, INF, 1, -INF, -INF, 1], width=3)
case("sum(a, 2)", lambda a: a.sum(1, keepdim=True), ROWS + [INF, 0, 1, INF, -INF, 0, NAN, 0, 0], width=3)
case("mean(a, 2) ^ 2", lambda a: a.mean(1, keepdim=True) ** 2, ROWS, width=3)
case("a / norm(a, 2)", lambda a: a / norm(a), ROWS[3:], width=3)
case("cosine_similarity(a, b)", F.cosine_similarity, ROWS, [0, 0, 0, 2, 1, 1, 0, 0, 0, 1, 0, -1, 1, 1, 1, 1, 0, 0],
     order=1, width=3)


def length(a):
    return (a * a).sum(1).clamp(min=1e-16).sqrt()


case("cosine_similarity(a, b)", lambda a, b: (a * b).sum(1) / (length(a) * length(b)), ROWS,
     [0, 0, 0, 2, 1, 1, 0, 1, 0, 1, 0, -1, 1, 1, 1, 1, 0, 0], order=2, width=3)


def largest(a):
    return a.max(1, keepdim=True)[0]


SMALL = ROWS[:15]
EPS = 1e-6
case('normalize(a, "l2")', lambda a: a * (a * a).sum(1, keepdim=True).clamp(min=EPS * EPS).rsqrt(), SMALL, order=2,
     width=3)
case('normalize(a, "l1")', lambda a: a / a.abs().sum(1, keepdim=True).clamp(min=EPS), SMALL, order=2, width=3)
case('normalize(a, "max")', lambda a: a / largest(a).clamp(min=EPS), SMALL, order=2, width=3)
case('normalize(a, "sum")', lambda a: a / (a.sum(1, keepdim=True) + EPS), SMALL[:9] + SMALL[12:], order=2, width=3)
case('normalize(a, "min_max")', lambda a: (a + largest(-a)) / (largest(a) + largest(-a)).clamp(min=EPS), SMALL, order=2,
     width=3)


def standardized(a):
    centred = a - a.mean(1, keepdim=True)
    return centred * torch.rsqrt((centred * centred).mean(1, keepdim=True) + 1e-2)


case("(a - mean(a, 2)) * rsqrt(mean((a - mean(a, 2)) ^ 2, 2) + 1e-2)", standardized, SMALL, order=2, width=3)


# ---- the ends of float's range ---------------------------------------------------------------------------------------

WIDE = [1e-40, -1e-40, 1e-30, -1e-30, 1e-20, 1e20, -1e20, 1e30, -1e30, 3e38, -3e38, 50, -50, 90, -90, 104, -104]
single("gelu(a)", F.gelu, WIDE, ours=[ours("y", 9, 3e38, "torch multiplies by 1 + erf before it halves")])
for name, f in {"relu": F.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "silu": F.silu, "softplus": F.softplus,
                "abs": torch.abs, "erf": torch.erf, "exp": torch.exp}.items():
    single(f"{name}(a)", f, WIDE)
for name, f in {"log": torch.log, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt}.items():
    single(f"{name}(a)", f, [x for x in WIDE if x > 0])
for power in 2, 3, -1, -2:
    single(f"a ^ {power}", lambda a, p=power: a ** p, WIDE)
single("a ^ 1.5", lambda a: a ** 1.5, [x for x in WIDE if x > 0])
single("a ^ b", torch.pow, *pairs(1e-40, 1e-30, 1e30, 3e38, second=[0, 1, 2]))
single("a / b", torch.div, *pairs(1, 1e-30, 1e30, 3e38))
single("a * b", torch.mul, *pairs(1, 1e-30, 1e30, 3e38))
for lua, f in {"a * 1e25 * 1e25": lambda a: a * 1e25 * 1e25, "a * 1e-30 * 1e-30": lambda a: a * 1e-30 * 1e-30,
               "a * 1e-20 * 1e20": lambda a: a * 1e-20 * 1e20,
               "a * 1e20 * 1e-20": lambda a: a * 1e20 * 1e-20, "a * 2 / 4": lambda a: a * 2 / 4,
               "a / 4 * 2": lambda a: a / 4 * 2, "a / 1e25 / 1e25": lambda a: a / 1e25 / 1e25,
               "a / 1e-25 / 1e-25": lambda a: a / 1e-25 / 1e-25, "a / 1e-30 * 1e-30": lambda a: a / 1e-30 * 1e-30,
               "a / 1e-40": lambda a: a / torch.tensor(1e-40)}.items():
    single(lua, f, [0, 1e-30, 1e-25, 1e30] + WIDE[2:] + ENDS)


# ---- writing ---------------------------------------------------------------------------------------------------------

def text(numbers):
    return " ".join(("%.17g" % v) for v in numbers)


def gradients(y, word, inputs, order, results):
    results[word] = [0.0] * y.numel() if y._is_zerotensor() else y.detach().flatten().tolist()
    if (0 if word == "y" else len(word) - 2) >= order:
        return
    for name, x in zip("ab", inputs):
        dx = torch.autograd.grad(y.sum(), x, create_graph=True, allow_unused=True)[0] if y.requires_grad else None
        gradients(torch.zeros_like(x) if dx is None else dx, ("d_" if word == "y" else word) + name, inputs, order,
                  results)


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "edges.txt")
    with open(path, "w") as out:
        print("# written by tests/vectors/make_edges.py, which says what this is", file=out)
        for lua, f, given, order, differs, width, type in cases:
            inputs = [torch.tensor(x, dtype=torch.float32).to(type).reshape(-1, width).requires_grad_() for x in given]
            results = {}
            gradients(f(*inputs), "y", inputs, order, results)
            print(f"\ncase {lua}", file=out)
            print(f"width {width}{' single' if type == torch.float32 else ''}", file=out)
            for name, x in zip("ab", inputs):
                print(name, text(x.flatten().tolist()), file=out)
            for word, numbers in results.items():
                print(word, text(numbers), file=out)
            for word, element, value, why in differs:
                print(f"ours {word} {element} {value:.17g} {why}", file=out)


main()
