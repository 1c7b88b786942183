"""What an entry of each kind may say: the names in its body, which it must have, and what kind of value each is.

An entry says nothing else. A name that nobody reads could hold what looks like a finding to whoever opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tender_eval.audit.earlier import KINDS
from tender_eval.case.acts import ACTS, COMMON, Entry

Sound = Callable[[object], bool]


class Form(NamedTuple):
    """The names that an entry of a kind has, and those that it may have too, each with what its value must be."""

    required: Mapping[str, Sound]
    optional: Mapping[str, Sound] = {}


def _text(value: object) -> bool:
    return isinstance(value, str)


def _truth(value: object) -> bool:
    return isinstance(value, bool)


def _list(value: object) -> bool:
    return isinstance(value, list)


def _texts(value: object) -> bool:
    """Text, or a list of it."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _digest(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value) is not None


def _count(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]*", value) is not None


def _cut_off(value: object) -> bool:
    """What a repair says that it cut off (`tender_eval.audit.store`), and nothing else."""
    some = r"[0-9]+ entries of an evaluation|[0-9]+ bytes of an entry"
    of = f"(?:{some}) that was never finished"
    return isinstance(value, str) and re.fullmatch(f"cut off: {of}(?: and {of})?", value) is not None


def _of(**parts: Sound) -> Sound:
    """A mapping of these names and no others."""

    def sound(value: object) -> bool:
        return isinstance(value, Mapping) and set(value) == set(parts) and all(f(value[n]) for n, f in parts.items())

    return sound


_FILE = {"name": _text, "sha256": _digest, "base64": _text}
_file = _of(**_FILE)
_by_reader = _of(**_FILE, reader=_text)


def _bids(value: object) -> bool:
    """A file of bids: by the reader that was asked for, where one was."""
    return _file(value) or _by_reader(value)


_distribution = _of(version=_text, sha256=_text, plugins=_texts)


def _distributions(value: object) -> bool:
    return isinstance(value, Mapping) and all(_distribution(one) for one in value.values())


_environment = _of(python=_of(implementation=_text, version=_text), distributions=_distributions)
_LOT = {"lot": _text}
_BID = {"lot": _text, "bid": _text}
_STATED = {"before": _mapping, "after": _mapping, "changes": _list, "marks_set_aside": _list}
_ACT_VALUES: Mapping[str, Sound] = {
    "file": _bids, "sealed": _of(name=_text, sha256=_digest), "of": _digest, "order": _texts, "witnesses": _texts,
    "made_by": _texts, "marks": _list, "present": _texts, "sheet": _of(name=_text, sha256=_digest),
}  # fmt: skip

FORMS: Mapping[str, Form] = {
    "genesis": Form(
        {"format": _text, "stage": _text, "environment": _environment, "scheme_sha256": _digest},
        {"bids_sha256": _digest, "marks_sha256": _digest, "panel_sha256": _digest},
    ),
    "environment": Form({"environment": _environment}),
    "scheme": Form({"scheme": _file}, {"panel": _file, "made_by": _texts}),
    "inputs": Form({"scheme": _file, "bids": _bids}),
    "conditions": Form({**_BID, "met": _truth, "conditions": _list}),
    "score": Form(
        {**_BID, "criterion": _text, "available": _text, "points": _text, "working": _mapping}, {"score": _text}
    ),
    "rejection": Form({**_BID, "status": _text, "reasons": _texts}),
    "ranking": Form({**_LOT, "rule": _text, "by": _text, "figure": _text, "best": _text, "bids": _list}),
    "ties": Form({**_LOT, "tied": _list}, {"undecided": _truth}),
    "award": Form({**_LOT, "winner": _texts, "money": _mapping}),
    "flags": Form({**_LOT, "flags": _mapping}),
    "notices": Form({**_LOT, "notices": _texts}),
    "across_lots": Form(
        {
            "mechanism": _text, "by": _text, "limits": _mapping, "capacities": _mapping, "awards": _list,
            "order": _texts, "undecided": _texts, "unawarded": _texts, "reasons": _mapping,
        },
        {"given_up": _texts, "qualified": _mapping},
    ),
    "evaluated": Form({"entries": _count, "marks_sha256": _digest}),
    "marks_locked": Form({"marks_sha256": _digest, "bids": _texts}),
    "price_opened": Form({"file": _text, "lock": _digest}, {"made_by": _texts}),
    "price_read": Form({"file": _text, "sha256": _digest}),
    "prices": Form(_FILE, {"reader": _text}),
    "anchor": Form({"head": _digest, "authority": _text, "response": _text}),
    "signature": Form({"algorithm": _text, "public_key": _text, "signer": _text, "signature": _text}),
    "repaired": Form({"bytes": _count, "sha256": _digest, "text": _cut_off}),
    **{
        kind: Form(
            {name: _ACT_VALUES.get(name, _text) for name in said.required},
            {name: _ACT_VALUES.get(name, _text) for name in (*said.optional, *COMMON)} | _STATED,
        )
        for kind, said in ACTS.items()
    },
    **{
        kind: Form(dict.fromkeys(said.required, _text), dict.fromkeys(said.optional, _text))
        for kind, said in KINDS.items()
    },
}  # fmt: skip
"""The form of every kind of entry."""


def misfit(entry: Entry) -> tuple[str, str] | None:
    """The field of an entry that does not fit the form of its kind, and what is wrong with it."""
    form = FORMS.get(entry.kind)
    if form is None:
        return "kind", f'there is no kind "{entry.kind[:40]}"'
    for name, value in entry.body.items():
        sound = form.required.get(name) or form.optional.get(name)
        if sound is None:
            return f"body.{name[:40]}", f"an entry of kind {entry.kind} does not say {name[:40]}"
        if not sound(value):
            return f"body.{name}", f"it is not what an entry of kind {entry.kind} says under {name}"
    for name in form.required:
        if name not in entry.body:
            return f"body.{name}", f"an entry of kind {entry.kind} needs {name}"
    return None
