"""What stands in charts keeps clear of the rest: labels and values on a telephone, names of axes in print."""

from __future__ import annotations

import re

from tender_eval.documents.charts import BarChart, BarRow, Dot, Lane, Plot
from tender_eval.documents.html import document_html
from tender_eval.documents.layout import LANE, TEXT, layout_of
from tender_eval.documents.model import Document, heading

SHORT = BarRow("2 lots", (Lane((Dot(0.2),)),), "13.0% (1.4% to 39.6%)")
LONG = BarRow("12 lots", (Lane((Dot(0.4),)),), "£3,603,205 (£3,472,563 to £4,025,131)")


def test_a_long_value_has_a_line_of_its_own_above_the_lanes() -> None:
    placed = layout_of(BarChart("price", "Price", "what it shows", (SHORT, LONG, SHORT)))
    (_, first, (a,)), (_, second, (b,)), (_, third, _) = placed.rows
    assert (a[1] - first, b[1] - second) == (TEXT, 2 * TEXT)
    assert third - second == (second - first) + TEXT
    assert placed.height == third + TEXT + LANE + (second - first - TEXT - LANE)


def test_the_page_has_it_right_above_its_lanes() -> None:
    chart = BarChart("price", "Price", "what it shows", (SHORT, LONG))
    page = document_html(Document("A page", blocks=(chart,)))
    at = {text: int(y) for y, text in re.findall(r'y="(\d+)" text-anchor="end" class="value">([^<]+)<', page)}
    assert at[SHORT.value] == TEXT - 6
    (_, _, ((_, top),)) = layout_of(chart).rows[1]
    assert at[LONG.value] == top - 6


def test_what_stands_around_the_axes_of_a_plot_keeps_within_its_margins_at_any_size_of_letters() -> None:
    """Margins are in rem: a name that was placed in pixels was cut off in print, where letters are small."""
    plot = Plot("p", "t", "s", (), across=((0.5, "1"),), name_across="Price", name_up="Quality")
    page = document_html(Document("x", "t", (heading("h"), plot)))

    def numbers(pattern: str) -> list[float]:
        return [float(text) for found in re.findall(pattern, page) for text in re.findall(r"[\d.]+", found)]

    top, _, below, left = numbers(r"svg\.plot \{ margin: ([^;]+);")
    (letters,) = numbers(r"\.tick \{ font-size: ([\d.]+)rem")
    out, up = numbers(r'x="-([\d.]+em" y="-[\d.]+)em">Quality')
    amount, name = numbers(r'dy="([\d.]+)em"')
    assert out * letters <= left
    assert (up + 1) * letters <= top
    assert amount + 1 <= name
    assert (name + 0.25) * letters <= below
