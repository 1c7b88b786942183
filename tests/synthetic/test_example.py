"""The worked example and drawn bids are made by one maker, under any scheme."""

import pytest
from generated import compiled, schemes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inline import CATALOGUE
from shipped import ROOT

from tender_eval import compile_scheme, load_scheme
from tender_eval.synthetic.drawn import draw_bids
from tender_eval.synthetic.example import worked_example
from tender_eval.synthetic.price import components, shares_of


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_both_state_the_same_columns(data: st.DataObject) -> None:
    stated = compiled(data.draw(schemes()))
    drawn = draw_bids(stated, 3, 1).bids
    if (found := worked_example(stated)) is None:
        return
    for one, other in zip(drawn.bids, found.bids.bids, strict=True):
        assert one.marks.keys() == other.marks.keys()
        assert {c for c in one.figures if c.startswith("supplier.")} == {
            c for c in other.figures if c.startswith("supplier.")
        }


def test_components_come_to_the_price() -> None:
    plan = compile_scheme(load_scheme(ROOT / "schemes" / "regional-quality-cost-risk.yaml"), CATALOGUE).plan
    model = plan.scheme.price
    assert model is not None
    from tender_eval.engine.facts.price import factor

    for price in (120_000, 2_450_000):
        found = components(price, model)
        worth = sum(found[f"prices.{c.id}"] * factor(c, model) for c in model.components)
        assert abs(worth - price) / price < 0.002
    paid = {c.id: model.years if c.paid == "per_year" else 1 for c in model.components}
    assert sum(share * paid[name] for name, share in shares_of(model).items()) == 1
