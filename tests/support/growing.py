"""Schemes and as many bids as one asks for, and how often each function is called for them."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable
from pathlib import Path

SCALE = "scales:\n  s: [{mark: 0, score: 0%}, {mark: 1, score: 40%}, {mark: 2, score: 100%}]\n"
MARKS = "".join(f"  - {{id: q{n}, title: Question {n}, weight: 20, scorer: mark, scale: s}}\n" for n in range(3))
PRICE = "  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}\n"
TIES = "ties: [{highest: q0}, {lowest: values.order}]"
POINTS = f"award: {{rule: highest_score, on_rejection: recompute, {TIES}}}\n"
NEED_PRICE = "values: [{criterion: q0, full_marks: 100}]"

SCHEMES = {
    "ties": "conditions:\n  - {id: policy, reads: declarations.policy, must_be: true}\n"
    f"criteria:\n{MARKS}{PRICE}{POINTS}abnormally_low: {{below_mean_by: 25%}}\npanel: {{divergence: 1}}\n",
    "near": f"criteria:\n{MARKS}{PRICE}award: "
    f"{{rule: highest_score, on_rejection: recompute, near_tie: 50%, {TIES}}}\n",
    "rounded": f"criteria:\n{MARKS}{PRICE}award: {{rule: highest_score, on_rejection: keep_order}}\n"
    "rounding: {places: 0, mode: half_up, at: [criterion, total]}\n",
    "shortlist": f"shortlist: {{by: [q0, q1], top: 9}}\ncriteria:\n{MARKS}{PRICE}{POINTS}",
    "spread": f"criteria:\n{MARKS}"
    "  - {id: p1, weight: 10, scorer: {name: linear_between_bids}}\n"
    "  - {id: p2, weight: 15, scorer: {name: standard_deviation, k: 20%, below_zero: clamp}}\n"
    f"  - {{id: p3, weight: 15, scorer: {{name: mean_deviation, below_zero: clamp}}}}\n{POINTS}",
    "grants": "criteria:\n" + MARKS.replace("weight: 20", "weight: 60", 1) + "award: {rule: {name: grants_within_pot, "
    "pot: 60000, cap: 5000, when_short: skip, floor: values.least}, on_rejection: recompute, ties: [{highest: q1}]}\n",
    "quality_as_money": "criteria:\n" + MARKS.replace("weight: 20", "weight: 60", 1)
    + f"award: {{rule: {{name: lowest_price_less_quality_value, {NEED_PRICE}}}, on_rejection: recompute}}\n",
}  # fmt: skip


def scheme_of(kind: str) -> str:
    """The text of a scheme: one of `SCHEMES`."""
    return f"format: tender-eval/scheme/1\nid: {kind}\ntitle: Growth\n{SCALE}{SCHEMES[kind]}"


def bids_of(count: int) -> str:
    """The text of so many bids, many of which tie."""
    return "format: tender-eval/bids/1\nbids:\n" + "".join(
        f"  - {{id: b{n}, supplier: {{name: Supplier {n}}}, declarations: {{policy: {str(n % 11 > 0).lower()}}},"
        f" price: {2000 + n * 7919 % 3001}, values: {{order: {n * 31 % count}, least: {1 + n % 900}}}, marks: {{"
        + ", ".join(
            f"q{k}: {{agreed: {(n // (k + 1)) % 3}, individual: {{e1: {n % 3}, e2: 1}}, reason: Says how by a date,"
            " agreed_by: [e1]}"
            for k in range(3)
        )
        + "}}\n"
        for n in range(count)
    )


def files(folder: Path, kind: str, count: int) -> tuple[str, str]:
    """A scheme and its bids on disk."""
    scheme, bids = folder / f"{kind}.yaml", folder / f"{kind}-{count}.bids.yaml"
    scheme.write_text(scheme_of(kind), encoding="utf-8")
    bids.write_text(bids_of(count), encoding="utf-8")
    return str(scheme), str(bids)


def lots(folder: Path, count: int) -> tuple[str, str]:
    """A scheme that awards two lots together, and bids that are for both; many of them tie."""
    scheme, bids = folder / "lots.yaml", folder / f"lots-{count}.bids.yaml"
    across = "lots: {mechanism: largest_lead, most_awarded: 1}"
    scheme.write_text(
        f"format: tender-eval/scheme/1\nid: lots\ntitle: Growth\n{SCALE}criteria:\n{MARKS}{PRICE}"
        f"award: {{rule: highest_score, on_rejection: recompute, {across}}}\n",
        encoding="utf-8",
    )
    marks = "marks: {q0: 1, q1: 2, q2: 0}"
    bids.write_text(
        "format: tender-eval/bids/1\ntender: {lots: [{id: north}, {id: south}]}\nbids:\n"
        + "".join(
            f"  - {{id: b{n}, supplier: {{name: Supplier {n}}}, lots: {{north: {{price: {100 + n // 2}, {marks}}},"
            f" south: {{price: {100 + n // 3}, {marks}}}}}}}\n"
            for n in range(count)
        ),
        encoding="utf-8",
    )
    return str(scheme), str(bids)


def calls(work: Callable[[], object]) -> dict[tuple[str, int, str], int]:
    """How often each function is called, steps of generators and built-in functions among them."""
    with cProfile.Profile() as profile:
        work()
    return {where: stats[1] for where, stats in pstats.Stats(profile).stats.items()}  # type: ignore[attr-defined]


def grows_too_fast(work: Callable[[int], object], few: int = 20) -> list[str]:
    """The functions whose calls more than follow the bids, when these are four times as many.

    Sorting takes 4 x log 80 / log 20 = 5.9 times as many, and the square of the bids 16. From Python 3.12 on calls of
    other threads, such as those of the test runner, are counted too: what is found must be found three times.
    """
    work(few)  # what is loaded and cached once
    found: dict[str, str] = {}
    for attempt in range(3):
        small, large = calls(lambda: work(few)), calls(lambda: work(4 * few))
        again = {
            f"{file}:{line} {name}": f"{small.get((file, line, name), 0)} calls, then {count}"
            for (file, line, name), count in large.items()
            if count > 6 * small.get((file, line, name), 0) + 8 * few
        }
        found = again if not attempt else {name: found[name] for name in found if name in again}
        if not found:
            break
    return [f"{name}: {told}" for name, told in found.items()]
