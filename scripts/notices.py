"""Prints the bids of each lot that UK notices tell (OCDS releases, JSON), as rows of CSV, and what they come to.

python scripts/notices.py FILE...    rows on standard output, the figures to fit to on standard error

The columns are those of fixtures/evidence/tenders.csv. A fit to figures of your own takes `notice_targets` where
`scripts/calibrate.py` takes `bids_targets`.
"""

from __future__ import annotations

import csv
import sys

from tender_eval.files.source import read_source
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.simulation.calibration.notices import LotBids, lot_bids, notice_targets


def main(files: list[str]) -> int:
    problems = Problems()
    lots: list[LotBids] = []
    try:
        for name in files:
            lots += lot_bids(read_source(name), problems)
        problems.refuse()
    except Refused as e:
        print(*e.diagnostics, sep="\n", file=sys.stderr)
        return 1
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(("tender_id", "lot_id", "bids", "sme_bids", "vcse_bids"))
    rows.writerows(["" if cell is None else cell for cell in lot] for lot in lots)
    for target in notice_targets(lots):
        error = "" if target.error is None else f" ± {target.error:.3f}"
        print(f"{target.title}: {target.value:.3f}{error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
