"""tender-eval: tender evaluation with exact arithmetic, published schemes and plugin scorers.

Names are loaded when they are first asked for, so that ``import tender_eval`` stays light.

>>> import tender_eval
>>> scheme = tender_eval.scheme_from_data({
...     "format": "tender-eval/scheme/1", "id": "demo", "title": "Price alone",
...     "criteria": [{"id": "price", "weight": 100, "scorer": "ratio_to_lowest"}],
...     "award": {"rule": "highest_score"}})
>>> bids = tender_eval.bids_from_data({
...     "format": "tender-eval/bids/1", "bids": [{"id": "a", "price": 100}, {"id": "b", "price": 80}]})
>>> tender_eval.compile_scheme(scheme).evaluate(bids).winner
('b',)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tender_eval.engine.catalogue import load_catalogue as load_catalogue
    from tender_eval.engine.compiled import CompiledScheme as CompiledScheme
    from tender_eval.engine.compiled import compile_scheme as compile_scheme
    from tender_eval.engine.evaluating.batch import BatchResult as BatchResult
    from tender_eval.engine.evaluating.bid_columns import BatchColumns as BatchColumns
    from tender_eval.files.load import bids_from_data as bids_from_data
    from tender_eval.files.load import bids_from_frame as bids_from_frame
    from tender_eval.files.load import load_bids as load_bids
    from tender_eval.files.load import load_scheme as load_scheme
    from tender_eval.files.load import scheme_from_data as scheme_from_data
    from tender_eval.files.reader import Reader as Reader
    from tender_eval.files.schemes.dump import dump_scheme as dump_scheme
    from tender_eval.lots.award import AcrossLots as AcrossLots
    from tender_eval.lots.award import award_lots as award_lots
    from tender_eval.model.codes import Code as Code
    from tender_eval.model.diagnostics import Diagnostic as Diagnostic
    from tender_eval.model.diagnostics import NotFound as NotFound
    from tender_eval.model.diagnostics import Refused as Refused
    from tender_eval.model.diagnostics import Severity as Severity
    from tender_eval.model.evaluation import Evaluation as Evaluation
    from tender_eval.plugins.answers import Likely as Likely
    from tender_eval.plugins.answers import Unsupported as Unsupported
    from tender_eval.plugins.lint_rule import Clause as Clause
    from tender_eval.plugins.lint_rule import Finding as Finding
    from tender_eval.plugins.lint_rule import LintRule as LintRule
    from tender_eval.plugins.lint_rule import SchemeView as SchemeView
    from tender_eval.plugins.lint_rule import Threshold as Threshold
    from tender_eval.plugins.mechanism import Contest as Contest
    from tender_eval.plugins.mechanism import LotAwards as LotAwards
    from tender_eval.plugins.mechanism import Mechanism as Mechanism
    from tender_eval.plugins.mechanism import MechanismParams as MechanismParams
    from tender_eval.plugins.report import Report as Report
    from tender_eval.plugins.rule import Allocation as Allocation
    from tender_eval.plugins.rule import AwardRule as AwardRule
    from tender_eval.plugins.rule import QualityParams as QualityParams
    from tender_eval.plugins.rule import RuleParams as RuleParams
    from tender_eval.plugins.rule import Weights as Weights
    from tender_eval.plugins.rule_folders import lint_rules_in as lint_rules_in
    from tender_eval.plugins.scorer import CriterionView as CriterionView
    from tender_eval.plugins.scorer import Scorer as Scorer
    from tender_eval.plugins.scorer import ScorerParams as ScorerParams
    from tender_eval.plugins.scorer import Trait as Trait
    from tender_eval.plugins.spec import hookimpl as hookimpl
    from tender_eval.plugins.table import BidTable as BidTable
    from tender_eval.plugins.table import FigureError as FigureError
    from tender_eval.plugins.table import Reads as Reads
    from tender_eval.plugins.table import Steps as Steps
    from tender_eval.plugins.tally import Tally as Tally

_HOMES = {
    "engine.evaluating.batch": ("BatchResult",),
    "engine.evaluating.bid_columns": ("BatchColumns",),
    "engine.catalogue": ("load_catalogue",),
    "engine.compiled": ("CompiledScheme", "compile_scheme"),
    "files.schemes.dump": ("dump_scheme",),
    "files.load": ("bids_from_data", "bids_from_frame", "load_bids", "load_scheme", "scheme_from_data"),
    "files.reader": ("Reader",),
    "lots.award": ("AcrossLots", "award_lots"),
    "model.codes": ("Code",),
    "model.diagnostics": ("Diagnostic", "NotFound", "Refused", "Severity"),
    "model.evaluation": ("Evaluation",),
    "plugins.answers": ("Likely", "Unsupported"),
    "plugins.lint_rule": ("Clause", "Finding", "LintRule", "SchemeView", "Threshold"),
    "plugins.mechanism": ("Contest", "LotAwards", "Mechanism", "MechanismParams"),
    "plugins.report": ("Report",),
    "plugins.rule": ("Allocation", "AwardRule", "QualityParams", "RuleParams", "Weights"),
    "plugins.rule_folders": ("lint_rules_in",),
    "plugins.scorer": ("CriterionView", "Scorer", "ScorerParams", "Trait"),
    "plugins.spec": ("hookimpl",),
    "plugins.table": ("BidTable", "FigureError", "Reads", "Steps"),
    "plugins.tally": ("Tally",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605


if not TYPE_CHECKING:  # or a type checker would let every misspelt name pass

    def __getattr__(name: str) -> object:
        """What is asked for, loaded now."""
        if name not in _HOME_OF:
            raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    """The public names, whether or not they are loaded."""
    return sorted({*globals(), *__all__})
