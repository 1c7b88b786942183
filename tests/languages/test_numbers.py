from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.languages.numbers import grouped, money


@pytest.mark.slow
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**40), max_value=10**40))
def test_grouping_changes_no_digit(value: Decimal) -> None:
    digits = f"{value:f}"
    assert grouped(digits).replace(",", "") == digits


@pytest.mark.parametrize("text", ["National TOMs 2022", "2022 TOMs", "", "1,000", "1e5", "1.2.3", "12 34"])
def test_a_text_is_never_altered(text: str) -> None:
    with pytest.raises(ValueError, match="not one number"):
        grouped(text)


def test_currency_comes_from_its_code() -> None:
    amounts = [money(Fraction(12345, 10), code) for code in ("GBP", "EUR", "UAH", "JPY", "XTS")]
    assert amounts == ["£1,234.50", "€1,234.50", "UAH 1,234.50", "JP¥1,234.5", "XTS 1,234.50"]


def test_amounts_that_differ_are_not_written_alike() -> None:
    """Unit prices have more places than pence; a currency has as many places as it has."""
    assert [money(Fraction(text), "GBP") for text in ("0.004", "0.0041", "-0.001")] == ["£0.004", "£0.0041", "-£0.001"]
    assert [money(Fraction(text), "BHD") for text in ("100.234", "100.23")] == ["BHD 100.234", "BHD 100.230"]
    assert money(Fraction(1, 3), "GBP") == "£0.33"
