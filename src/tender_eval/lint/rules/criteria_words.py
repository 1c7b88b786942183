"""Rules on the words of criteria, and on how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from tender_eval.lint.criteria import own_formula, points_of, scorer_at
from tender_eval.lint.example import BAND, EXPLAINED, SOUND, but
from tender_eval.lint.sources import CLEAR_CRITERIA, MEASURABLE, victim_services
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_SAFETY = "        title: How survivors and children are kept safe\n"
_QUESTION = "        description: How is risk noticed, shared and acted on, out of hours too?\n"
_SMALL = re.compile(r"\b(?:a|an|and|are|for|how|in|is|its?|of|on|or|the|their|they|this|to|what|which|who|will|with)\b")
_FORMULA = '{name: formula, expression: "1 - price / 1500000", below_zero: clamp, above_one: clamp}'
_ANSWER = """\
      - id: question_{n}
        title: {title}
        description: {question}
        weight: 5
        scorer: mark
        scale: zero_to_three
"""
_TOPICS = (
    "Referral", "Assessment", "Advocacy", "Counselling", "Children", "Housing", "Courts", "Recovery", "Staffing",
    "Supervision", "Training", "Language", "Disability", "Data", "Leadership", "Mobilisation",
)  # fmt: skip


class QuestionUndescribed(LintRule):
    """A criterion that evaluators mark has a title that is no question, and no description of what is asked.

    A bidder has to guess what to write, and an evaluator what to look for. Write the question that the answer will
    be marked on. Ignore it where the questions stand in another document of the tender that goes out with the
    scheme, and name it.
    """

    code = "TE410"
    name = "question-undescribed"
    severity = Severity.NOTE
    summary = "A marked criterion has no description of what is asked."
    clauses = (CLEAR_CRITERIA, MEASURABLE)
    bad = but((_QUESTION, ""))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in scheme.leaves:
            if leaf.marked and not leaf.criterion.description and not leaf.criterion.title.endswith("?"):
                message = f"{points_of(leaf)} is marked, and nothing says what is asked"
                yield Finding(message, leaf.criterion.where, "add description: and the question that is to be answered")


class TitlesOverlap(LintRule):
    """Two scored criteria have titles of nearly the same words.

    One strength of a bid is then scored twice, or evaluators disagree where it belongs, and bidders write the same
    answer in two places. Merge the two, or make their titles say what tells them apart.
    """

    code = "TE411"
    name = "titles-overlap"
    severity = Severity.WARNING
    summary = "Two criteria ask for nearly the same thing."
    clauses = (CLEAR_CRITERIA, MEASURABLE)
    bad = but((_SAFETY, "        title: How all survivors are supported\n"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        titled = [(leaf, _words(leaf.criterion.title)) for leaf in scheme.leaves]
        for (one, first), (other, second) in combinations(titled, 2):
            shared, whole = len(first & second), len(first | second)
            if shared and (shared == whole or (shared > 1 and 3 * shared >= 2 * whole)):
                message = f"{points_of(other)} is titled nearly like {points_of(one)}: one strength may count twice"
                yield Finding(message, other.criterion.where, "merge them, or let the titles say what differs")


class TitleIsAnId(LintRule):
    """A criterion or condition is titled by its id, or by a word no reader would use.

    The title stands in the published methodology, in the marking sheets and in the letters to bidders: "q3_del" says
    nothing to them. Documents should be accessible and free of jargon. Give it a title in plain words.
    """

    code = "TE412"
    name = "title-is-an-id"
    severity = Severity.NOTE
    summary = "A title is an id, not words that bidders understand."
    clauses = (CLEAR_CRITERIA,)
    bad = but((_SAFETY, "        title: q2_safe\n"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        titled = [(c.id, c.title, c.where) for c in scheme.scheme.walk()]
        titled += [(c.id, c.title, c.where) for c in scheme.scheme.conditions if c.title]
        for name, title, where in titled:
            if re.fullmatch(r"\S*[_\d]\S*", title) or (title == name and not title.istitle()):
                message = f'"{name}" is titled "{title}", which is an id and no title'
                yield Finding(message, where, "write a title in plain words")


class FormulaUnexplained(LintRule):
    """A formula turns figures into points, and no words say what it does.

    A bidder should be able to work out its own points before it bids. Not everybody reads formulas. Describe in a
    sentence what earns full marks, what earns none, and what happens between.
    """

    code = "TE413"
    name = "formula-unexplained"
    severity = Severity.WARNING
    summary = "A formula has no description in words."
    clauses = (CLEAR_CRITERIA, MEASURABLE)
    bad = but((f"    description: {EXPLAINED}\n", ""), (BAND, _FORMULA))
    good = but(
        (EXPLAINED, "Full marks for nothing, none from 1,500,000, in a straight line between."), (BAND, _FORMULA)
    )

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in scheme.leaves:
            if own_formula(leaf) and not leaf.criterion.description:
                message = f"{points_of(leaf)} is scored by a formula that no words explain"
                yield Finding(
                    message, scorer_at(leaf), "add description: what earns full marks, what none, and between"
                )


class TooManyQuestions(LintRule):
    """Evaluators mark so many criteria that bidding is no longer simple.

    Every question is written by each bidder and marked by each evaluator; small and by-and-for providers, which have
    no bid writers, stay away first. Guidance asks to keep bidding simple. Merge questions, or make conditions of those
    that are met or not. The number is our assumption: the guidance names none.
    """

    code = "TE425"
    name = "too-many-questions"
    severity = Severity.WARNING
    summary = "So many questions are marked that small providers will not bid."
    clauses = (victim_services("5.2"), CLEAR_CRITERIA)
    figures = ("questions_most",)
    bad = but(
        ("    minimum: 50%\n    criteria:\n", "    minimum: 50%\n    criteria:\n" + "".join(
            _ANSWER.format(n=n, title=topic, question=f"What is done about {topic.lower()}?")
            for n, topic in enumerate(_TOPICS, 1)
        )),
        ("award:\n", "weights: points\n\naward:\n"),
        ("    weight: 70\n", ""),
    )  # fmt: skip
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        most = scheme.figures[self.figures[0]].value
        marked = sum(leaf.marked for leaf in scheme.leaves)
        if marked > most:
            message = f"evaluators mark {marked} criteria: each is an answer that every bidder must write"
            yield Finding(message, scheme.at("criteria"), f"merge them to at most {most}, or make conditions of some")


def _words(title: str) -> frozenset[str]:
    found = re.findall(r"[^\W_]+", _SMALL.sub("", title.lower()))
    return frozenset(word.removesuffix("s") for word in found)
