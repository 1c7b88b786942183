"""Names of files that are made of ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.cli.file_names import LONGEST, file_names


@pytest.mark.slow
@given(st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True), unique=True))
def test_no_two_are_one_file_where_case_does_not_count(ids: list[str]) -> None:
    names = file_names(ids)
    assert len({name.casefold() for name in names.values()}) == len(ids)


def test_devices_and_long_names() -> None:
    names = file_names(["CON", "nul", "Com1", "console", "x" * 300, "x" * 299 + "y"])
    assert names["console"] == "console"
    assert not {"con", "nul", "com1"} & {name.casefold() for name in names.values()}
    assert all(len(name) <= LONGEST for name in names.values())
    assert len(set(names.values())) == 6
