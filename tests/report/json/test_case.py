"""A case as data."""

from __future__ import annotations

import json

from desks import opened

from tender_eval.report.json.case import case_json


def test_what_is_due_of_a_panel_names_its_group() -> None:
    due = {"who": "panel", "group": "panel"}
    found = json.loads(case_json(opened().case))["next"]
    assert found == [{"command": "sheets", **due}, {"command": "collect", **due}]
