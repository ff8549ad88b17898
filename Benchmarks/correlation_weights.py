#!/usr/bin/env python3
"""Learns the weights of Sources/Correlation/Signals/SignalModel+Weights.swift: a logistic regression with non-negative or
non-positive weights where the meaning of a signal demands it, on one half of the groups; the threshold is what gives 99.5 %
precision on that half (with a margin), and the other half judges.

    CorrelationBenchmark signals records.ndjson > signals.tsv
    Benchmarks/correlation_weights.py groups.jsonl signals.tsv [--swift]     needs numpy"""
import collections
import json
import pathlib
import re
import sys

import numpy

# Decided by hand, in the file of the weights itself: the suite has no examples (or only ones) of them.
BY_HAND = ("identifier", "fingerprint", "crashState", "similarCrash", "otherCrash", "place", "otherPlace", "patch", "weakness", "sameWeakness",
           "otherWeakness", "symbol", "sink", "fixedVersionInText", "listedApart")
MODEL = pathlib.Path(__file__).parent.parent / "Sources/Correlation/Signals/SignalModel+Weights.swift"
FIXED = {name: float(value) for name, value in re.findall(r"\.(\w+): (-?[0-9.]+)", MODEL.read_text()) if name in BY_HAND}
assert len(FIXED) == len(BY_HAND), FIXED
# On the half that learns.
GOAL = 0.995
NEVER_NEGATIVE = {
    "textCosine", "textCosineSquared", "textContainment", "shingles", "sameText", "title", "reference", "referenceShare", "commit",
    "package", "packageWord", "fixedVersion", "fixedVersionShare", "textVersionShare", "symbolShare",
    "textOfPackage", "shinglesOfPackage", "symbolOfPackage", "commitAndText", "referenceAndText", "referenceOfPackage",
    "fixedVersionAndText", "titleOfPackage", "shortTextAndReference",
}
NEVER_POSITIVE = {
    "repeatedText", "repeatedSameText", "otherCommit", "otherPackage", "unknownPackage", "otherFixedVersion",
    "otherSymbols", "otherReferences", "sameDatabase", "sameDatabaseAndPackage", "sameDatabaseOtherPackage", "sameTextOfDatabase", "otherVersionAndText", "shortText",
}


def fnv(text):
    state = 0xCBF29CE484222325
    for byte in text.encode():
        state = (state ^ byte) * 0x100000001B3 % 2**64
    return state


def half(members):
    """The half of a group: by its first member's name, so that anybody divides alike."""
    return (fnv(min(members)) >> 32) & 1


def fit(X, y, weight, lower, upper, fixed, rounds=400):
    """Projected Newton steps on the log-likelihood with a small ridge."""
    A = numpy.concatenate([X, numpy.ones((len(X), 1), X.dtype)], 1)
    b = fixed.copy()
    free = numpy.isnan(b)
    b[free] = 0
    ridge = numpy.full(len(b), 2.0)
    ridge[-1] = 1e-6
    for _ in range(rounds):
        p = 1 / (1 + numpy.exp(-numpy.clip(A @ b, -30, 30)))
        gradient = A.T @ (weight * (p - y)) + ridge * b
        active = free & ~((b <= lower) & (gradient > 0)) & ~((b >= upper) & (gradient < 0))
        if not active.any():
            break
        Q = A[:, active]
        hessian = (Q * (weight * p * (1 - p))[:, None]).T @ Q + numpy.diag(ridge[active])
        step = numpy.linalg.solve(hessian, gradient[active])
        new = b.copy()
        new[active] -= step * min(1, 3 / max(1e-9, numpy.abs(step).max()))
        new = numpy.clip(new, lower, upper)
        new[~free] = fixed[~free]
        if numpy.abs(new - b).max() < 1e-4:
            break
        b = new
    return b


def main():
    group, halves, unjudged, apart, sizes = {}, {}, set(), set(), [0, 0]
    for line in open(sys.argv[1]):
        line = json.loads(line)
        unjudged.update(line.get("unjudged", []))
        apart.update(line.get("judgedAmong", []))
        members = line.get("members")
        if members:
            side = half(members)
            sizes[side] += len(members) * (len(members) - 1) // 2
            for name in members:
                group[name], halves[name] = min(members), side
    rows, labels, sides, pairs, listings = [], [], [], [], []
    with open(sys.argv[2]) as table:
        names = table.readline().split()[4:]
        for line in table:
            first, second, *values = line.split("\t")
            places, values = values[:2], values[2:]
            same = first in group and group[first] == group.get(second)
            if first in unjudged or second in unjudged or (first in apart) != (second in apart):
                continue
            rows.append(numpy.array(values, numpy.float32))
            labels.append(same)
            sides.append((halves.get(first, (fnv(first) >> 32) & 1), halves.get(second, (fnv(second) >> 32) & 1)))
            pairs.append((first, second))
            listings.append(places)
    X, y, sides = numpy.array(rows), numpy.array(labels), numpy.array(sides)
    print(f"{len(X)} pairs, {y.sum()} of {sum(sizes)} true pairs are candidates", file=sys.stderr)
    count = len(names)
    lower, upper = numpy.full(count + 1, -30.0), numpy.full(count + 1, 30.0)
    fixed = numpy.full(count + 1, numpy.nan)
    for place, name in enumerate(names):
        if name in FIXED:
            fixed[place] = FIXED[name]
        if name in NEVER_NEGATIVE:
            lower[place] = 0
        if name in NEVER_POSITIVE:
            upper[place] = 0
    learning = (sides[:, 0] == 0) & (sides[:, 1] == 0)
    weight = numpy.ones(len(y))
    b = fit(X[learning], y[learning], weight[learning], lower, upper, fixed)
    # Pairs that are surely apart say nothing about the border: a second fit weighs what lies near it.
    scores = X @ b[:-1] + b[-1]
    near = learning & ((scores > -6) | y)
    b = fit(X[near], y[near], numpy.where(y[near], 1.0, 2.0), lower, upper, fixed)
    scores = X @ b[:-1] + b[-1]
    decisive = numpy.array([names.index(name) for name in ("identifier", "fingerprint", "crashState")])
    best = {}
    for margin in (0.3, 0.6, 1, 1.5, 2, 3):
        clear = unrivalled(scores, pairs, listings, margin) | (X[:, decisive] > 0).any(1)
        best[margin] = judge(scores, clear, y, sides, sizes, margin)
    margin = max(best, key=lambda margin: best[margin][1])
    threshold = best[margin][0]
    print(f"margin {margin}, threshold {threshold}", file=sys.stderr)
    clear = unrivalled(scores, pairs, listings, margin) | (X[:, decisive] > 0).any(1)
    scores = numpy.where(clear, scores, -99)
    report(b, names, X, y, scores, pairs, threshold, margin)


def unrivalled(scores, pairs, listings, margin):
    """Pairs without a rival: no other record of one's listing fits the other nearly as well."""
    top = {}
    ends = [(key, score, record) for score, (first, second), (a, b) in zip(scores, pairs, listings) if score > -12
            for key, record in (((first, b), second), ((second, a), first)) if key[1] != "0"]
    for key, score, record in ends:
        held = top.setdefault(key, [])
        held.append((score, record))
    for held in top.values():
        held.sort(reverse=True)
        del held[2:]

    def alone(key, score, record):
        return all(other == record or rival <= score - margin for rival, other in top.get(key, []))
    return numpy.array([score > -12 and (b == "0" or alone((first, b), score, second)) and (a == "0" or alone((second, a), score, first))
                        for score, (first, second), (a, b) in zip(scores, pairs, listings)])


def judge(scores, clear, y, sides, sizes, margin):
    found = (None, 0)
    for side in (0, 1):
        mask = (sides == side).any(1) & clear
        order = numpy.argsort(-scores[mask])
        right = numpy.cumsum(y[mask][order] & True)
        precision, sorted_scores = right / numpy.arange(1, len(order) + 1), scores[mask][order]
        for goal in (0.999, 0.997, 0.996, 0.995, 0.99):
            place = numpy.nonzero((precision >= goal) & (right > 100))[0]
            if len(place):
                place = place[-1]
                print(f"margin {margin}, half {side}: precision {goal} at recall {right[place] / sizes[side]:.4f}, log-odds {sorted_scores[place]:.2f}",
                      file=sys.stderr)
                if side == 0 and goal == GOAL:
                    found = (sorted_scores[place], right[place] / sizes[side])
    return found


def report(b, names, X, y, scores, pairs, threshold, margin):
    if "--worst" in sys.argv:
        for place in [place for place in numpy.argsort(-scores) if not y[place]][:70]:
            told = ", ".join(f"{name} {value:.2f}" for name, value in zip(names, X[place]) if value and abs(b[names.index(name)] * value) > 0.3)
            print(f"{scores[place]:6.2f} {' '.join(pairs[place])}  {told}", file=sys.stderr)
    if "--swift" in sys.argv:
        cells = [f".{name}: {value:.2f}" for name, value in zip(names, b) if abs(value) >= 0.005]
        print("    package static let standard = SignalModel(\n        [\n            " + ",\n            ".join(cells)
              + f"\n        ],\n        bias: {b[-1]:.2f}, threshold: {threshold:.2f}, rivalMargin: {margin})")
    else:
        print({name: round(float(value), 2) for name, value in zip(names + ["bias"], b)}, file=sys.stderr)


main()
