"""Hold `best_total` against every award of many small tenders: the same totals, the same ties, nothing beyond a limit.

    python scripts/prove_lots.py [TENDERS] [FIRST_SEED]

The tenders are of up to 6 bids and 5 lots, with every kind of limit, shared suppliers, gaps and many ties. The best is
found in a diagram of all awards and by search, in turn. The tests do
the same for forty of them (`tests/lots/optimum/test_awards.py`). It needs what the tests need.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from all_awards import best_of_all, drawn, first_of

from tender_eval.lots.optimum import diagram
from tender_eval.lots.optimum.awards import best_awards


def main(arguments: Sequence[str]) -> int:
    """How many tenders came out as they must; the exit code is 1 at the first that does not."""
    tenders, first = (*map(int, arguments), *(2000, 0)[len(arguments) :])
    ties = nothing = 0
    nodes = diagram.MOST_NODES
    for seed in range(first, first + tenders):
        random = Random(seed)  # noqa: S311 - nothing is kept secret by it
        contest, weights = drawn(random, random.randint(2, 6), random.randint(2, 5))
        diagram.MOST_NODES = nodes if seed % 2 else 0  # every second tender without one: by search
        expected, found = best_of_all(contest, weights), best_awards(contest, weights)
        if expected is None:
            nothing += 1
            same = not found.kept
        else:
            ties += len(expected.awards) > 1
            wanted = (expected.lots, expected.total, *first_of(contest, expected.awards))
            same = (found.lots, found.total, found.winner, set(found.undecided)) == wanted
        if not same:
            print(f"seed {seed}: {found} where every award gives {expected}")
            return 1
    print(f"{tenders} tenders: each the best of all its awards; {ties} with ties, {nothing} that nothing keeps to")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
