"""Hold `best_total` against every award of many small tenders: the same totals, the same ties, nothing beyond a limit.

    python scripts/prove_lots.py [TENDERS] [FIRST_SEED] [--packages]

The tenders are of up to 6 bids and 5 lots, with every kind of limit, shared suppliers, gaps and many ties, half of
them with packages and discounts; with `--packages` all are, of 6 bids and 5 lots each. The best is found in a diagram
of all awards and by search, in turn, and looked for among all awards in arrays
(`tests/support/awards_in_arrays.py`). The tests do the same for forty of them, one award after another
(`tests/lots/optimum/test_awards.py`). It needs what the tests need.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from all_awards import drawn, first_of
from awards_in_arrays import best_in_arrays

from tender_eval.lots.optimum import diagram
from tender_eval.lots.optimum.awards import best_awards

PACKAGES = "--packages"


def main(arguments: Sequence[str]) -> int:
    """How many tenders came out as they must; the exit code is 1 at the first that does not."""
    numbers = [int(one) for one in arguments if one != PACKAGES]
    tenders, seed = (*numbers, *(2000, 0)[len(numbers) :])
    tried = offered = ties = nothing = 0
    nodes = diagram.MOST_NODES
    while tried < tenders:
        random = Random(seed)  # noqa: S311 - nothing is kept secret by it
        bids, lots = (6, 5) if PACKAGES in arguments else (random.randint(2, 6), random.randint(2, 5))
        contest, weights = drawn(random, bids, lots)
        diagram.MOST_NODES = nodes if seed % 2 else 0  # every second tender without one: by search
        seed += 1
        if PACKAGES in arguments and contest.offers is None:
            continue
        tried, offered = tried + 1, offered + (contest.offers is not None)
        expected, found = best_in_arrays(contest, weights), best_awards(contest, weights)
        if expected is None:
            nothing += 1
            same = not found.kept
        else:
            ties += len(expected.awards) > 1
            wanted = (expected.lots, expected.total, *first_of(contest, expected.awards))
            same = (found.lots, found.total, found.winner, set(found.undecided)) == wanted
        if not same:
            print(f"seed {seed - 1}: {found} where every award gives {expected}")
            return 1
    print(
        f"{tenders} tenders: each the best of all its awards; {offered} with packages or discounts, {ties} with ties, "
        f"{nothing} that nothing keeps to"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
