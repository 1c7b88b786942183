"""A scheme file begun from a notice: what it says is filled in, and what it does not say stands empty.

Every empty value has a comment that says what to ask, and `tender-eval validate` asks for each (TE018). No scale,
scorer or award rule is guessed: no notice says how marks and prices become points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from tender_eval.base.inert import is_safe
from tender_eval.files.nodes import as_id
from tender_eval.files.ocds.notice import Notice, NoticeCriterion
from tender_eval.files.schemes.file import SCHEME_FORMAT
from tender_eval.files.schemes.regime import RegimeFile
from tender_eval.model.diagnostics import Problems
from tender_eval.model.digits import shown
from tender_eval.model.location import NOWHERE, Text

ASK = "# ask: "
_LONGEST = 600  # characters of a description that are kept
_PRICES = ("price", "cost")


class Skeleton(NamedTuple):
    """The text of the file, and how many of its values are to be asked for."""

    text: str
    asks: int


def skeleton(notice: Notice) -> Skeleton:
    """The scheme file that a notice begins; the same notice gives the same text."""
    lines = list(_lines(notice))
    return Skeleton("\n".join(lines) + "\n", sum(ASK in line for line in lines))


def _lines(notice: Notice) -> Iterator[str]:
    name = notice.id or notice.ocid
    if notice.over:
        yield f"# The notice says that this tender is {notice.over}: begin a scheme from it for another one alone."
    yield f"format: {SCHEME_FORMAT}"
    yield f"id: {as_id(Text(name[:60], NOWHERE), Problems()) if name else ''}".rstrip() + _asked(name, "a short id")
    yield _line("title", notice.title, "what the contract is called")
    yield "source:"
    yield f"  document: {_quoted(f'Notice {notice.ocid}')}"
    yield from _if("  date", notice.published.isoformat() if notice.published else "")
    yield from _if("  section", _quoted(notice.release) if notice.release else "")
    yield from _notes(notice)
    yield _line("currency", notice.currency, "the currency of the prices, such as GBP")
    yield _line("tax", "", "included or excluded: whether bids state prices with VAT")
    yield _line("deadline", notice.deadline, "until when tenders come in, with the offset: 2026-05-02T12:00:00+01:00")
    yield from _regime(notice)
    yield from _criteria(notice)
    yield "award:"
    yield _line("  rule", "", "who is first, such as highest_score; tender-eval rules list")
    yield _line("  ties", "", "what parts bids that are equal, such as [{highest: quality}]")
    yield _line("  on_rejection", "", "recompute, or keep_order: whether a rejected bid still counts in others' scores")
    if notice.most_tendered or notice.most_awarded:
        yield "  lots:"
        yield _line("    mechanism", "", "who is awarded which lot under the limits; tender-eval mechanisms list")
        yield from _if("    most_tendered", str(notice.most_tendered or ""))
        yield from _if("    most_awarded", str(notice.most_awarded or ""))


def _notes(notice: Notice) -> Iterator[str]:
    told = [f"Begun from the notice {notice.ocid}."]
    told += [f"It says: {_cut(notice.description)}"] if notice.description else []
    told += [f"It asks of bidders, which conditions are to say: {_cut(one)}" for one in notice.asked]
    yield f"notes: {_quoted(' '.join(told))}"


def _regime(notice: Notice) -> Iterator[str]:
    net = f"; the notice says {shown(notice.net)} without VAT" if notice.net is not None else ""
    yield "regime:"
    basis = f"; the notice says {_plainly(notice.basis)}" if notice.basis else ""
    yield _line("  law", notice.law or "", f"which law governs the award, such as procurement-act-2023{basis}")
    yield _line("  nation", notice.nation or "", "england, wales, scotland, northern_ireland, or none")
    yield _line("  authority", notice.authority or "", "who lets it, such as council, pcc, nhs or central")
    yield _line("  light_touch", "true" if notice.light_touch else "", "true or false: is it a light touch contract")
    procedure = notice.procedure if _is_procedure(notice.procedure) else ""
    yield _line("  procedure", procedure, "how it is let, such as open or competitive-flexible")
    yield _line("  published", notice.published.isoformat() if notice.published else "", "the day of publication")
    value = shown(notice.gross) if notice.gross is not None else ""
    yield _line("  estimated_value", value, f"of the whole contract, with VAT and options{net}")
    yield _line("  tender_days", str(notice.days or ""), "days that bidders have to write their tenders")
    yield _line("  years", str(notice.years or ""), "of the contract, without options to extend")
    yield from _if("  lots", str(len(notice.lots) or ""))
    if len(notice.lots) < 2:
        reason = _quoted(notice.no_lots_reason) if notice.no_lots_reason else ""
        yield _line("  no_lots_reason", reason, "why it is not divided into lots")
    yield _line("  conflicts_assessment", "", "the day on which the conflicts assessment was prepared")


def _is_procedure(text: str) -> bool:
    """Whether the vocabulary knows the words."""
    from pydantic import ValidationError

    try:
        RegimeFile.model_validate({"procedure": Text(text, NOWHERE)})
    except ValidationError:
        return False
    return True


def _criteria(notice: Notice) -> Iterator[str]:
    """The criteria of all lots: once where they are alike, else with the lots in which they hold and their weights."""
    by_lot = {lot.id: {one.id: one for one in lot.criteria} for lot in notice.lots}
    ids = list(dict.fromkeys(name for criteria in by_lot.values() for name in criteria))
    if not ids:
        yield _line("criteria", "", "what is scored, with weights: the notice names no criterion")
        return
    units = {one.unit for criteria in by_lot.values() for one in criteria.values() if one.unit}
    if len(units) > 1:
        yield _line("weights", "", "of_total or points: the notice has weights of both kinds, and none is filled in")
        by_lot = {lot: {n: replace(c, weight=None) for n, c in named.items()} for lot, named in by_lot.items()}
    elif units == {"points"}:
        yield "weights: points"
    alike = len({tuple((c.id, c.weight) for c in criteria.values()) for criteria in by_lot.values()}) == 1
    if not alike:
        yield f"lots: [{', '.join(map(_quoted, by_lot))}]"
        bare = [lot for lot, criteria in by_lot.items() if not criteria]
        yield from (f"{ASK}what is scored in lot {_quoted(lot)}: the notice names no criterion" for lot in bare)
    yield "criteria:"
    base: dict[str, Fraction | None] = {}
    for name in ids:
        holds = {lot: criteria[name] for lot, criteria in by_lot.items() if name in criteria}
        weights = {one.weight for one in holds.values()}
        base[name] = None if None in weights else list(holds.values())[-1].weight
        yield from _criterion(holds, base[name], [] if len(holds) == len(by_lot) else list(holds))
    if not alike:
        yield from _weights_by_lot(by_lot, base)


def _criterion(holds: Mapping[str, NoticeCriterion], weight: Fraction | None, lots: Sequence[str]) -> Iterator[str]:
    """A criterion as it holds in its lots; what they say differently of it is asked for.

    Args:
        holds: the criterion as each lot has it.
        weight: None where one of them gives no exact one.
    """
    every = tuple(holds.values())
    one, kinds, described = every[0], {c.kind for c in every}, {c.description for c in every}
    yield f"  - id: {_quoted(one.id)}"
    yield f"    title: {_quoted(_cut(one.name or one.kind or one.id))}"
    if len(described) > 1:
        told = "; ".join(f"lot {_quoted(lot)}: {_quoted(_cut(c.description))}" for lot, c in holds.items())
        yield _line("    description", "", f"the lots describe it differently: {told}")
    else:
        yield from _if("    description", _quoted(_cut(one.description)) if one.description else "")
    said = dict.fromkeys(c.said for c in every if c.said)
    given = f"the notice has {'; '.join(said)}" if said else "the notice gives no exact one"
    yield _line("    weight", _weight(weight), f"its weight: {given}")
    yield from _if("    lots", f"[{', '.join(map(_quoted, lots))}]" if lots else "")
    how = "how a price earns points, such as ratio_to_lowest" if one.kind in _PRICES else "such as mark, and a scale"
    if len(kinds) > 1:
        how = (
            f"the lots call it {', '.join(map(_plainly, sorted(kinds)))}: make a criterion of each, or say which it is"
        )
    yield _line("    scorer", "", f"{how}; tender-eval scorers list")


def _weights_by_lot(
    by_lot: Mapping[str, Mapping[str, NoticeCriterion]], base: Mapping[str, Fraction | None]
) -> Iterator[str]:
    """The weights that the lots state and that are not those of the criteria."""
    own = {
        lot: {name: c.weight for name, c in criteria.items() if c.weight is not None and c.weight != base[name]}
        for lot, criteria in by_lot.items()
    }
    if any(own.values()):
        yield "weights_by_lot:"
        for lot, weights in own.items():
            if weights:
                stated = ", ".join(f"{_quoted(name)}: {_weight(weight)}" for name, weight in weights.items())
                yield f"  {_quoted(lot)}: {{{stated}}}"


def _weight(weight: Fraction | None) -> str:
    return "" if weight is None else shown(weight)


def _line(key: str, value: str, ask: str) -> str:
    """A key with its value; without one, what to ask for."""
    if not value:
        return f"{key}:  {ASK}{ask}"
    return f"{key}: {value if _is_plain(value) else _quoted(value)}"


def _asked(value: str, ask: str) -> str:
    return "" if value else f"  {ASK}{ask}"


def _if(key: str, value: str) -> Iterator[str]:
    if value:
        yield f"{key}: {value}"


def _is_plain(value: str) -> bool:
    """Whether a text is one of ours already: quoted, a number, a day, or a word of a vocabulary."""
    return value.startswith('"') or all(c.isascii() and (c.isalnum() or c in "-_.") for c in value)


def _plainly(text: str) -> str:
    """A text of a notice within a comment."""
    return _quoted(_cut(text)[:80])


def _cut(text: str) -> str:
    """A text in one line, and of a length that a file can be read with."""
    one = " ".join(text.split())
    return one if len(one) <= _LONGEST else one[:_LONGEST].rstrip() + " ..."


def _quoted(text: str) -> str:
    r"""A text between double quotes in YAML; what is not plainly visible is escaped, so that it stays text.

    >>> print(_quoted('a "b" # c\n\u202e'))
    "a \"b\" # c\u000a\u202e"
    """
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign == " " or (sign.isprintable() and is_safe(sign)):
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
