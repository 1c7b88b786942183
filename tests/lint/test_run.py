"""How rules are run: selected, guarded, silenced by comments, dated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from lint_schemes import SOUND, but

from tender_eval import Refused, hookimpl, load_catalogue
from tender_eval import lint as built_in
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.lint.run import LintReport, lint
from tender_eval.lint.selection import selected, unknown
from tender_eval.model.diagnostics import Severity
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue, PluginInfo
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

ALONE = {"TENDER_EVAL_LOAD_PLUGINS": ""}
HERE = Location("s.yaml", 6, 1)  # the line of the currency


def a_rule(check_: Callable[[SchemeView], Any], **body: Any) -> type[LintRule]:
    """A rule LCC001 with a check of its own."""
    stated = {
        "code": "LCC001", "name": "made-up", "severity": Severity.WARNING, "summary": "Made up.",
        "clauses": (Clause("d", "1", True),), "__doc__": "Made up.",
        "check": lambda self, scheme: check_(scheme), **body,
    }  # fmt: skip
    return type("MadeUp", (LintRule,), stated)


def with_rule(rule: type[LintRule]) -> Catalogue:
    class Plugin:
        @hookimpl
        def tender_eval_lint_rules(self) -> list[type[LintRule]]:
            return [rule]

    return load_catalogue(ALONE, {"lint": built_in, "lcc": Plugin()})


def run(rule: type[LintRule], text: str = SOUND, on: date | None = None) -> LintReport:
    catalogue = with_rule(rule)
    source = Source("s.yaml", text.encode())
    checked = check(source, None, catalogue)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    wanted = [r for code, r in catalogue.lint_rules.items() if code in ("LCC001", "TE490", "TE491", "TE492", "TE493")]
    return lint(source, checked.compiled, wanted, catalogue.lint_rules, on)


def test_a_finding_comes_out_with_what_its_rule_states() -> None:
    (found,) = run(a_rule(lambda view: [Finding("said", view.at("currency"), "do")])).findings
    assert (found.code, found.name, found.severity) == ("LCC001", "made-up", Severity.WARNING)
    assert (found.message, found.hint, str(found.where)) == ("said", "do", "s.yaml:6:1")
    assert found.clauses == (Clause("d", "1", True),)
    assert isinstance(found.origin, PluginInfo)


def test_a_rule_that_raises_stops_the_run_and_is_named() -> None:
    def broken(view: SchemeView) -> Any:
        raise ZeroDivisionError("oh")

    with pytest.raises(Refused) as e:
        run(a_rule(broken))
    (said,) = e.value.diagnostics
    assert said.code == "TE045"
    assert "LCC001 (tender-eval" in said.message
    assert "ZeroDivisionError: oh" in said.message


def test_a_rule_that_raises_half_way_stops_the_run() -> None:
    def broken(view: SchemeView) -> Any:
        yield Finding("said", HERE, "do")
        raise KeyError("later")

    with pytest.raises(Refused, match="TE045"):
        run(a_rule(broken))


@pytest.mark.parametrize(
    "rubbish",
    [
        [None],
        ["said"],
        [("said", HERE, "do")],
        [Finding("", HERE, "do")],
        [Finding("said", None, "do")],  # type: ignore[arg-type]
        [Finding(1, HERE, "do")],  # type: ignore[arg-type]
        [Finding("said", HERE, None)],  # type: ignore[arg-type]
        [Finding("  ", HERE, "do")],
        [Finding("said", HERE, "")],
        [Finding("said\ud800", HERE, "do")],
        [Finding("said", Location("other.yaml", 6, 1), "do")],
        [Finding("said", Location("s.yaml", -6, 1), "do")],
        [Finding("said", Location("s.yaml", "6", 1), "do")],  # type: ignore[arg-type]
    ],
)
def test_rubbish_stops_the_run_and_is_named(rubbish: list[Any]) -> None:
    with pytest.raises(Refused, match="TE046"):
        run(a_rule(lambda view: rubbish))


def test_a_value_whose_text_cannot_be_had_is_named_by_its_type() -> None:
    class Mute:
        def __repr__(self) -> str:
            raise ValueError("mute")

    with pytest.raises(Refused, match="returned a Mute, which is no Finding"):
        run(a_rule(lambda view: [Mute()]))


def test_a_rule_that_leaves_the_program_stops_the_run_and_is_named() -> None:
    def leaving(view: SchemeView) -> Any:
        raise SystemExit(0)

    with pytest.raises(Refused, match=r"TE045.*LCC001.*SystemExit"):
        run(a_rule(leaving))


@pytest.mark.parametrize(
    "stated",
    [
        {"severity": "fatal"},
        {"severity": "warning"},
        {"name": 5},
        {"summary": " x\ud800"},
        {"clauses": ("Toolkit 3.6.1",)},
        {"clauses": Clause("d", "1", True)},
        {"thresholds": "steep_price_line"},
    ],
)
def test_a_rule_that_states_what_no_report_can_print_is_named(stated: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=r"TE046.*LCC001.*states"):
        run(a_rule(lambda view: [], **stated))


def test_none_and_numbers_are_no_findings() -> None:
    for returned in (None, 5):
        with pytest.raises(Refused, match="TE045"):
            run(a_rule(lambda view, returned=returned: returned))


def test_a_comment_silences_its_line_and_keeps_the_reason() -> None:
    text = but(("currency: GBP", "currency: GBP  # tender-eval: ignore LCC001 because so"))
    report = run(a_rule(lambda view: [Finding("said", view.at("currency"), "do")]), text)
    assert report.findings == ()
    (ignored,) = report.ignored
    assert (ignored.finding.message, ignored.ignore.reason) == ("said", "so")


def test_a_comment_above_silences_the_next_line_alone() -> None:
    text = but(("currency: GBP", "# tender-eval: ignore LCC001 because so\ncurrency: GBP"))
    both = a_rule(lambda view: [Finding(key, view.at(key), "do") for key in ("currency", "regime")])
    report = run(both, text)
    assert [f.message for f in report.findings] == ["regime"]
    assert [i.finding.message for i in report.ignored] == ["currency"]


def test_one_comment_for_the_file() -> None:
    text = but(("format:", "# tender-eval: ignore-file LCC001 because so\nformat:"))
    both = a_rule(lambda view: [Finding(key, view.at(key), "do") for key in ("currency", "regime")])
    assert run(both, text).findings == ()


def test_a_comment_for_another_rule_silences_nothing() -> None:
    text = but(("currency: GBP", "currency: GBP  # tender-eval: ignore TE490 because so"))
    report = run(a_rule(lambda view: [Finding("said", view.at("currency"), "do")]), text)
    assert [f.code for f in report.findings] == ["LCC001", "TE492"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("ignore LCC001", "TE490"),
        ("ignore LCC002 because so", "TE491"),
        ("ignore LCC001 because so", "TE492"),
        ("ignored LCC001 because so", "TE493"),
        ("ignore LCC001 because -", "TE490"),
    ],
)
def test_a_comment_that_does_nothing_is_told(said: str, code: str) -> None:
    text = but(("currency: GBP", f"currency: GBP  # tender-eval: {said}"))
    assert [f.code for f in run(a_rule(lambda view: []), text).findings] == [code]


def test_a_comment_cannot_silence_the_rule_on_comments_and_is_told_so() -> None:
    text = but(("currency: GBP", "currency: GBP  # tender-eval: ignore TE492, LCC001 because so"))
    first, second = run(a_rule(lambda view: []), text).findings
    assert (first.code, second.code) == ("TE492", "TE492")
    assert {"LCC001" in f.message for f in (first, second)} == {True, False}
    assert "cannot be silenced" in first.message + second.message


def test_a_comment_for_a_rule_that_was_not_run_is_not_called_idle() -> None:
    text = but(("currency: GBP", "currency: GBP  # tender-eval: ignore TE301 because so"))
    assert run(a_rule(lambda view: []), text).findings == ()


def test_a_rule_whose_figure_does_not_hold_is_not_run_and_said_so() -> None:
    seen: list[Any] = []
    name = "light_touch_threshold"
    rule = a_rule(lambda view: seen.append(view.thresholds[name].value) or [], thresholds=(name,))
    report = run(rule, on=date(1999, 1, 1))
    assert [(u.code, u.threshold, u.on) for u in report.unchecked] == [("LCC001", name, date(1999, 1, 1))]
    assert seen == []
    assert run(rule, on=date(2026, 2, 1)).unchecked == ()
    assert seen == [663540]


def test_a_figure_of_no_name_is_never_there() -> None:
    assert [u.threshold for u in run(a_rule(lambda view: [], thresholds=("nothing",))).unchecked] == ["nothing"]


def test_the_day_is_that_of_publication_where_it_is_stated() -> None:
    rule = a_rule(lambda view: [])
    assert run(rule).on == date(2026, 12, 1)
    published = but(("estimated_value: 900000}", "estimated_value: 900000, published: 2025-05-02}"))
    assert run(rule, published).on == date(2025, 5, 2)
    assert run(rule, published, date(2026, 1, 1)).on == date(2026, 1, 1)


def test_places_of_keys() -> None:
    places: dict[str, str] = {}

    def look(view: SchemeView) -> list[Finding]:
        for path in (
            ("regime",),
            ("regime", "law"),
            ("regime", "none"),
            ("criteria", 1, "scorer"),
            ("none", "x"),
            ("criteria", 9),
        ):
            places[".".join(map(str, path))] = str(view.at(*path))
        return []

    run(a_rule(look))
    assert places == {
        "regime": "s.yaml:7:1",
        "regime.law": "s.yaml:7:10",
        "regime.none": "s.yaml:7:1",
        "criteria.1.scorer": "s.yaml:51:5",
        "none.x": "s.yaml:1:1",
        "criteria.9": "s.yaml:23:1",
    }


@pytest.mark.parametrize(("minimum", "expected"), [("    minimum: 50%\n", True), ("", False)])
@pytest.mark.parametrize("priced", ["", "    minimum: 20%\n"])
def test_a_minimum_for_the_price_is_none_for_quality(minimum: str, expected: bool, priced: str) -> None:
    seen: list[bool] = []
    text = but(("    minimum: 50%\n", minimum), ("    weight: 30\n", "    weight: 30\n" + priced))
    run(a_rule(lambda view: seen.append(view.quality_minimum) or []), text)
    assert seen == [expected]


CODES = ("LCC001", "TE301", "TE302", "TE401")


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ((), (), CODES),
        (("TE",), (), CODES[1:]),
        (("TE3", "LCC"), (), CODES[:3]),
        ((), ("TE3",), ("LCC001", "TE401")),
        (("TE3",), ("TE302",), ("TE301",)),
        (("TE302",), ("TE3",), ("TE302",)),
        (("TE3",), ("TE3",), ()),
    ],
)
def test_selecting(select: tuple[str, ...], ignore: tuple[str, ...], left: tuple[str, ...]) -> None:
    assert selected(reversed(CODES), select, ignore) == left


def test_what_no_code_begins_with() -> None:
    assert unknown(("TE3", "TE9", "X"), CODES) == ("TE9", "X")
