"""What an entry says under a name, in words: a figure by what it is called, money as money, a bid by its supplier."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.case.state import State
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Inline, name
from tender_eval.report.case.effects import field_name, field_value, names_of

t = catalogue("case")
_FLAGS = ("no_award", "forced", "none")


def said_in_words(state: State, body: Mapping[str, object], key: str) -> Inline:
    """What the body of an entry says under a key; as it stands there where it is no word of ours."""
    said = str(body[key])
    match key:
        case "field":
            return field_name(state, said)
        case "criterion":
            return field_name(state, f"marks.{said}")
        case "old" | "new" if "field" in body:
            return field_value(state, str(body["field"]), said)
        case "bid":
            supplier = names_of(state).get(said, said)
            return name(supplier if supplier == said else f"{supplier} ({said})")
        case "person" if state.panel and (found := state.panel.find(said)):
            return name(found.name)
        case "about":
            return t.or_else(f"matter.{said}", said)
        case "outcome":
            return t.or_else(f"outcome.{said}", said)
        case _ if key in _FLAGS and said == "true":
            return t("yes")
    return name(said)
