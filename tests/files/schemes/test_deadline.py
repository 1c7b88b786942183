"""The deadline of a scheme: a moment with its offset, told with its place where it is none, and published."""

from __future__ import annotations

from typing import Any

import pytest
from inline import leaf, scheme

from tender_eval import compile_scheme, load_catalogue, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.model.diagnostics import Refused
from tender_eval.report.methodology.document import publish


def stated(deadline: object) -> Any:
    return scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"), deadline=deadline))


@pytest.mark.slow
def test_it_is_kept_as_it_is_written_and_published() -> None:
    found = stated("2026-05-01T12:00:00+01:00")
    assert found.deadline == scheme_data(found)["deadline"] == "2026-05-01T12:00:00+01:00"
    text = document_markdown(publish(compile_scheme(found, load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))))
    assert "| Tenders are due by | 1 May 2026, 12:00:00+01:00 |" in text


@pytest.mark.parametrize("deadline", ["2026-05-01", "2026-05-01T12:00:00", "2026-05-32T12:00:00Z", "noon", ["x"]])
def test_what_is_no_moment_is_refused(deadline: object) -> None:
    with pytest.raises(Refused) as e:
        stated(deadline)
    (told,) = e.value.diagnostics
    assert told.code == "TE012"
    assert told.hint == "write day, time and offset, such as 2026-05-01T12:00:00+01:00"
