"""A plugin whose hook asks for what is not given."""

from tender_eval.plugins.spec import hookimpl


@hookimpl
def tender_eval_scorers(scheme):
    return [scheme]
