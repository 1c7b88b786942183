"""Prints the evaluations of pairs of a scheme and its bids, or why they are refused, to the last field."""

from __future__ import annotations

import sys
from dataclasses import fields, is_dataclass

from tender_eval import Refused, compile_scheme, load_bids, load_catalogue, load_scheme


def whole(value: object) -> str:
    """A value with all that it holds, however short it is told; a kept hash is of the process."""
    if is_dataclass(value) and not isinstance(value, type):
        held = [(field.name, getattr(value, field.name)) for field in fields(value) if field.name[0] != "_"]
    elif isinstance(value, tuple):
        held = [*zip(getattr(value, "_fields", map(str, range(len(value)))), value, strict=True)]
    else:
        return ascii(value)
    return f"{type(value).__name__}({', '.join(f'{name}={whole(part)}' for name, part in held)})"


if __name__ == "__main__":
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    for stated, given in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        try:
            compiled = compile_scheme(load_scheme(stated), catalogue)
            print(whole(compiled.evaluate(load_bids(given))))
        except Refused as e:
            print(ascii(e.diagnostics))
