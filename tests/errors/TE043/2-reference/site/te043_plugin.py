"""A plugin that refers to a class that does not exist."""

from tender_eval.plugins.spec import hookimpl


@hookimpl
def tender_eval_scorers():
    return {"cheapest": "te043_plugin:Cheepest"}
