"""Quantiles of the F distribution, by the incomplete beta function (DLMF 8.17.22, its continued fraction)."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

TERMS = 10_000
HALVINGS = 60
TINY, NEAR = 1e-300, 1e-15


def f_quantile(share: float, above: float, below: float) -> float:
    """The value below which ``share`` of the F distribution lies, of so many degrees of freedom above and below.

    >>> f"{f_quantile(0.95, 5, 10):.3f}"  # 3.326 in printed tables
    '3.326'
    """
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if high - low < NEAR * high:
            break
        if incomplete_beta(above / 2, below / 2, middle) < share:
            low = middle
        else:
            high = middle
    return below * high / (above * (1 - high)) if high < 1 else float("inf")


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, from 0 at 0 to 1 at 1."""
    if x in (0.0, 1.0):
        return x
    if x > (a + 1) / (a + b + 2):  # where the fraction of the other side is the one that soon settles
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _fraction(a, b, x)


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction, from its front on (Lentz's method)."""
    value, c, d = 1.0, 1.0, 0.0
    for n in range(TERMS):
        m = n // 2
        if n == 0:
            term = 1.0
        elif n % 2 == 0:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / ((1 + term * d) or TINY)
        c = (1 + term / c) or TINY
        value *= c * d
        if n and abs(c * d - 1) < NEAR:
            break
    return value - 1
