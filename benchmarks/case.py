"""A case of 50 bids, 60 criteria, 5 evaluators and 200 acts: its status beside evaluating as often as acts change it.

    python benchmarks/case.py

Status reads the record, checks its chain and folds its acts; what the record holds of results is not read. The other is
what the evaluations alone take: the bids as they stand after each act that changes them, evaluated. Both are timed by
the processor's clock in one process, in turns. Then acts that change nothing are folded, 2,500 to 10,000 of them.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from record import AT, bids, scheme

from tender_eval import load_catalogue
from tender_eval.audit.chain import Draft
from tender_eval.audit.commitments.parts import parts_of_act
from tender_eval.audit.store import create
from tender_eval.audit.verify import read_state
from tender_eval.audit.writing import first_entries
from tender_eval.base.canonical import Data
from tender_eval.case.acts import CHANGES, Act
from tender_eval.case.fold import at_one_sitting, take
from tender_eval.case.state import State
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.report.json.case import case_json

ACTS, RUNS = 200, 3
WHERE = Location("case.jsonl")


def said(n: int, state: State) -> tuple[str, dict[str, Data]]:
    """The n-th act: marks and prices corrected, bids disregarded and readmitted, half of them queries and answers."""
    bid = f"b{n % 50}"
    match n % 8:
        case 0 | 4:
            return "query", {"bid": bid, "text": "Which towns?", "about": "query"}
        case 1 | 5:
            return "answer", {"matter": next(iter(state.matters)), "text": "All of them"}
        case 2:
            mark = next(b for b in state.bids.bids if b.id == bid).marks["q1"].agreed.value
            new = "4" if str(mark) != "4" else "3"
            return "correct", {"bid": bid, "field": "marks.q1", "old": str(mark), "new": new, "reason": "Misread"}
        case 3:
            price = next(b for b in state.bids.bids if b.id == bid).figures["price"].value
            return "correct", {
                "bid": bid,
                "field": "price",
                "old": str(price),
                "new": f"{90000 + n}",
                "reason": "Misread",
            }
        case 6:
            return "disregard", {"bid": bid, "clause": "s.19(3)(c)", "reason": "Not explained"}
        case _:
            return "readmit", {"bid": f"b{(n - 1) % 50}", "reason": "Explained after all"}


def made(folder: Path, catalogue: Catalogue) -> tuple[Path, list[State]]:
    """The record, and the states whose bids were evaluated."""
    stated, offered = scheme(), bids()
    state = at_one_sitting(stated, offered, catalogue)
    drafts, evaluated = first_entries(stated, offered, catalogue, state), [state]
    for n in range(ACTS):
        kind, body = said(n, state)
        act = Act(len(drafts), kind, body, AT)
        after, told = take(state, act, catalogue, WHERE)
        drafts.append(Draft(kind, {**body, **told.states}, parts_of_act(kind, after)))
        evaluated += [after] if kind in CHANGES else []
        state = after
    path = folder / "case.jsonl"
    create(path, drafts, AT)
    return path, evaluated


def folding(number: int, catalogue: Catalogue) -> float:
    """Seconds of the processor to fold so many acts that change nothing."""
    state = at_one_sitting(scheme(), bids(), catalogue)
    started = time.process_time()
    for n in range(number):
        kind, body = said(n % 2, state)
        state, _ = take(state, Act(n, kind, body, AT), catalogue, WHERE)
    return time.process_time() - started


def main() -> None:
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    with tempfile.TemporaryDirectory() as folder:
        path, evaluated = made(Path(folder), catalogue)
        status, alone = [], []
        for _ in range(RUNS):
            started = time.process_time()
            case_json(read_state(path, catalogue))
            status.append(time.process_time() - started)
            started = time.process_time()
            for state in evaluated:
                state.whole.evaluate(state.bids)
            alone.append(time.process_time() - started)
        size = path.stat().st_size / 1e6
    print(f"{ACTS} acts, {len(evaluated)} evaluations, a record of {size:.1f} MB")
    print(f"case status {min(status):.2f} s, evaluating alone {min(alone):.2f} s: {min(status) / min(alone):.2f}")
    for number in (2500, 5000, 10000):
        taken = folding(number, catalogue)
        print(f"{number} acts that change nothing: {taken:.3f} s, {1e6 * taken / number:.1f} us each")


if __name__ == "__main__":
    main()
