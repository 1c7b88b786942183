"""Results in a notebook: as frames of pandas, and as HTML.

The methods of the results lead here (`tender_eval.model.extras.notebook`). pandas and jinja2 come with the extra
``notebook``, and are loaded when something is to be shown.
"""

from importlib import import_module

_HOMES = {
    "analysis_frames": "fairness",
    "batch_frame": "batch",
    "evaluation_frame": "evaluation",
    "evaluation_html": "html",
    "findings_frames": "fairness",
    "outcome_frame": "simulation",
    "outcome_frames": "simulation",
    "steps_frame": "evaluation",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'tender_eval.notebook' has no attribute '{name}'")
    return getattr(import_module(f"tender_eval.notebook.{_HOMES[name]}"), name)
