"""What scipy, statsmodels and enumeration say of 200 random tables of runs, into tests/vectors/statistics.txt;
test_statistics.c compares statistics_of with it.

    python tests/vectors/make_statistics.py      from the project's root; needs scipy and statsmodels

A table: its baseline and margin; a line `v` for each variant, with its runs; a line `e` for each, with what is expected
of it, and a line `c` for each comparison.  Values have few decimals, so that there are ties and zeros; variants lack
some seeds; n goes from 1 to 20.  A function of a library is the reference wherever there is one. """
import itertools
import math
import os

import numpy as np
from scipy import integrate, optimize, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_paired

NAN = math.nan
ALPHA, POWER = 0.05, 0.8


def flipped(values):
    """All sums of the values with either sign"""
    sums = np.zeros(1)
    for x in values:
        sums = np.concatenate([sums + x, sums - x])
    return sums


def signflip(d):
    seen = abs(sum(d))
    return float(np.mean(np.abs(flipped(d)) >= seen - 1e-12 * max(1, seen)))


def wilcoxon(d):
    d = d[d != 0]
    if not len(d):
        return 1.0
    ranks = np.rint(2 * stats.rankdata(np.abs(d)))
    p = float(np.mean(np.abs(flipped(ranks)) >= abs(np.sum(np.sign(d) * ranks))))
    if len(np.unique(np.abs(d))) == len(d):
        assert abs(p - stats.wilcoxon(d, method="exact").pvalue) < 1e-12
    return p


def detectable(n, m):
    """Of the contract's integral, adaptively, cut where its factors change fast"""
    v = n - 1
    t = stats.t.isf(ALPHA / m / 2, v)
    f = lambda q: math.sqrt(v) * stats.chi.pdf(q * math.sqrt(v), v)

    def power(shift):
        g = lambda q: (stats.norm.cdf(shift - t * q) + stats.norm.cdf(-shift - t * q)) * f(q)
        cuts = sorted({0.0, 10.0} | {min(10, max(0, c)) for c in
                                     [(shift + k) / t for k in (-8, -3, -1, 0, 1, 3, 8)] + [0.25, 0.5, 1, 2, 4]})
        return sum(integrate.quad(g, a, b, epsabs=1e-13, epsrel=1e-12, limit=200)[0] for a, b in zip(cuts, cuts[1:]))

    low, high = 0.1, 4.0 + t
    while power(high) < POWER:
        high *= 2
    return optimize.brentq(lambda shift: power(shift) - POWER, low, high, xtol=1e-13, rtol=1e-13) / math.sqrt(n)


known = {}


def interval(values):
    n = len(values)
    if n < 2:
        return NAN, NAN, NAN
    sd = float(np.std(values, ddof=1))
    half = stats.t.isf(0.025, n - 1) * sd / math.sqrt(n)
    return sd, np.mean(values) - half, np.mean(values) + half


def compare(variant, baseline, margin):
    """The fields of a comparison but p_holm and detectable; the standard deviation, or None"""
    seeds = [s for s in variant if s in baseline]
    a, b = np.array([variant[s] for s in seeds]), np.array([baseline[s] for s in seeds])
    d = np.round(a - b, 12) + 0.0
    n = len(d)
    c = dict(n=n, difference=float(np.mean(d)) if n else NAN)
    if n < 2 or np.std(d, ddof=1) <= 1e-12:
        return c, None
    test = stats.ttest_rel(d, np.zeros(n))
    c["low"], c["high"] = test.confidence_interval()
    c["t"], c["p"] = test.statistic, test.pvalue
    c["p_signflip"], c["p_wilcoxon"] = signflip(d), wilcoxon(d)
    sd = float(np.std(d, ddof=1))
    c["dz"] = c["difference"] / sd
    v = n - 1
    if v > 1:
        c["g"] = c["dz"] * math.exp(math.lgamma(v / 2) - math.lgamma((v - 1) / 2)) / math.sqrt(v / 2)
    all_a, all_b = list(variant.values()), list(baseline.values())
    c["p_better"] = stats.mannwhitneyu(all_a, all_b).statistic / (len(all_a) * len(all_b))
    if not math.isnan(margin):
        c["p_equivalent"] = ttost_paired(d, np.zeros(n), -margin, margin)[0]
        c["p_not_worse"] = stats.t.sf((c["difference"] + margin) / (sd / math.sqrt(n)), v)
    return c, sd


def number(x):
    return "nan" if math.isnan(x) else "%.15g" % x


FIELDS = ["difference", "low", "high", "t", "p", "p_holm", "p_signflip", "p_wilcoxon", "dz", "g", "p_better",
          "p_equivalent", "p_not_worse", "detectable"]


def table(random):
    decimals = int(random.integers(0, 5))
    step = 10.0 ** -decimals
    n_seeds = int(random.choice([2, 3, 4, 5, 6, 6, 8, 10, 13, 17, 20]))
    spread = random.choice([3, 10, 100, 1000])
    centre = random.choice([0, 1000, 9000])
    of_seed = random.normal(0, 1, n_seeds)
    variants = []
    for v in range(int(random.integers(1, 6))):
        shift = random.normal(0, 1) * random.choice([0, 0.5, 2])
        runs = {}
        for s in range(n_seeds):
            if random.random() < (0.1 if n_seeds > 3 else 0.03):
                continue
            value = round(centre + spread * (0.7 * of_seed[s] + random.normal() + shift)) * step
            runs["s%d" % s if random.random() < 0.98 else "t%d" % s] = round(value, decimals)
        if v and random.random() < 0.05:
            runs = {s: round(x + 2 * step, decimals) for s, x in variants[0].items()}
        variants.append(runs or {"s0": 1.0})
    baseline = 0 if random.random() < 0.7 else int(random.integers(0, len(variants)))
    margin = NAN if random.random() < 0.3 else round(float(spread * step * random.choice([0.1, 0.5, 1, 3])), 6)
    lines = ["table %d %s" % (baseline, number(margin))]
    for v, runs in enumerate(variants):
        lines.append(" ".join(["v", str(v)] + ["%s:%.*f" % (s, decimals, x) for s, x in runs.items()]))
    for v, runs in enumerate(variants):
        sd, low, high = interval(list(runs.values()))
        lines.append(" ".join(["e %d %d" % (v, len(runs))] +
                              [number(x) for x in (np.mean(list(runs.values())), sd, low, high)]))
    results = [(v, *compare(runs, variants[baseline], margin)) for v, runs in enumerate(variants) if v != baseline]
    tested = [c for _, c, sd in results if sd is not None]
    if tested:
        for c, p in zip(tested, multipletests([c["p"] for c in tested], method="holm")[1]):
            c["p_holm"] = p
    for v, c, sd in results:
        if sd is not None:
            key = c["n"], len(tested)
            known[key] = known.get(key) or detectable(*key)
            c["detectable"] = known[key] * sd
        lines.append(" ".join(["c %d %d" % (v, c["n"])] + [number(c.get(f, NAN)) for f in FIELDS]))
    return lines


def main():
    random = np.random.default_rng(17)
    lines = ["# written by make_statistics.py; test_statistics.c reads it",
             "# table BASELINE MARGIN | v VARIANT SEED:VALUE... | e VARIANT n mean sd low high",
             "# c VARIANT n " + " ".join(FIELDS)]
    lines += itertools.chain.from_iterable(table(random) for _ in range(200))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statistics.txt")
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    print("%d lines, %d bytes, %d of n and m" % (len(lines), os.path.getsize(path), len(known)))


main()
