"""Rules on the words of a scale: evaluators mark by them, and a court reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tender_eval.files.numbers import parse_number
from tender_eval.lint.criteria import stated
from tender_eval.lint.example import SOUND, but
from tender_eval.lint.sources import CLEAR_CRITERIA, MEASURABLE, act
from tender_eval.model.diagnostics import Severity
from tender_eval.model.location import Items, Location, Table
from tender_eval.model.scheme import ScaleStep
from tender_eval.model.wording import shown
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

LANCASHIRE = Clause("Lancashire Care v Lancashire CC", "[2018] EWHC 1589 (TCC)", False)

_COMPARES = re.compile(
    r"\b(?:better|worse|stronger|weaker|more|less|wider|higher|lower|cheaper)\b[^.;]{0,40}\bthan\s+"
    r"(?:the\s+|any\s+|all\s+|most\s+)*(?:others?\b|other\s+\w+|competitors?|rivals?|bids?|bidders?|tenders?|average)"
    r"|\b(?:compared|relative|superior|inferior|in\s+comparison)\s+(?:with|to)\s+(?:the\s+|all\s+|any\s+)*(?:others?\b"
    r"|competitors?|rivals?|bids?\b|bidders?|tenders?\b)|\b(?:best|worst|strongest|weakest)\s+(?:of\s+(?:all|the)\b"
    r"|bid|tender|answer|response|submission)|\bout(?:performs?|scores?)\s+(?:the\s+|all\s+|any\s+)*(?:others?\b"
    r"|competitors?|rivals?|bids?\b|bidders?|tenders?\b)|\b(?:above|below)\s+(?:the\s+)?average\b",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"(?:\b(?:an?|and|in|of|the|to|is|all|very|fully|mostly|partly|largely|some|with|for|high|low|minor|major|level"
    r"|overall|quality|standard|responses?|answers?|bid|submission|good|excellent|poor|fair|weak|strong|(?:in)?adequate"
    r"|(?:un)?satisfactory|(?:un)?acceptable|reasonable|(?:in)?sufficient|suitable|appropriate|limited|outstanding"
    r"|exceptional|meets?|meeting|exceeds|fails|requirements?|expectations?|concerns|reservations|which|that|most|but"
    r"|not|no|does|do|partially|substantially|significant|serious|minimal|comprehensive|thorough|respects?|aspects?"
    r"|areas?|level|overall|this|it)\b|\W)+",
    re.IGNORECASE,
)
_SECOND = """\
  pass_or_not:
    - {mark: 0, score: 0%, title: Not shown, descriptor: There is no plan.}
    - {mark: 1, score: 100%, title: Shown, descriptor: There is a plan with dates.}
"""
_THREE = '{mark: 3, score: 100%, title: Proven, descriptor: "As 2, with results of like work."}'


def _where(scheme: SchemeView, scale: str, step: ScaleStep) -> Location:
    """The line of a mark: steps are sorted by mark, so it is found by its number as the file has it."""
    listed = scheme.document.get("scales")
    written = listed.get(scale) if isinstance(listed, Table) else None
    for item in written if isinstance(written, Items) else ():
        if isinstance(item, Table) and parse_number(str(item["mark"])) == step.mark:
            return item.where
    return scheme.at("scales", scale)


class MarksUnexplained(LintRule):
    """A mark of a scale has no title, or no descriptor of what earns it.

    Evaluators then each mark by a scale of their own, bidders cannot know what a higher mark needs, and nobody can
    show afterwards why a 3 was not a 4. An award was set aside because the record could not explain the scores.
    Write for each mark what an answer must show to earn it.
    """

    code = "TE401"
    name = "marks-unexplained"
    severity = Severity.WARNING
    summary = "A mark has no title or no descriptor, so nobody can say what earns it."
    clauses = (CLEAR_CRITERIA, MEASURABLE, LANCASHIRE)
    bad = but((_THREE, "{mark: 3, score: 100%, title: Proven}"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for step in scale.steps:
                lacks = [what for what, text in (("title", step.title), ("descriptor", step.descriptor)) if not text]
                if lacks:
                    message = f'the mark {shown(step.mark)} of "{scale.id}" has no {" and no ".join(lacks)}'
                    yield Finding(message, _where(scheme, scale.id, step), "write what an answer must show to earn it")


class DescriptorComparesBids(LintRule):
    """A descriptor compares bids with one another.

    Each bid is marked against the criterion, not against the other bids: a mark that says "better than others"
    changes with who bids, cannot be given before all are read, and speaks of one bidder to another when reasons are
    sent out. Write what the answer itself must show.
    """

    code = "TE402"
    name = "descriptor-compares-bids"
    severity = Severity.WARNING
    summary = "A descriptor asks evaluators to compare bids with one another."
    clauses = (act("s.19"), MEASURABLE)
    bad = but((_THREE, "{mark: 3, score: 100%, title: Best, descriptor: Clearly better than the other bids.}"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for step in scale.steps:
                if found := _COMPARES.search(step.descriptor) or _COMPARES.search(step.title):
                    message = f'the mark {shown(step.mark)} of "{scale.id}" compares bids: "{found[0]}"'
                    yield Finding(message, _where(scheme, scale.id, step), "say what the answer itself must show")


class DescriptorVague(LintRule):
    """A descriptor says nothing but a grade: "good", "adequate", "meets the requirement".

    The title says that already. Two evaluators will mean different things by it, and the reasons that bidders get
    can only repeat it. Name what is there or missing: a method, people, evidence, results. Ignore it where the
    levels are described in the question itself.
    """

    code = "TE403"
    name = "descriptor-vague"
    severity = Severity.WARNING
    summary = "A descriptor repeats a grade in place of saying what earns it."
    clauses = (CLEAR_CRITERIA, MEASURABLE)
    bad = but((_THREE, "{mark: 3, score: 100%, title: Proven, descriptor: An excellent response of a high standard.}"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for step in scale.steps:
                if step.score > 0 and _GRADE.fullmatch(step.descriptor):
                    message = f'the descriptor of {shown(step.mark)} on "{scale.id}" says only "{step.descriptor}"'
                    hint = "name what is there: a method, people, evidence, results"
                    yield Finding(message, _where(scheme, scale.id, step), hint)


class MarksWithoutScale(LintRule):
    """Marks are given out of a number, without a scale that says what each mark means.

    Whether an answer is worth 6 or 7 out of 10 is then each evaluator's own matter. List the marks under scales:
    with title and descriptor, and name the scale. Ignore it where the mark is counted and not judged, such as the
    number of standards held.
    """

    code = "TE404"
    name = "marks-without-scale"
    severity = Severity.WARNING
    summary = "Marks are given out of a number that nothing explains."
    clauses = (CLEAR_CRITERIA, MEASURABLE, LANCASHIRE)
    bad = but(
        (
            "over the contract?\n        weight: 10\n        scorer: mark\n        scale: zero_to_three\n",
            "over the contract?\n        weight: 10\n        scorer: {name: mark, out_of: 10}\n",
        )
    )
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in scheme.leaves:
            out_of = stated(leaf, "out_of")
            if leaf.marked and out_of is not None:
                message = f'"{leaf.criterion.id}" is marked out of {shown(out_of)}, and nothing says what a mark means'
                yield Finding(message, leaf.criterion.where, "list the marks under scales: with title and descriptor")


class DescriptorRepeated(LintRule):
    """Two marks of a scale have the same title or the same descriptor.

    Nothing then tells the evaluator which of the two to give, or the bidder what the higher one needed. It is often
    left over from copying. Say what the higher mark shows beyond the lower one.
    """

    code = "TE405"
    name = "descriptor-repeated"
    severity = Severity.WARNING
    summary = "Two marks are described in the same words."
    clauses = (MEASURABLE,)
    bad = but(
        (
            _THREE,
            '{mark: 3, score: 100%, title: Proven, descriptor: "A method for all that is asked, with people named."}',
        )
    )
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for kind in ("title", "descriptor"):
                seen: dict[str, ScaleStep] = {}
                for step in scale.steps:
                    text = " ".join(getattr(step, kind).lower().split())
                    first = seen.setdefault(text, step)
                    if text and first is not step:
                        message = (
                            f'on "{scale.id}" the marks {shown(first.mark)} and {shown(step.mark)} have the same {kind}'
                        )
                        hint = "say what the higher mark shows beyond the lower one"
                        yield Finding(message, _where(scheme, scale.id, step), hint)


class ScaleUnused(LintRule):
    """A scale is published that no criterion is marked on.

    Bidders will look for the question it belongs to, and a criterion may have been meant to use it and uses another
    one. Remove it, or name it where it was meant.
    """

    code = "TE406"
    name = "scale-unused"
    severity = Severity.NOTE
    summary = "A scale is published that nothing uses."
    clauses = (CLEAR_CRITERIA,)
    bad = but(("\nconditions:\n", _SECOND + "\nconditions:\n"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        used = {leaf.scale for leaf in scheme.leaves}
        for scale in scheme.scheme.scales:
            if scale.id not in used:
                yield Finding(f'no criterion is marked on the scale "{scale.id}"', scale.where, "remove it, or name it")
