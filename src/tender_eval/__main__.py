"""``python -m tender_eval``: the command line."""

from __future__ import annotations

from tender_eval.cli import main

if __name__ == "__main__":
    main(prog_name="tender-eval")
