"""Works out, from the rows in fixtures/evidence/, every figure that the simulation takes from them, and prints them.

python scripts/evidence.py    refuses rows that stand twice, for a file with copies gave the wrong figures before

What stands behind the figures, and what may not be shipped, is in fixtures/evidence/README.md.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from statistics import mean, median, quantiles, stdev, variance

import numpy as np

from tender_eval.simulation.calibration.awards import BANDS, EDGES, logit_slope

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "evidence"
Row = Mapping[str, str]
OTHER_BASIS = ("bracknell-2022", "ocds-h6vhtk-03f9b0")
"""Tenders whose value is stated over other years than those of the first term, as their notes say."""


def rows(name: str) -> list[Row]:
    """The rows of a file.

    Raises:
        ValueError: a row stands twice.
    """
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        found: list[Row] = list(csv.DictReader(file))
    written = [tuple(row.values()) for row in found]
    if copies := len(written) - len(set(written)):
        raise ValueError(f"{name} holds {copies} copies of rows")
    return found


def tenders() -> list[Row]:
    """The first row of each tender of the sector: what is stated of all its lots."""
    return list({row["tender_id"]: row for row in reversed(rows("tenders.csv"))}.values())[::-1]


def awards() -> list[tuple[float, bool, float]]:
    """Of each award of a whole service in Digital Outcomes: its value, whether an SME won, and its applicants."""
    return [
        (float(row["contract_gbp"]), row["winner_size"].casefold() != "large", float(row["applications"]))
        for row in rows("digital-outcomes.csv")
        if row["category"] == "digital-outcomes" and row["winner_size"] and float(row["contract_gbp"] or 0) > 0
    ]


def band_of(value: float) -> int:
    """The band of a value, as in `BANDS`."""
    return sum(value >= edge for edge in EDGES)


def halves(found: Sequence[tuple[float, bool, float]]) -> Iterator[tuple[float, float, int]]:
    """Each band in two halves of equal numbers, as far as that goes: mean value, share of all awards, and the band."""
    for band in range(len(BANDS)):
        values = sorted(value for value, _, _ in found if band_of(value) == band)
        middle = (len(values) + 1) // 2
        for part in (values[:middle], values[middle:]):
            yield round(mean(part), -3), len(part) / len(found), band


def of_sector() -> Iterator[tuple[str, str]]:
    """What the tenders of the sector say."""
    each = tenders()
    days = numbers(each, "tender_days")
    yield "tenders, and rows of lots", f"{len(each)}, {len(rows('tenders.csv'))}"
    yield "days given", f"{written(days)}, {min(days):.0f} to {max(days):.0f}"
    yield "lots a tender", f"{written(numbers(each, 'lots'))}, {max(numbers(each, 'lots')):.0f} the most"
    a_year = [
        float(row["lot_value_gbp"]) / float(row["years"])
        for row in rows("tenders.csv")
        if row["lot_value_gbp"] and row["years"] and row["tender_id"] not in OTHER_BASIS
    ]
    low, middle, high = quantiles(a_year, n=4, method="inclusive")
    yield "pounds a lot a year", f"median {middle:,.0f}, quartiles {low:,.0f} to {high:,.0f} (n {len(a_year)})"
    yield "years", written(numbers(each, "years"))


def of_awards() -> Iterator[tuple[str, str]]:
    """What the awards of Digital Outcomes say."""
    found = awards()
    for band, name in enumerate(BANDS):
        won = [sme for value, sme, _ in found if band_of(value) == band]
        yield f"awards {name} won by SMEs", share(sum(won), len(won))
    yield "all awards won by SMEs", share(sum(sme for _, sme, _ in found), len(found))
    total = sum(value for value, _, _ in found)
    yield "value won by SMEs", f"{sum(value for value, sme, _ in found if sme) / total:.3f}"
    x = np.log10([value for value, _, _ in found])
    slope, _ = logit_slope(x, np.array([float(sme) for _, sme, _ in found]), np.ones(len(found)))
    yield "logit slope on log10 of the value", f"{slope:.2f}"
    bids = [number for _, _, number in found if number > 0]
    yield "applicants", f"{written(bids)}, variance over mean {variance(bids) / mean(bids):.1f}"
    line = np.polyfit([np.log10(v) for v, _, n in found if n > 0], [np.log(n) for _, _, n in found if n > 0], 1)
    yield "log of applicants on log10 of the value", f"{line[0]:.2f}"


def numbers(found: Sequence[Row], name: str) -> list[float]:
    """The figures of a column where it states one."""
    return [float(row[name]) for row in found if row[name]]


def written(values: Sequence[float]) -> str:
    """A mean with its standard error."""
    error = stdev(values) / sqrt(len(values))
    return f"{mean(values):.2f} ± {error:.2f}, median {median(values):g} (n {len(values)})"


def share(part: int, whole: int) -> str:
    """A share with its standard error."""
    p = part / whole
    return f"{p:.3f} ± {sqrt(p * (1 - p) / whole):.3f} (n {whole})"


def main() -> int:
    """Print all of it."""
    for title, figures in (("tenders.csv", of_sector()), ("digital-outcomes.csv", of_awards())):
        sys.stdout.write(f"{title}\n")
        sys.stdout.writelines(f"  {name}: {text}\n" for name, text in figures)
    sys.stdout.writelines(f"  contract {v:,.0f}: {w:.4f}, {BANDS[b]}\n" for v, w, b in halves(awards()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
