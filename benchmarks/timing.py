"""Measuring in pairs: ours and the reference by turns, so that what else the machine does falls on both alike."""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import TypeAlias

Pairs: TypeAlias = list[tuple[float, float]]
"""Of each round what ours took and what the reference took, in the same unit."""
Format: TypeAlias = Callable[[float], str]

_WHAT, _VALUE = 58, 30


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Make of `work` a measurement of the seconds it takes."""

    def measure() -> float:
        gc.collect()
        start = perf_counter()
        work()
        return perf_counter() - start

    return measure


def paired(ours: Callable[[], float], reference: Callable[[], float], rounds: int) -> Pairs:
    """Measure both in every round, each first in half of them. What the first call alone has to do is not counted."""
    ours()
    reference()
    pairs: Pairs = []
    for number in range(rounds):
        if number % 2:
            second = reference()
            pairs.append((ours(), second))
        else:
            first = ours()
            pairs.append((first, reference()))
    return pairs


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 0.9995 else f"{seconds * 1000:.0f} ms"


def size(number: float) -> str:
    """Bytes, as a person reads them."""
    if number >= 2**20:
        return f"{number / 2**20:.1f} MiB"
    return f"{number / 2**10:.1f} KiB" if number >= 2**10 else f"{number:.0f} bytes"


def heading() -> None:
    print(f"{'what':<{_WHAT}} {'ours':>12} {'reference':>{_VALUE}} {'ratio':>7}  goal", flush=True)


def report(what: str, against: str, pairs: Pairs, goal: float | None = None, show: Format = milliseconds) -> None:
    """Print one line: medians of both sides, the median of the rounds' ratios, and whether the goal is met.

    `goal` is the greatest ratio that meets it; None where the design names none.
    """
    ours = median(pair[0] for pair in pairs)
    reference = median(pair[1] for pair in pairs)
    ratio = median(mine / theirs for mine, theirs in pairs)
    verdict = "none" if goal is None else f"{goal:.3g}: {'met' if ratio <= goal else 'NOT MET'}"
    beside = f"{show(reference)} {against}"
    print(f"{what:<{_WHAT}} {show(ours):>12} {beside:>{_VALUE}} {ratio:>7.3f}  {verdict}", flush=True)
