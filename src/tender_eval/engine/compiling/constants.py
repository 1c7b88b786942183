"""What an expression of points available and stated numbers comes to under a scheme, before there are bids."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from tender_eval.engine.plan import Plan
from tender_eval.model.enclosure import fraction
from tender_eval.model.numeric import exact_array
from tender_eval.plugins.expression.evaluate import evaluate
from tender_eval.plugins.expression.tree import Node
from tender_eval.plugins.table import BidTable
from tender_eval.plugins.tally import Tally


def stated_by(plan: Plan, expression: Node) -> Fraction:
    """What it comes to; points earned count as none."""
    nobody = BidTable({}, np.zeros(1, dtype=np.bool_))
    tally = Tally(
        nobody, lambda _: exact_array([0]), lambda name: plan.node(name).points, lambda _: exact_array([0]), plan.roots
    )
    return fraction(evaluate(expression, tally)[0])
