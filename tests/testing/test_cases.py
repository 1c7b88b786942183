from pathlib import Path

import pytest

from tender_eval import Refused, load_catalogue
from tender_eval.testing.cases import load_cases, run_case

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})

SCHEME = """\
format: tender-eval/scheme/1
id: demo
title: Demo
conditions: [{id: insured, reads: declarations.insured, must_be: true}]
criteria:
  - id: quality
    weight: 60
    minimum: 50%
    scorer: {name: mark, out_of: 5}
  - {id: price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
abnormally_low: {below_mean_by: 25%}
"""
BIDS = """\
format: tender-eval/bids/1
bids:
  - {id: a, price: 12000, marks: {quality: 5}, declarations: {insured: true}}
  - {id: b, price: 10000, marks: {quality: 4}, declarations: {insured: true}}
  - {id: c, price: 9000, marks: {quality: 1}, declarations: {insured: true}}
  - {id: d, price: 100, marks: {quality: 5}, declarations: {insured: false}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("demo.yaml", SCHEME), ("bids.yaml", BIDS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def outcome(expect: str, bids: str = "bids.yaml", more: str = "") -> tuple[str, ...]:
    """Run one case; what is not as expected."""
    text = f"format: tender-eval/test/1\ncases:\n  - {{name: x, bids: {bids}, {more} expect: {{{expect}}}}}\n"
    Path("demo.test.yaml").write_text(text, encoding="utf-8")
    (case,) = load_cases(Path("demo.test.yaml"))
    return run_case(case, CATALOGUE)


def codes(text: str) -> list[tuple[str, int]]:
    """The codes and lines with which a test file is refused."""
    Path("demo.test.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_cases(Path("demo.test.yaml"))
    return [(d.code, d.where.line) for d in refused.value.diagnostics if d.where]


@pytest.mark.parametrize(
    "expect",
    [
        "winner: [a]",
        "tied: false",
        "ranks: {a: 1, b: 2}",
        'figures: {a: "93.33", b: 88}',
        'figures: {a: "93.333"}',
        "exact_figures: {a: 280/3}",
        "points: {a: {quality: 60, price: 100/3}, c: {quality: 12}}",
        'points: {a: {price: "33.3"}}',
        'scores: {a: {price: "0.8333"}, b: {quality: 80%}}',
        "scores: {a: {price: 83.33%}}",
        "rejected: {c: minimum 50%, d: insured}",
    ],
)
def test_what_is_so_holds(expect: str) -> None:
    assert outcome(expect) == ()


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("winner: [b]", "winner: expected b; found a"),
        ("winner: [a, b]", "winner: expected a, b; found a"),
        ("winner: []", "winner: expected nobody; found a"),
        ("tied: true", "tied: expected true; found false"),
        ("ranks: {a: 2}", "rank of a: expected 2; found 1"),
        ("ranks: {c: 3}", "rank of c: expected 3; found rejected"),
        ("ranks: {z: 3}", "rank of z: expected 3; found no such bid"),
        ('figures: {a: "93.3"}', "figure of a: expected 93.3; found 93.33 (exactly 280/3)"),
        ('figures: {a: "93.334"}', "figure of a: expected 93.334; found 93.33 (exactly 280/3)"),
        ("figures: {a: 93}", "figure of a: expected 93; found 93.33 (exactly 280/3)"),
        ("figures: {a: 280/7}", "figure of a: expected 280/7; found 93.33 (exactly 280/3)"),
        ("figures: {c: 1}", "figure of c: expected 1; found rejected"),
        ('exact_figures: {a: "93.33"}', "exact figure of a: expected 9333/100; found 280/3"),
        ("points: {a: {price: 33}}", "points of a at price: expected 33; found 33.33 (exactly 100/3)"),
        ('points: {a: {price: "33.34"}}', "points of a at price: expected 33.34; found 33.33 (exactly 100/3)"),
        ("points: {d: {price: 1}}", "points of d at price: expected 1; found none there"),
        ("points: {z: {price: 1}}", "points of z at price: expected 1; found no such bid"),
        ("scores: {a: {prise: 1}}", "scores of a at prise: expected 1; found none there"),
        ("awards: {a: 1}", "award of a: expected 1; found none"),
        ("rejected: {a: insured}", 'a rejected: expected a reason with "insured"; found ranked 1'),
        ("not_shortlisted: {z: x}", 'z not_shortlisted: expected a reason with "x"; found no such bid'),
        ("flags: {a: abnormally}", 'flags of a: expected one with "abnormally"; found none'),
        ("refused: [TE052]", "expected to be refused with TE052; found a result"),
    ],
)
def test_what_is_not_so_is_told(expect: str, told: str) -> None:
    assert outcome(expect) == (told,)


def test_a_rejection_for_another_reason_shows_the_reason() -> None:
    (told,) = outcome("rejected: {d: minimum}")
    assert told.startswith(
        'd rejected: expected a reason with "minimum"; found rejected condition "insured" is not met'
    )


def test_bids_may_stand_in_the_case_and_keep_their_places() -> None:
    bids = "{bids: [{id: a, price: 1, marks: {quality: 9}, declarations: {insured: true}}]}"
    told = outcome("winner: [a]", bids)
    assert told[0] == "expected a result; found it refused with TE053:" or "TE0" in told[0]
    assert "demo.test.yaml:3:" in told[1]
    sound = bids.replace("9", "5")
    assert outcome("winner: [a]", sound) == ()


def test_a_refusal_is_compared_code_by_code() -> None:
    bids = "{bids: [{id: a, price: 1, marks: {quality: 5}}, {id: a, price: 1, marks: {quality: 5}}]}"
    assert outcome("refused: [TE050]", bids) == ()
    told = outcome("refused: [TE050, TE052]", bids)
    assert told[0] == "expected to be refused with TE050, TE052; found it refused with TE050:"


def test_a_scheme_that_is_refused() -> None:
    Path("bad.yaml").write_text(SCHEME.replace("weight: 60", "weight: 61"), encoding="utf-8")
    assert outcome("refused: [TE022]", more="scheme: bad.yaml,") == ()


def test_lots() -> None:
    bids = (
        "{tender: {lots: [{id: north}, {id: south}]},"
        " bids: [{id: a, marks: {quality: 5}, declarations: {insured: true},"
        " lots: {north: {price: 2}, south: {price: 1}}}, {id: b, marks: {quality: 5}, declarations: {insured: true},"
        " lots: {north: {price: 1}}}]}"
    )
    assert outcome("winner: [b]", bids, "lot: north,") == ()
    assert outcome("winner: [a]", bids, "lot: south,") == ()
    assert outcome("refused: [TE056]", bids) == ()


def test_flags_and_awards() -> None:
    Path("demo.yaml").write_text(
        "format: tender-eval/scheme/1\nid: g\ntitle: G\n"
        "criteria: [{id: quality, weight: 100, scorer: {name: mark, out_of: 10}}]\n"
        "award: {rule: {name: grants_within_pot, pot: 7000, cap: 5000, when_short: stop}}\n"
        "abnormally_low: {below_mean_by: 25%}\n",
        encoding="utf-8",
    )
    bids = "{bids: [{id: a, price: 6000, marks: {quality: 9}}, {id: b, price: 1000.50, marks: {quality: 8}}]}"
    assert outcome('awards: {a: 5000, b: "1000.50"}, flags: {b: abnormally low}', bids) == ()
    assert outcome("awards: {b: 1000}", bids) == ("award of b: expected 1000; found 1000.50 (exactly 2001/2)",)


HEAD = "format: tender-eval/test/1\ncases:\n"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{name: x, bids: bids.yaml, expect: {}}", "TE018"),
        ("{name: x, bids: bids.yaml, expect: {ranks: {}}}", "TE018"),
        ("{name: x, bids: bids.yaml, expect: {refused: []}}", "TE018"),
        ("{name: x, bids: bids.yaml}", "TE011"),
        ("{name: x, expect: {tied: false}}", "TE011"),
        ("{name: x, bids: bids.yaml, expect: {refused: [TE022], tied: false}}", "TE028"),
        ("{name: x, bids: bids.yaml, expect: {refused: [TE999]}}", "TE016"),
        ("{name: x, bids: bids.yaml, expect: {wins: [a]}}", "TE010"),
        ("{name: x, bids: bids.yaml, expect: {figures: {a: ten}}}", "TE013"),
        ("{name: x, bids: /etc/bids.yaml, expect: {tied: false}}", "TE012"),
        ("{name: x, bids: 'C:bids.yaml', expect: {tied: false}}", "TE012"),
        ("{name: x, bids: 'C:/bids.yaml', expect: {tied: false}}", "TE012"),
        ("{name: x, bids: '..\\bids.yaml', expect: {tied: false}}", "TE012"),
        ("{name: x, bids: '//host/bids.yaml', expect: {tied: false}}", "TE012"),
        ("{name: x, bids: bids.txt, expect: {tied: false}}", "TE006"),
        ("{name: x, bids: [1], expect: {tied: false}}", "TE012"),
        ("{name: x, bids: bids.yaml, lot: '!', expect: {tied: false}}", "TE019"),
    ],
)
def test_a_faulty_case_is_told_where_it_stands(entry: str, code: str) -> None:
    assert codes(f"{HEAD}  - {entry}\n") == [(code, 3)]


def test_faults_of_all_cases_come_together() -> None:
    entry = "  - {name: x, bids: /a.yaml, expect: {}}\n"
    assert codes(HEAD + entry + entry.replace("name: x", "name: second")) == [
        ("TE012", 3),
        ("TE018", 3),
        ("TE012", 4),
        ("TE018", 4),
    ]


def test_two_cases_of_one_name() -> None:
    entry = "  - {name: x, bids: bids.yaml, expect: {tied: false}}\n"
    assert codes(HEAD + entry * 2) == [("TE020", 4)]


@pytest.mark.parametrize("text", ["format: tender-eval/tests/1\n", "cases: []\n", "", "- 1\n"])
def test_another_format(text: str) -> None:
    assert [code for code, _ in codes(text)] == ["TE005"]


def test_broken_yaml_and_no_cases() -> None:
    assert codes("format: [\n") == [("TE003", 1)]
    assert codes("format: tender-eval/test/1\ncases: []\n") == [("TE018", 2)]


def test_a_case_without_a_scheme_beside_it() -> None:
    Path("demo.yaml").unlink()
    assert codes(HEAD + "  - {name: x, bids: bids.yaml, expect: {tied: false}}\n") == [("TE011", 3)]


def test_a_file_that_is_not_there_refuses_the_case() -> None:
    (first, second) = outcome("winner: [a]", "no.yaml")
    assert first == "expected a result; found it refused with TE001:"
    assert "no.yaml" in second


pytest_plugins = ["pytester"]


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makefile(".yaml", demo=SCHEME, bids=BIDS)
    return pytester


def run_pytest(project: pytest.Pytester, *args: str) -> pytest.RunResult:
    return project.runpytest_subprocess("-p", "no:cacheprovider", *args)


@pytest.mark.slow
def test_pytest_collects_the_cases(project: pytest.Pytester) -> None:
    cases = (
        "  - {name: holds, bids: bids.yaml, expect: {winner: [a]}}\n"
        "  - {name: fails, bids: bids.yaml, expect: {winner: [b]}}\n"
    )
    project.makefile(".test.yaml", demo=HEAD + cases)
    result = run_pytest(project)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*demo.test.yaml:4:*fails", "winner: expected b; found a"])
    assert "Traceback" not in result.stdout.str()
    chosen = run_pytest(project, "demo.test.yaml::holds")
    chosen.assert_outcomes(passed=1)


@pytest.mark.slow
def test_pytest_tells_of_a_faulty_file(project: pytest.Pytester) -> None:
    project.makefile(".test.yaml", demo=HEAD + "  - {name: x, bids: bids.yaml, expect: {}}\n")
    result = run_pytest(project)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*TE018*such a case cannot fail*"])


@pytest.mark.slow
def test_pytest_leaves_files_of_other_tools_alone(project: pytest.Pytester) -> None:
    project.makefile(".test.yaml", other="description: not ours\n")
    run_pytest(project).assert_outcomes()


@pytest.mark.slow
def test_the_pytest_plugin_loads_no_engine() -> None:
    import subprocess
    import sys

    code = "import sys, tender_eval.testing.collect; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"numpy", "yaml", "pydantic", "tender_eval.engine"}


LOTS = "lots: {most_awarded: 1, mechanism: largest_lead}"
IN_LOTS = """\
format: tender-eval/bids/1
tender: {lots: [{id: north}, {id: south}, {id: west}]}
bids:
  - id: a
    declarations: {insured: true}
    marks: {quality: 5}
    lots: {north: {price: 100}, south: {price: 100}}
  - {id: b, declarations: {insured: true}, marks: {quality: 4}, lots: {north: {price: 100}}}
"""


@pytest.fixture
def in_lots(folder: Path) -> None:
    """South goes to a, the only bid for it; so north goes to b, with 88 points behind a; nobody bids for west."""
    (folder / "demo.yaml").write_text(SCHEME.replace("recompute}", f"recompute, {LOTS}}}"), encoding="utf-8")
    (folder / "lots.yaml").write_text(IN_LOTS, encoding="utf-8")


@pytest.mark.usefixtures("in_lots")
@pytest.mark.parametrize(
    "expect",
    ["lots: {north: [b], south: [a], west: []}", "undecided: []", "lost: {north: {a: is awarded south}}"],
)
def test_the_award_across_lots_that_is_as_expected_holds(expect: str) -> None:
    assert outcome(expect, "lots.yaml") == ()


def test_offers_for_several_lots_are_expected_by_what_they_are_called(folder: Path) -> None:
    """North and south together for 150 in place of 100 each, beside b's 90 at north."""
    taken = "lots: {mechanism: best_total, packages: in_one, compare: all_offers}"
    scheme = SCHEME.replace("recompute}", f"recompute, {taken}}}").replace("rule: highest_score", "rule: lowest_price")
    (folder / "demo.yaml").write_text(scheme, encoding="utf-8")
    bids = IN_LOTS.replace(
        "south: {price: 100}}\n", "south: {price: 100}}\n    packages: [{lots: [north, south], price: 150}]\n"
    )
    (folder / "lots.yaml").write_text(bids.replace("{north: {price: 100}}}", "{north: {price: 90}}}"), encoding="utf-8")
    assert outcome("lots: {north: [a+north+south], south: [a+north+south]}", "lots.yaml") == ()
    assert outcome("lost: {north: {a: another of its offers}}", "lots.yaml") == ()
    assert outcome("lots: {north: [a]}", "lots.yaml") == ("lot north: expected a; found a+north+south",)


@pytest.mark.usefixtures("in_lots")
@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("lots: {north: [a]}", "lot north: expected a; found b"),
        ("lots: {west: [a]}", "lot west: expected a; found nobody"),
        ("lots: {east: [a]}", "lot east: expected a; found no such lot"),
        ("undecided: [north]", "undecided: expected north; found no lot"),
        (
            "lost: {north: {a: capacity}}",
            (
                'why a lost north: expected a reason with "capacity"; found ranked 1, but its supplier is awarded '
                "south: 1 is the most lots that one supplier is awarded"
            ),
        ),
        ("lost: {south: {a: capacity}}", 'why a lost south: expected a reason with "capacity"; found awarded'),
        ("lost: {south: {b: capacity}}", 'why b lost south: expected a reason with "capacity"; found no bid for it'),
    ],
)
def test_the_award_across_lots_that_is_not_as_expected_is_told(expect: str, told: str) -> None:
    assert outcome(expect, "lots.yaml") == (told,)


@pytest.mark.usefixtures("in_lots")
def test_an_open_tie_across_lots_is_told(folder: Path) -> None:
    (folder / "lots.yaml").write_text(IN_LOTS.replace("quality: 4", "quality: 5"), encoding="utf-8")
    (folder / "demo.yaml").write_text(
        SCHEME.replace("recompute}", "recompute, lots: {most_awarded: 1, mechanism: lot_order}}"), encoding="utf-8"
    )
    assert outcome("undecided: [north, south]", "lots.yaml") == ()
    assert outcome("lots: {north: [a]}", "lots.yaml") == ("lot north: expected a; found nobody (a tie is open)",)


@pytest.mark.usefixtures("in_lots")
def test_a_case_can_expect_that_limits_are_refused() -> None:
    path = Path("demo.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("most_awarded: 1", "most_tendered: 1"), encoding="utf-8")
    assert outcome("refused: [TE500]", "lots.yaml") == ()
    assert outcome("refused: [TE056]", "lots.yaml")[0] == (
        "expected to be refused with TE056; found it refused with TE500:"
    )


def test_one_lot_and_all_lots_are_different_cases() -> None:
    head = "format: tender-eval/test/1\ncases:\n"
    assert codes(f"{head}  - {{name: x, bids: b.yaml, expect: {{lots: {{n: [a]}}, winner: [a]}}}}\n") == [("TE028", 3)]
    assert codes(f"{head}  - {{name: x, bids: b.yaml, lot: north, expect: {{lots: {{north: [a]}}}}}}\n") == [
        ("TE028", 3)
    ]
    assert codes(f"{head}  - {{name: x, bids: b.yaml, expect: {{lost: {{}}}}}}\n") == [("TE018", 3)]
