"""A plugin with a misspelt hook."""

from tender_eval.plugins.spec import hookimpl


@hookimpl
def tender_eval_scorrers():
    return []
