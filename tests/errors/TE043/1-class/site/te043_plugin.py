"""A plugin that registers what is no scorer."""

from tender_eval.plugins.spec import hookimpl


class Cheapest:
    """Not derived from Scorer."""

    name = "cheapest"


@hookimpl
def tender_eval_scorers():
    return [Cheapest]
