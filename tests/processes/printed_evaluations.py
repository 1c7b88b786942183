"""Prints the evaluations of pairs of a scheme and its bids, or why they are refused, to the last field."""

from __future__ import annotations

import sys

from tender_eval import Refused, compile_scheme, load_bids, load_catalogue, load_scheme

if __name__ == "__main__":
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    for stated, given in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        try:
            compiled = compile_scheme(load_scheme(stated), catalogue)
            print(ascii(compiled.evaluate(load_bids(given))))
        except Refused as e:
            print(ascii(e.diagnostics))
