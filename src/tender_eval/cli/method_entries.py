"""Scorers and award rules as entries to look up, from their classes and parameter models."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tender_eval.cli.type_names import kind_in_words, type_hints
from tender_eval.engine.scoring.guarded import asked
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.formulas import name as name_in_formula
from tender_eval.model.diagnostics import Diagnostic, Refused, did_you_mean
from tender_eval.model.digits import shown
from tender_eval.model.enclosure import WORKED_DIGITS
from tender_eval.model.explanation.labels import ranked_figure
from tender_eval.model.location import Location
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.catalogue import Catalogue, Registered
from tender_eval.plugins.expression.words import said
from tender_eval.plugins.mechanism import Mechanism
from tender_eval.plugins.rule import AwardRule, QualityParams
from tender_eval.plugins.scorer import CriterionView, Scorer
from tender_eval.report.lookups import DescribedParameter, Entry

t = catalogue("lookups")


def scorer_entry(name: str, catalogue: Catalogue) -> Entry:
    """A scorer by name.

    Raises:
        Refused: TE072 where no installed scorer has the name.
    """
    scorer, origin = _found(name, catalogue.scorers, "scorer")
    stated = _stated(catalogue.scorers[name], t("of.scores"))
    facts = ((t("fact.traits"), traits(scorer)), _arithmetic(scorer), *stated)
    return _entry(scorer, origin, facts, lambda call: {"scorer": call})


def rule_entry(name: str, catalogue: Catalogue) -> Entry:
    """An award rule by name.

    Raises:
        Refused: TE072 where no installed rule has the name.
    """
    rule, origin = _found(name, catalogue.rules, "award rule")
    stated = _stated(catalogue.rules[name], t("of.figures"))
    ranks = t("ranks_by", figure=ranked_name(ranked_figure(rule.figure)), best=t(f"best.{rule.best}"))
    facts = ((t("fact.ranks_by"), ranks), _arithmetic(rule), *stated)
    return _entry(rule, origin, facts, lambda call: {"award": {"rule": call}})


def mechanism_entry(name: str, catalogue: Catalogue) -> Entry:
    """An award mechanism by name.

    Raises:
        Refused: TE072 where no installed mechanism has the name.
    """
    mechanism, origin = _found(name, catalogue.mechanisms, "award mechanism")
    facts = (
        (t("fact.limits"), t("yes" if mechanism.honours_limits else "no")),
        *_of_mechanism(catalogue.mechanisms[name]),
    )
    return _entry(
        mechanism, origin, facts, lambda call: {"award": {"rule": "highest_score", "lots": {"mechanism": call}}}
    )


def _of_mechanism(method: Registered[Mechanism]) -> tuple[tuple[str, str], ...]:
    """What a mechanism says of itself with its first example.

    Raises:
        Refused: TE045, naming the plugin at fault.
    """

    def stated() -> tuple[tuple[str, bool | Unsupported], ...]:
        item = method.item
        params = item.Params.model_validate(item.examples[0])
        return ("fact.order", item.uses_order(params)), ("fact.passes over", item.passes_over(params))

    told: tuple[tuple[str, bool | Unsupported], ...] = asked("its first example", method, Location(method.name), stated)
    return tuple(
        (t(fact), t("unsaid", why=said.why) if isinstance(said, Unsupported) else t("yes" if said else "no"))
        for fact, said in told
    )


def _stated(method: Registered[Scorer] | Registered[AwardRule], what: str) -> tuple[tuple[str, str], ...]:
    """The expression of a method with its first example, or what comes of its stating none.

    Raises:
        Refused: TE045, naming the plugin at fault.
    """

    def stated() -> tuple[tuple[str, str], ...]:
        item = method.item
        try:
            params = item.Params.model_validate(item.examples[0])
        except ValueError:  # an example that no scheme could state says nothing
            return ()
        if isinstance(params, QualityParams) and not params.quality:
            params = params.model_copy(update={"quality": ("quality",)})
        if isinstance(item, Scorer):
            params = item.prepare(params, CriterionView("criterion", {}, lambda code, message, hint: None))
        found = item.expression(params)
        if isinstance(found, Unsupported):
            return ((t("fact.expression"), t("expression.none", why=found.why, what=what)),)
        return ((t("fact.expression"), t("expression", said=said(found, name_in_formula))),)

    told: tuple[tuple[str, str], ...] = asked("its first example", method, Location(method.name), stated)
    return told


def traits(scorer: Scorer) -> str:
    """The promises of a scorer, in a fixed order."""
    return ", ".join(sorted(scorer.traits)) or "-"


def first_line(item: Scorer | AwardRule | Mechanism) -> str:
    """The first line of a docstring: what it does."""
    return inspect.cleandoc(item.__doc__ or "").partition("\n")[0]


def _found(name: str, known: Mapping[str, Registered[Any]], kind: str) -> tuple[Any, str]:
    if name not in known:
        raise Refused([Diagnostic("TE072", f'there is no {kind} "{name}"', None, did_you_mean(name, known))])
    return known[name].item, str(known[name].origin)


def _arithmetic(item: Scorer | AwardRule) -> tuple[str, str]:
    how = t("arithmetic.exact") if item.exact else t("arithmetic.digits", n=WORKED_DIGITS)
    return t("fact.arithmetic"), how


def _entry(item: Any, origin: str, facts: tuple[tuple[str, str], ...], within: Any) -> Entry:
    examples = tuple(_example(item.name, params, within) for params in item.examples)
    about = inspect.cleandoc(item.__doc__ or "")
    return Entry(item.name, origin, facts, about, _parameters(item.Params), examples)


def _parameters(model: type[BaseModel]) -> tuple[DescribedParameter, ...]:
    hints = type_hints(model)
    return tuple(
        DescribedParameter(
            name, kind_in_words(hints.get(name, field.annotation)), _default(field), field.description or ""
        )
        for name, field in model.model_fields.items()
        if not _internal(field)
    )


def _internal(field: FieldInfo) -> bool:
    extra = field.json_schema_extra
    return field.exclude is True or (isinstance(extra, dict) and bool(extra.get("internal")))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return t("required")
    value = field.get_default(call_default_factory=False)
    return "-" if value is None or value in ((), [], {}, "") else shown(value)


def _example(name: str, params: Mapping[str, Any], within: Any) -> str:
    call = {"name": name, **_plain(dict(params))} if params else name
    style = None if params else False  # None: what holds no further lists or mappings on one line
    text: str = yaml.safe_dump(within(call), sort_keys=False, allow_unicode=True, default_flow_style=style, width=90)
    return text


def _plain(value: Any) -> Any:
    match value:
        case bool() | int() | None:
            return value
        case Fraction():
            return shown(value)
        case Mapping():
            return {str(k): _plain(v) for k, v in value.items()}
        case list() | tuple():
            return [_plain(v) for v in value]
        case _:
            return str(value)
