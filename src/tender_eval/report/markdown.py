"""An evaluation as Markdown, for a report or an issue; text of bidders is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tender_eval.languages import results
from tender_eval.languages.inert import inert
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.wording import shown
from tender_eval.report.printed import printed, printed_figure, rank_of, roots_of, status_of
from tender_eval.report.sentences import reasons_why, winner_line

if TYPE_CHECKING:
    from tender_eval.lots.award import AcrossLots

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"([\\`*_\[\]|~$@])")
_LINE_START = re.compile(r"^(\s*\d*)([#+\-.)])(?=#*\s)")  # what makes a heading or a list of a line


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> print(escaped("a|b <b>*c*</b>\n# d"))
    a\|b &lt;b&gt;\*c\*&lt;/b&gt; # d
    """
    text = inert(" ".join(text.splitlines()))
    text = _MARKUP.sub(r"\\\1", text)
    text = "".join(_HTML.get(c, c) for c in text)
    return _LINE_START.sub(r"\1\\\2", text)


def evaluation_markdown(evaluation: Evaluation) -> str:
    """One tender or lot."""
    return "\n".join([*_heading(evaluation), *_body(evaluation)]) + "\n"


def lots_markdown(lots: Mapping[str, Evaluation], across: AcrossLots) -> str:
    """Each lot, and who is awarded which."""
    told: list[str] = []
    for found in lots.values():
        told += [] if told else _heading(found)
        told += [f"## Lot {escaped(found.lot)}", "", *_body(found, across.independent), ""]
    return "\n".join([*told, *_across(lots, across)]) + "\n"


def _heading(evaluation: Evaluation) -> list[str]:
    ranked = f"Ranked by {evaluation.figure}, the {evaluation.best} first (rule `{evaluation.rule}`)."
    return [f"# {escaped(evaluation.scheme_title)}", "", f"Scheme `{evaluation.scheme_id}`. {ranked}", ""]


def _body(evaluation: Evaluation, awards: bool = True) -> list[str]:
    """The ranking and what it rests on; ``awards`` says whether it alone decides the award."""
    said = winner_line(evaluation) if awards else "Who is awarded the lot is told below, across the lots."
    told = [*_ranking(evaluation), "", f"**{escaped(said)}**", ""]
    told += [escaped(sentence) for sentence in reasons_why(evaluation)] if awards else []
    for status, title in (("rejected", "Rejected"), ("not_shortlisted", "Not shortlisted")):
        out = [b for b in evaluation.bids if b.status == status]
        told += _listed(title, ((b, results.text(reason)) for b in out for reason in b.reasons))
    return told + _listed("To be looked at", ((b, results.text(flag)) for b in evaluation.bids for flag in b.flags))


def _ranking(evaluation: Evaluation) -> list[str]:
    roots = roots_of(evaluation)
    awards = evaluation.shares_money
    heads = ["rank", "bid", "supplier", evaluation.figure, *(["award"] if awards else [])]
    heads += [f"{root.id} /{shown(root.available)}" for root in roots] + ["status"]
    rows = []
    for bid in evaluation.bids:
        row = [rank_of(bid), bid.id, bid.name, printed_figure(evaluation, bid.figure) or "-"]
        row += [printed(evaluation, bid.award) or "-"] if awards else []
        found = [bid.criterion(root.id) for root in roots]
        row += ["-" if c is None else printed(evaluation, c.points) or "-" for c in found]
        rows.append([*row, status_of(bid)])
    return _table(heads, rows, text=("bid", "supplier", "status"))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], text: Sequence[str]) -> list[str]:
    rule = ["---" if head in text else "---:" for head in heads]
    return [_row(map(escaped, heads)), _row(rule), *(_row(map(escaped, row)) for row in rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _listed(title: str, found: Iterable[tuple[BidResult, str]]) -> list[str]:
    told = [f"- **{escaped(bid.id)}** ({escaped(bid.name)}): {escaped(text)}" for bid, text in found]
    return ["", f"### {title}", "", *told] if told else []


def _across(lots: Mapping[str, Evaluation], found: AcrossLots) -> list[str]:
    from tender_eval.report.award_table import heading, unawarded_sentences  # only a tender with lots needs it

    told = [f"## {escaped(heading(found))}", ""]
    rows = [(a.lot, a.bid.id, a.bid.name, printed_figure(a.evaluation, a.bid.figure) or "-") for a in found.awards]
    told += _table(("lot", "bid", "supplier", "figure"), rows, ("lot", "bid", "supplier")) if rows else []
    for sentence in unawarded_sentences(found, lots):
        told += ["", escaped(sentence)]
    return told
