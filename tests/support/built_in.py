"""Every built-in scorer, award rule, mechanism and lint rule."""

from __future__ import annotations

from tender_eval import lint
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.lots import mechanisms

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": lint, "mechanisms": mechanisms})
