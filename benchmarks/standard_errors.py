"""Standard errors against what they claim: the county from so many seeds, each with samples and tenders of its own.

    python benchmarks/standard_errors.py [--all] [--first SEED] [SEEDS] [DRAWS]

Of every figure that a result prints with a standard error (levels and differences of one lot and eight; with
``--all`` one assumption of the sensitivity and two hurdles, alone and together, too) the spread of its means over the
seeds is divided by the error that they state, the root of the mean square. The spread of 20 has itself an error of a
sixth, so that 6 in 100 of honest figures lie outside 0.7 to 1.3 by chance, as many below as above: how many is worked
out beside (chi-square). Figures of one run hang together, so more or fewer do at a time; a figure that is outside again
with other seeds (``--first``) is not honest.
"""

from __future__ import annotations

import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from math import sqrt

from scipy.stats import chi2

from tender_eval.lots.catalogue import load_catalogue
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.loading.load import built_in_file, load_spec
from tender_eval.simulation.results import hurdles, sensitivity
from tender_eval.simulation.results.outcome import Estimate, Figures
from tender_eval.simulation.run import RunOptions, simulate_lots
from tender_eval.simulation.spec import variations
from tender_eval.simulation.spec.records import Spec

SEEDS, DRAWS = 20, 1000
LOW, HIGH = 0.7, 1.3
TRIED = "types.days"  # the assumption of the sensitivity
LIFTED = ("capacity", "time")


def estimates(spec: Spec, catalogue: Catalogue) -> Iterator[tuple[str, Estimate]]:
    """Every figure of a run by a name of its own."""
    found = simulate_lots(spec, catalogue, RunOptions(workers=1), points=0)
    parts: list[tuple[str, Figures]] = [(f"level {d.label}", d.figures) for d in found.designs]
    parts += [(f"difference {p.label}", p.figures) for p in found.paired]
    parts += [("sensitivity as stated", found.sensitivity.differences)]
    for h in found.hurdles:
        for e in h.effects:
            parts += [(f"hurdle {h.label} {'+'.join(e.lifted)}", e.changes), (f"beyond {h.label}", e.beyond)]
    for part, figures in parts:
        yield from ((f"{part}: {name}", estimate) for name, estimate in figures.items())
    for moved in found.sensitivity.parameters:
        for name, effect in moved.effects.items():
            yield from (
                (f"sensitivity {end}: {name}", e) for end, e in (("low", effect.low), ("high", effect.high)) if e
            )


def by_chance(seeds: int) -> tuple[float, float]:
    """The shares of honest figures that lie below and above by chance."""
    return tuple(map(float, (chi2.cdf((seeds - 1) * LOW**2, seeds - 1), chi2.sf((seeds - 1) * HIGH**2, seeds - 1))))


def main() -> None:
    asked = ArgumentParser()
    asked.add_argument("--all", action="store_true")
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("seeds", type=int, nargs="?", default=SEEDS)
    asked.add_argument("draws", type=int, nargs="?", default=DRAWS)
    given = asked.parse_args()
    whole, seeds, draws = given.all, given.seeds, given.draws
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    county = load_spec(built_in_file("county"), catalogue)
    spec = replace(county, draws=draws, designs=(county.designs[0], county.designs[-1]))
    every = variations.variations
    sensitivity.variations = lambda s: tuple(v for v in every(s) if whole and v.name == TRIED)
    hurdles.HURDLES = {name: hurdles.HURDLES[name] for name in LIFTED if whole}
    start, means, errors = time.process_time(), dict[str, list[float]](), dict[str, list[float]]()
    for seed in range(seeds):
        for name, found in estimates(replace(spec, seed=1000 + given.first + seed), catalogue):
            if found.mean is not None and found.se is not None:
                means.setdefault(name, []).append(found.mean)
                errors.setdefault(name, []).append(found.se)
        print(f"seed {seed + 1} of {seeds}, {time.process_time() - start:.0f} s", file=sys.stderr, flush=True)
    ratios, still = dict[str, float](), 0
    for name, values in means.items():
        stated = sqrt(statistics.fmean(e * e for e in errors[name]))
        if len(values) == seeds and stated > 0:
            ratios[name] = statistics.stdev(values) / stated
        else:
            still += 1  # it never varies, such as the concentration of one lot
    outside = {name: r for name, r in ratios.items() if not LOW <= r <= HIGH}
    for name, r in sorted(outside.items(), key=lambda one: one[1]):
        print(f"{r:.2f}  {name}")
    middle, ordered = statistics.median(ratios.values()), sorted(ratios.values())
    print(f"{len(ratios)} figures from {seeds} seeds of {draws:,} tenders: median {middle:.2f}, ", end="")
    print(
        f"{ordered[len(ordered) // 20]:.2f} to {ordered[-1 - len(ordered) // 20]:.2f} without the outer tenths; ",
        end="",
    )
    below, above = (n * len(ratios) for n in by_chance(seeds))
    print(
        f"{len(outside)} outside {LOW} to {HIGH}, of honest ones {below:.1f} below and {above:.1f} above by chance; ",
        end="",
    )
    print(f"{still} do not vary; {time.process_time() - start:.0f} s of CPU")


if __name__ == "__main__":
    main()
