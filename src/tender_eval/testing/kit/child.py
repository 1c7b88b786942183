"""The program of a process in which a plugin is tried by itself; see `tender_eval.testing.kit.elsewhere`."""

from __future__ import annotations

import faulthandler
import importlib
import importlib.util
import json
import os
import sys
from collections.abc import Mapping
from typing import Any


def _loaded(asked: Mapping[str, Any]) -> type:
    try:
        module = importlib.import_module(asked["module"])
    except ModuleNotFoundError:
        spec = importlib.util.spec_from_file_location(asked["module"], asked["file"])
        if spec is None or spec.loader is None:
            raise
        module = sys.modules[asked["module"]] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    found: Any = module
    for name in asked["class"].split("."):
        found = getattr(found, name)
    kind: type = found
    return kind


def main() -> None:
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the plugin prints is no answer
    asked = json.loads(sys.stdin.read())
    sys.path[:] = asked["path"]
    from tender_eval.model.diagnostics import Refused
    from tender_eval.plugins.untouched import refuse_what_was_replaced
    from tender_eval.testing.kit.kinds import answers_of, home_of

    told: dict[str, Any]
    try:
        plugin = _loaded(asked)
    except Exception as e:
        told = {"unknown": f"{asked['module']} cannot be imported in another process: {type(e).__name__}: {e}"}
    else:
        home_of(plugin)  # what we load ourselves takes none of its time
        faulthandler.dump_traceback_later(asked["limit"], exit=True)
        try:
            told = {"answers": answers_of(plugin)}
        except Exception as e:  # told with its bids by the checks that come after
            told = {"answers": [f"nothing but {type(e).__name__}: {e}"]}
        try:
            refuse_what_was_replaced()
        except Refused as e:
            told = {"replaced": e.diagnostics[0].message}
    out.write(json.dumps(told))
    out.flush()


if __name__ == "__main__":
    main()
