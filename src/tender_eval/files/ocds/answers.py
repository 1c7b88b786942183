"""What bidders answered to a published tender's features and requirements, as figures and declarations."""

from __future__ import annotations

from tender_eval.files.nodes import as_id, table, table_at, tables_at, text_at
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Table, Text, place


def add_answers(bid: Table, source: Table, problems: Problems) -> None:
    """Add a bid's `parameters` (Prozorro) and `requirementResponses` (OCDS) to the restated bid.

    Numbers become ``values.<code>``, everything else ``declarations.<code>``; the code is the feature's code
    or the requirement's id, made an id.
    """
    answers = _Answers(bid, problems)
    for parameter in tables_at(source, "parameters", problems):
        code = text_at(parameter, "code", problems)
        value = text_at(parameter, "value", problems)
        if code is None or value is None:
            problems.add("TE011", parameter.where, "a parameter needs a code and a value", "add what is missing")
        else:
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
