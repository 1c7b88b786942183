"""What bidders answered to a published tender's features and requirements, as figures and declarations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tender_eval.files.nodes import as_id, table, table_at, tables_at, text_at
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Given, Items, Table, Text, place

COEFFICIENT = "features_coefficient"
"""The figure that a bid of a Prozorro tender with features is given: what its price is divided by."""


class Features:
    """The features of a Prozorro tender, of which some are of one lot, or of an item in one: `relatedItem`.

    Those count in that lot alone: elsewhere each is 0, whether a bid answered it or not. By what it answers to all that
    count, each bid has a coefficient, by which Prozorro divides its price: 1 + answers / (1 - highest answers).
    """

    def __init__(self, features: Sequence[Table], tender_items: Sequence[Table], problems: Problems) -> None:
        within = {text_at(item, "id", problems): text_at(item, "relatedLot", problems) for item in tender_items}
        self._lots: dict[str, tuple[Text, Text]] = {}
        self._highest: dict[str, Fraction | None] = {}
        for feature in features:
            code, of = text_at(feature, "code", problems), text_at(feature, "featureOf", problems)
            about = text_at(feature, "relatedItem", problems)
            lot = about if of == "lot" else within.get(about) if of == "item" else None
            if code and lot:
                self._lots[code] = code, lot
            if code:
                answers = [_number(text_at(one, "value", problems)) for one in tables_at(feature, "enum", problems)]
                known = [answer for answer in answers if answer is not None]
                self._highest[code] = max(known) if known and len(known) == len(answers) else None

    @property
    def of_a_lot(self) -> Mapping[str, tuple[Text, Text]]:
        """The feature's code and the lot that it is of, by the code."""
        return self._lots

    def add(self, figures: Table, source: Table, lots: Sequence[str], problems: Problems) -> None:
        """Add to a bid's figures for these lots its answers to features of one lot, and 0 for those of others."""
        parameters = tables_at(source, "parameters", problems)
        given = {str(text_at(p, "code", problems)): text_at(p, "value", problems) for p in parameters}
        answers = _Answers(figures, problems)
        for code, (named, lot) in self._lots.items():
            if lot not in lots:
                answers.add("values", named, Text("0", named.where, plain=True))
            elif answer := given.get(code):
                answers.add("values", named, answer)
        counting = [code for code in self._highest if code not in self._lots or self._lots[code][1] in lots]
        coefficient = self._coefficient(counting, given)
        if coefficient is not None and COEFFICIENT not in self._highest:
            answers.add("values", Text(COEFFICIENT, source.where), Given(str(coefficient), source.where))

    def _coefficient(self, counting: Sequence[str], given: Mapping[str, Text | None]) -> Fraction | None:
        """None where there are no features, or where an answer or what it can be at most is not known."""
        highest = [self._highest[code] for code in counting]
        stated = [_number(given.get(code)) for code in counting]
        if not counting or None in highest or None in stated:
            return None
        rest = 1 - sum((h for h in highest if h is not None), Fraction(0))
        return 1 + sum((s for s in stated if s is not None), Fraction(0)) / rest if rest > 0 else None


def _number(text: Text | None) -> Fraction | None:
    try:
        return parse_number(text) if text is not None else None
    except NotANumber:  # told where the figure is read
        return None


def add_answers(bid: Table, source: Table, features: Features, problems: Problems) -> None:
    """Add a bid's `parameters` (Prozorro) and `requirementResponses` (OCDS) to the restated bid.

    Numbers become ``values.<code>``, everything else ``declarations.<code>``; the code is the feature's code
    or the requirement's id, made an id. Those to features of one lot are left to `Features.add`.
    """
    answers = _Answers(bid, problems)
    for parameter in tables_at(source, "parameters", problems):
        code = text_at(parameter, "code", problems)
        value = text_at(parameter, "value", problems)
        if code is None or value is None:
            problems.add("TE011", parameter.where, "a parameter needs a code and a value", "add what is missing")
        elif code not in features.of_a_lot:
            answers.add("values", code, value)
    for response in tables_at(source, "requirementResponses", problems):
        requirement = table_at(response, "requirement", problems)
        code = text_at(requirement, "id", problems) if requirement else None
        answer = response.get("value", response.get("values"))
        if code is None or answer is None or answer == "":
            continue  # an answer to nothing: no scheme can read it
        number = isinstance(answer, Text) and answer.plain and answer not in ("true", "false")
        answers.add("values" if number else "declarations", code, answer)


class _Answers:
    def __init__(self, bid: Table, problems: Problems) -> None:
        self._bid = bid
        self._problems = problems

    def add(self, kind: str, code: Text, answer: object) -> None:
        if not isinstance(answer, Text) and not _is_list_of_texts(answer):
            message = f'the answer to "{code}" must be one value or a list of texts'
            self._problems.add("TE012", place(answer, code.where), message)
            return
        into = self._bid.get(kind)
        if not isinstance(into, Table):
            into = table(code.where)
            self._bid[Text(kind, code.where)] = into
        name = as_id(code, self._problems)
        if name in into and into[name] != answer:
            message = f'the bid has two answers under the name "{name}"'
            self._problems.add("TE020", code.where, message, "keep one, or give each its own code")
        into.setdefault(name, answer)


def _is_list_of_texts(answer: object) -> bool:
    return isinstance(answer, Items) and all(isinstance(item, Text) for item in answer)
