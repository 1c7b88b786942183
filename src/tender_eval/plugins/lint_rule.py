"""The contract of a lint rule: what guidance, law or arithmetic says about a scheme before it is published."""

from __future__ import annotations

import inspect
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from tender_eval.model.bids import reads_price
from tender_eval.model.clause import Clause as Clause  # noqa: PLC0414 - rules of plugins import it from here
from tender_eval.model.diagnostics import Diagnostic, Severity
from tender_eval.model.location import Items, Location, Table, place
from tender_eval.model.scheme import Criterion, Scheme
from tender_eval.plugins.answers import OwnFormula, Pot, Subject, Unsupported
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer, Trait
from tender_eval.plugins.table import Reads

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node

CODE = re.compile(r"^[A-Z]{2,5}[0-9]{3}$")


class Finding(NamedTuple):
    """One thing that a rule has to say of a scheme, at its place, with what would mend it."""

    message: str
    where: Location
    hint: str


class Threshold(NamedTuple):
    """A threshold or weight that guidance or law names, as it stands on the day that is asked for.

    Attributes:
        value: in ``unit``: ``GBP``, ``share`` (of 1), ``days``, ``years`` or ``count``.
        since, until: the first and the last day that it holds; None where no day is named.
        assumed: ours, because no document names a figure; said so wherever it is shown.
    """

    name: str
    value: Fraction
    unit: str
    about: str
    clause: Clause
    since: date | None = None
    until: date | None = None
    assumed: bool = False


class Ignore(NamedTuple):
    """An ignore comment of the scheme: ``# tender-eval: ignore TE304 because <reason>``.

    Attributes:
        codes: the rules that it silences, as written.
        line: the line whose findings it silences, 0 for the whole file (``ignore-file``).
        fault: what is wrong with how it is written; such a comment silences nothing.
    """

    codes: tuple[str, ...]
    reason: str
    where: Location
    line: int
    fault: str = ""


NOT_ASKED = Unsupported("it was not asked")


class LeafView(NamedTuple):
    """A scored criterion: ``share`` is its weight as a share of the whole scheme.

    Attributes:
        expression: its score as an expression, or why there is none.
        endless: whether its scores can have endless decimals, or why that cannot be told.
        scale: the id of the scale that it is marked on; empty where there is none.
        unbounded_below: whether its scores can fall below zero without limit.
        subjects: what it is about by the way in which it is scored.
        own_formula: the formula that the scheme itself publishes for it; None where the scorer brings its own.
        score_at: the scores of bids of these prices; None where it reads more than the price, or cannot score them.
    """

    criterion: Criterion
    share: Fraction
    scorer: Scorer
    params: Any
    reads: tuple[Reads, ...]
    traits: frozenset[Trait]
    expression: Node | Unsupported = NOT_ASKED
    endless: bool | Unsupported = NOT_ASKED
    scale: str = ""
    unbounded_below: bool = False
    subjects: frozenset[Subject] = frozenset()
    own_formula: OwnFormula | None = None
    score_at: Callable[[Sequence[Fraction]], tuple[Fraction, ...] | None] = lambda _prices: None

    @property
    def reads_price(self) -> bool:
        return any(reads_price(r.column) for r in self.reads)

    @property
    def marked(self) -> bool:
        """Whether evaluators mark it."""
        return any(r.column.startswith("marks.") for r in self.reads)

    @property
    def relative(self) -> bool:
        """Whether its score depends on which other bids are in."""
        return Trait.INDEPENDENT not in self.traits


class SchemeView(NamedTuple):
    """What a rule sees of a sound scheme.

    Attributes:
        shares: weight of every criterion, groups included, as a share of the whole, by id.
        rule, rule_params: the award rule and its parameters, with the scheme's own weights and criteria in them.
        rule_reads: the columns that the award rule itself reads.
        rule_compares_bids: whether a bid's figure depends on which other bids are in.
        grants: whether bids get money by their order, rather than one of them the contract.
        text: the scheme file as it was read.
        document: the file's values with their places; see `at`.
        on: the day whose thresholds are asked for.
        thresholds: the dated thresholds that hold on that day, by name; see `LintRule.thresholds`.
        ignores: the ignore comments.
        codes: of every rule that is installed.
        unused: ignore comments, each with the codes that silenced nothing; only rules that come ``last`` see them.
        notices: what the engine warns of in every evaluation under the scheme.
        figure: what the award rule ranks by as an expression, or why there is none.
        counts: the criteria whose points or shares that figure is made of.
        price: the column that the award rule takes for the price, empty where it reads none, or why it does not say.
        weights: of quality and of price, where the rule itself sets one against the other, in points of the scheme;
            None where it does not, or why it does not say.
        pot: the money that is shared out, None where none is, or why the award rule does not say.
        worth_of_quality: the money that full marks are worth, None where quality is no sum of it, or why that is not
            said.
        sealed: the figures that stay closed with the prices until the marks are locked.
    """

    scheme: Scheme
    leaves: tuple[LeafView, ...]
    shares: Mapping[str, Fraction]
    rule: AwardRule
    rule_params: Any
    rule_reads: tuple[Reads, ...]
    rule_compares_bids: bool
    grants: bool
    text: str
    document: Table
    on: date
    thresholds: Mapping[str, Threshold]
    ignores: tuple[Ignore, ...]
    codes: frozenset[str]
    unused: tuple[tuple[Ignore, tuple[str, ...]], ...] = ()
    notices: tuple[Diagnostic, ...] = ()
    figure: Node | Unsupported = NOT_ASKED
    counts: tuple[str, ...] = ()
    price: str | Unsupported = NOT_ASKED
    weights: tuple[Fraction, Fraction] | Unsupported | None = NOT_ASKED
    pot: Pot | Unsupported | None = NOT_ASKED
    worth_of_quality: Fraction | Unsupported | None = NOT_ASKED
    sealed: frozenset[str] = frozenset()

    @property
    def price_share(self) -> Fraction:
        """The weight of all criteria that read the price."""
        return sum((leaf.share for leaf in self.leaves if leaf.reads_price), Fraction(0))

    @property
    def quality_minimum(self) -> bool:
        """Whether a bid can be rejected for its quality: a minimum where the price is not read, or a first stage."""
        price = {leaf.criterion.id for leaf in self.leaves if leaf.reads_price}
        gated = (c for c in self.scheme.walk() if c.minimum is not None)
        least = self.scheme.shortlist is not None and self.scheme.shortlist.at_least is not None
        return least or any(not price.issuperset(p.id for p in c.walk() if not p.criteria) for c in gated)

    def at(self, *path: str | int) -> Location:
        """The place of a key of the file, or of the nearest thing above it that is there.

        ``view.at("regime", "estimated_value")`` is where that key is written; list items go by number from 0.
        """
        found: object = self.document
        where = self.document.where
        for step in path:
            if isinstance(found, Table) and step in found:
                where = found.place_of_key(str(step))
                found = found[str(step)]
            elif isinstance(found, Items) and isinstance(step, int) and step < len(found):
                found = found[step]
                where = place(found, where)
            else:
                break
        return where


class LintRule(ABC):
    """Base of every lint rule, built-in or third-party.

    ``code`` is two to five capitals and three digits (built-in: TE1xx guidance, TE2xx law, TE3xx arithmetic
    and gaming, TE4xx clarity); ``name`` a few words with hyphens; ``summary`` one sentence; the docstring
    explains it for the rule's page: what it is, why it matters, how to mend it, when to ignore it;
    ``keywords`` are further words that a person may search for, with commas.

    The class stands in a folder of its own, beside two whole schemes that differ in little: ``bad.yaml`` trips this
    rule, ``good.yaml`` does not (`tender_eval.testing.lint_rules` tries both). `lint_rules_in` finds such folders.

    ``thresholds`` names the dated thresholds that the rule needs: where one does not hold on the day that is asked
    for, the rule is not run, and the report says so. A rule that is ``last`` runs when ignore comments have been
    applied, to speak of the comments themselves; no comment silences it.
    """

    registered_by: ClassVar[str] = "code"
    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    summary: ClassVar[str]
    clauses: ClassVar[tuple[Clause, ...]]
    keywords: ClassVar[str] = ""
    thresholds: ClassVar[tuple[str, ...]] = ()
    last: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            return
        if not (isinstance(cls.code, str) and CODE.match(cls.code)):
            raise TypeError(f"{cls.__qualname__}.code must be capitals and three digits, not {cls.code!r}")
        for attribute in ("name", "severity", "summary", "clauses"):
            if not getattr(cls, attribute, None):
                raise TypeError(f"{cls.__qualname__} ({cls.code}) lacks {attribute}")
        if not (cls.__doc__ or "").strip():
            raise TypeError(f"{cls.__qualname__} ({cls.code}) needs a docstring that explains it")

    @classmethod
    def example(cls, name: Literal["bad", "good"]) -> str:
        """One of the two schemes beside the rule: ``bad.yaml`` trips it, ``good.yaml`` does not."""
        from importlib.resources import files

        module = inspect.getmodule(cls)
        folder = files(module.__package__ if module and module.__package__ else "")
        return (folder / f"{name}.yaml").read_text(encoding="utf-8")

    @abstractmethod
    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Every place of the scheme that the rule has something to say about."""
