"""The published methodology: every scheme in every format, with numbers that the engine computed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from generated import compiled as generated_scheme
from generated import schemes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender_eval import Scorer, bids_from_data, compile_scheme, load_catalogue, load_scheme, scheme_from_data
from tender_eval.documents.docx import document_docx
from tender_eval.documents.html import document_html
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.model import Document, Items, Table, walk
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.languages.runs import text_of
from tender_eval.model import numeric
from tender_eval.model.printed import printed
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.table import BidTable, Reads, Steps
from tender_eval.report.methodology import document
from tender_eval.report.methodology.document import publish
from tender_eval.synthetic.example import Example, worked_example

ROOT = Path(__file__).parents[3]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SHIPPED = sorted(p.stem for p in (ROOT / "schemes").glob("*.yaml") if not p.stem.endswith(".test"))


@cache
def shipped(name: str) -> CompiledScheme:
    return compile_scheme(load_scheme(ROOT / "schemes" / f"{name}.yaml"), CATALOGUE)


def own(scorer: object = "ratio_to_lowest", catalogue: Any = CATALOGUE, **rest: Any) -> CompiledScheme:
    data = {
        "format": "tender-eval/scheme/1",
        "id": "own",
        "title": "Own scheme",
        "criteria": [
            {"id": "care", "title": "Care", "weight": 60, "scorer": {"name": "mark", "out_of": 5}},
            {"id": "cost", "title": "Cost", "weight": 40, "scorer": scorer},
        ],
        "award": {"rule": "highest_score", "on_rejection": "recompute"},
    }
    return compile_scheme(scheme_from_data(data | rest), catalogue)


@cache
def example(name: str) -> Example | None:
    """Looked for once by all tests: it takes a hundred evaluations."""
    return worked_example(shipped(name))


@cache
def published(name: str) -> Document:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "worked_example", lambda *_: example(name))
        return publish(shipped(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scheme_in_every_format(name: str) -> None:
    assert all(render(published(name)) for render in (document_markdown, document_html, document_docx))


@pytest.mark.slow
def test_it_is_the_same_each_time() -> None:
    name = "domestic-preference-adb"
    for render in (document_markdown, document_html, document_docx):
        assert render(published(name)) == render(publish(shipped(name)))


def _texts(block: Any) -> Iterator[str]:
    """Every text of a block, without what is inside it and comes by itself."""
    match block:
        case Table():
            yield from (block.caption, *block.heads, *(text_of(cell.text) for row in block.rows for cell in row.cells))
        case Items():
            yield from (text_of(item.text) for item in block.items)
        case _:
            yield text_of(block.text)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_it_tells_all_that_the_scheme_states(name: str) -> None:
    compiled = shipped(name)
    scheme = compiled.scheme
    flat = " ".join(text for block in walk(published(name).blocks) for text in _texts(block))
    flat = " ".join(flat.split())
    for criterion in scheme.walk():
        assert " ".join(criterion.title.split()) in flat
        assert " ".join(criterion.description.split()) in flat
    for scale in scheme.scales:
        for step in scale.steps:
            assert " ".join(step.descriptor.split()) in flat
    for condition in scheme.conditions:
        assert condition.title in flat
    assert any(said in flat for said in ("A tie", "tie is declared", "still equal after that"))
    assert "Rounding" in flat
    assert ("Abnormally low" in flat) == (scheme.abnormally_low is not None)
    assert ("The evaluated price" in flat) == (scheme.price is not None)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_the_example_is_what_the_engine_gives(name: str) -> None:
    compiled = shipped(name)
    text = document_markdown(published(name)).replace(",", "")
    shown = example(name)
    assert shown
    again = compiled.evaluate(shown.bids)
    assert [(b.id, b.rank, b.figure) for b in again.bids] == [(b.id, b.rank, b.figure) for b in shown.evaluation.bids]
    assert all(b.rank for b in shown.evaluation.bids), "all three are ranked"
    assert len({b.rank for b in shown.evaluation.bids}) == 3
    for bid in again.bids:
        assert printed(again, bid.figure) in text
        for criterion in bid.criteria:
            assert printed(again, criterion.points) in text


@pytest.mark.slow
def test_another_parameter_gives_other_published_numbers() -> None:
    def cost(k: int) -> str:
        made = own({"name": "linear_above_lowest", "zero_at_percent": k, "below_zero": "clamp"})
        return document_markdown(publish(made)).partition("**Example: Cost**")[2].partition("##")[0]

    assert cost(50) != cost(100)
    assert "× 50 / 100" in cost(50)


@pytest.mark.slow
def test_a_scorer_of_others_is_published_from_its_own_words() -> None:
    class HalfOff(Scorer):
        """Half of what the lowest price is of the price, by ``half_off``.

        More that is not printed.
        """

        name = "half_off"

        def reads(self, params: Any) -> tuple[Reads, ...]:
            return (Reads("price", better="lower", above=numeric.Fraction(0)),)

        def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
            price = bids.column("price")
            low = numeric.lowest(price, bids.present)
            steps.working("cheapest / figure / 2", cheapest=low, figure=price)
            return low / price / 2

    registered = Registered("half_off", PluginInfo("theirs", "theirs-dist", "1.0"), HalfOff, Scorer)
    found = own("half_off", CATALOGUE._replace(scorers={**CATALOGUE.scorers, "half_off": registered}))
    text = document_markdown(publish(found))
    assert "Half of what the lowest price is of the price, by half off. Scored by half\\_off, theirs-dist." in text
    assert "**Formula:** cheapest / figure / 2" in text
    assert "More that is not printed" not in text


def test_tenders_for_the_example_can_be_given() -> None:
    offers = (("ash", 10), ("elm", 20))
    bids = [{"id": n, "supplier": {"name": n.title()}, "price": p, "marks": {"care": 4}} for n, p in offers]
    text = document_markdown(publish(own(), bids_from_data({"format": "tender-eval/bids/1", "bids": bids})))
    assert "chosen by the authority" in text
    assert "nvented" not in text, "they are real ones, or may be"
    assert "| Example tender | Figures |" in text
    assert "**The marks of the example tenders**" in text
    assert "| Elm | price 20 | 10 / 20 = 0.5 | 0.5 | 20.00 |" in text
    assert "Bidder A" not in text


def test_where_no_example_can_be_made_that_is_said() -> None:
    impossible = own({"name": "formula", "expression": "2 + price"})
    assert worked_example(impossible) is None
    assert "No worked example could be made" in document_markdown(publish(impossible))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"rounding": {"places": 1, "mode": "half_even", "at": ["criterion", "total"]}},
            "one decimal place, a half to the even",
        ),
        ({"abnormally_low": {"below_mean_by": "20%"}}, "20% or more below the mean, over the bids that are ranked"),
        ({"panel": {"divergence": 2}}, "2 or more apart are moderated"),
        ({"shortlist": {"by": ["care"], "top": 2}}, "the 2 tenders with the most points on “Care” go on"),
        ({"award": {"rule": "highest_score", "on_rejection": "keep_order"}}, "the scores of the others stay"),
        (
            {"award": {"rule": "highest_score", "on_rejection": "recompute", "suppliers": 2}},
            "Up to 2 suppliers are awarded, each with one tender",
        ),
        ({"price": {"components": {"fee": "per_year"}, "years": 3, "discount_rate": "3.5%"}}, "(1 + 0.035)ⁿ"),
        ({"conditions": [{"id": "c", "title": "Size", "reads": "supplier.size", "one_of": ["micro"]}]}, "one of micro"),
    ],
)
def test_each_term_is_told(changes: dict[str, Any], said: str) -> None:
    assert said in document_markdown(publish(own(**changes)))


@pytest.mark.slow
def test_hostile_text_of_a_scheme_comes_out_inert() -> None:
    nasty = "<script>alert(1)</script>\u202e {{ 7*7 }}"
    page = document_html(publish(own(title=nasty, notes=nasty, source={"document": nasty})))
    assert "<script" not in page
    assert "\u202e" not in page
    assert "{{ 7*7 }}" in page


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_any_scheme_can_be_published(data: st.DataObject) -> None:
    made = publish(generated_scheme(data.draw(schemes())))
    assert document_markdown(made)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_is_told_as_past_before_tenders_are_in(name: str) -> None:
    text = document_markdown(published(name))
    assert "looked for" not in text
    assert ("What the panel looks for" in text) == ("What the marks mean" in text)


@pytest.mark.slow
def test_what_a_tender_must_state_says_what_kind_of_figure_it_is() -> None:
    text = document_markdown(publish(own())).partition("What your tender must state")[2]
    assert "| price | Cost | an amount of money, more than 0 |" in text
    text = document_markdown(publish(own({"name": "ratio_to_lowest", "field": "values.hours"})))
    assert "| hours | Cost | a number, more than 0 |" in text.partition("What your tender must state")[2]


@pytest.mark.slow
def test_without_a_tie_break_it_says_who_decides() -> None:
    assert "no order among them is made up; the authority decides by a procedure that it announces." in (
        document_markdown(publish(own()))
    )
