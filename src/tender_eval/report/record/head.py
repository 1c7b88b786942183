"""How long a record is and its head, as it is told after every write."""

from __future__ import annotations

from tender_eval.audit.store import Written
from tender_eval.languages.catalogue import catalogue

t = catalogue("record")


def head_text(entries: int, head: str, name: str = "") -> str:
    """How long a record is, and its head, which is to be kept elsewhere."""
    return t("head.of" if name else "head", name=name, entries=t.count("entries", entries), head=head)


def cut_off_text(name: str, what: str) -> str:
    """What a repair took off the end of a record."""
    return t("cut_off", name=name, what=what)


def told_of_record(record: str, written: Written) -> str:
    """What is said of a record after a write: its head is to be kept elsewhere."""
    cut = f"{cut_off_text(record, written.repaired)}\n" if written.repaired else ""
    return f"{cut}{head_text(written.entries, written.head, record)}\n"
