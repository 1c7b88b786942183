"""The contract of a lint rule: what guidance, law or arithmetic says about a scheme before it is published."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from tender_eval.model.diagnostics import Severity
from tender_eval.model.location import Location
from tender_eval.model.scheme import Criterion, Scheme
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import Scorer, Trait
from tender_eval.plugins.table import Reads

CODE = re.compile(r"^[A-Z]{2,5}[0-9]{3}$")


class Clause(NamedTuple):
    """What a rule rests on: a document and its section, and whether the wording was read there by us."""

    document: str
    section: str
    verified: bool

    def __str__(self) -> str:
        return f"{self.document}, {self.section}" if self.section else self.document


class Finding(NamedTuple):
    """One thing that a rule has to say of a scheme, at its place, with what would mend it."""

    message: str
    where: Location
    hint: str


class LeafView(NamedTuple):
    """A scored criterion: ``share`` is its weight as a share of the whole scheme."""

    criterion: Criterion
    share: Fraction
    scorer: Scorer
    params: Any
    reads: tuple[Reads, ...]
    traits: frozenset[Trait]

    @property
    def reads_price(self) -> bool:
        return any(r.column == "price" or r.column.startswith("prices.") for r in self.reads)

    @property
    def marked(self) -> bool:
        """Whether evaluators mark it."""
        return any(r.column.startswith("marks.") for r in self.reads)


class SchemeView(NamedTuple):
    """What a rule sees of a sound scheme.

    Attributes:
        shares: weight of every criterion, groups included, as a share of the whole, by id.
        rule, rule_params: the award rule and its parameters.
        text: the scheme file as it was read.
        on: the day for which dated thresholds are asked.
    """

    scheme: Scheme
    leaves: tuple[LeafView, ...]
    shares: Mapping[str, Fraction]
    rule: AwardRule
    rule_params: Any
    text: str
    on: date

    @property
    def price_share(self) -> Fraction:
        """The weight of all criteria that read the price."""
        return sum((leaf.share for leaf in self.leaves if leaf.reads_price), Fraction(0))


class LintRule(ABC):
    """Base of every lint rule, built-in or third-party.

    ``code`` is two to five capitals and three digits (built-in: TE1xx guidance, TE2xx law, TE3xx arithmetic
    and gaming, TE4xx clarity); ``name`` a few words with hyphens; ``summary`` one sentence; the docstring
    explains it for the rule's page. ``bad`` and ``good`` are whole scheme files: the first trips this rule,
    the second does not; the tests run both.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    summary: ClassVar[str]
    clauses: ClassVar[tuple[Clause, ...]]
    bad: ClassVar[str]
    good: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            return
        if not (isinstance(cls.code, str) and CODE.match(cls.code)):
            raise TypeError(f"{cls.__qualname__}.code must be capitals and three digits, not {cls.code!r}")
        for attribute in ("name", "severity", "summary", "clauses", "bad", "good"):
            if not getattr(cls, attribute, None):
                raise TypeError(f"{cls.__qualname__} ({cls.code}) lacks {attribute}")
        if not (cls.__doc__ or "").strip():
            raise TypeError(f"{cls.__qualname__} ({cls.code}) needs a docstring that explains it")

    @abstractmethod
    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Every place of the scheme that the rule has something to say about."""
