"""A plugin whose hook raises."""

from tender_eval.plugins.spec import hookimpl


@hookimpl
def tender_eval_scorers():
    raise FileNotFoundError("rates.csv")
