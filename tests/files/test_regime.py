"""What a scheme states of the procurement beside itself: read strictly, kept when it is written out again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from inline import leaf, scheme, told

from tender_eval import Refused, scheme_from_data
from tender_eval.files.load import read_scheme
from tender_eval.files.schemes.dump import dump_scheme
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems

REGIME = {
    "law": "procurement-act-2023",
    "light_touch": True,
    "authority": "sub_central",
    "estimated_value": "850000",
    "published": "2026-05-02",
    "tender_days": "70",
    "years": "3",
    "lots": "4",
    "no_lots_reason": "one building",
    "users_restricted_to": "residents",
}


def stated(**regime: object) -> dict[str, object]:
    return scheme(leaf("price", 100, "ratio_to_lowest"), regime=regime)


def test_everything_that_lint_asks_for() -> None:
    found = scheme_from_data(stated(**REGIME)).regime
    assert found == REGIME | {"estimated_value": Fraction(850000), "tender_days": 70, "years": 3, "lots": 4}


def test_what_is_not_stated_is_not_there() -> None:
    assert scheme_from_data(stated(law="x")).regime == {"law": "x"}


def test_it_is_kept_when_written_out_again() -> None:
    first = scheme_from_data(stated(**REGIME))
    again = read_scheme(Source("s.yaml", dump_scheme(first).encode()), Problems())
    assert again is not None
    assert again.regime == first.regime


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("published", "2026-13-01", "TE016"),
        ("published", "20260502", "TE016"),
        ("published", "2 May 2026", "TE016"),
        ("published", "2026-W18-6", "TE016"),
        ("authority", "local", "TE016"),
        ("tender_days", "0", "TE015"),
        ("lots", "2.5", "TE015"),
        ("years", "101", "TE015"),
        ("lot", "4", "TE010"),
    ],
)
def test_what_cannot_be_is_refused(key: str, value: str, code: str) -> None:
    with pytest.raises(Refused) as e:
        scheme_from_data(stated(**{key: value}))
    assert told(e.value.diagnostics) == [f"scheme {code}"]


def test_the_day_may_stand_without_quotes() -> None:
    text = dump_scheme(scheme_from_data(stated(published="2026-05-02"))).replace("'2026-05-02'", "2026-05-02")
    problems = Problems()
    found = read_scheme(Source("s.yaml", text.encode()), problems)
    assert not problems
    assert found is not None
    assert found.regime["published"] == "2026-05-02"
