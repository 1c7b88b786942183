"""A plugin whose scorer lacks a method."""

from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.spec import hookimpl


class Cheapest(Scorer):
    """Source: this test."""

    name = "cheapest"


@hookimpl
def tender_eval_scorers():
    return [Cheapest]
