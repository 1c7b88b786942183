from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

CASES = """\
format: tender-eval/test/1
cases:
  - {name: one, bids: bids.yaml, expect: {winner: [a]}}
"""


NEEDS = [
    "    each bid states: marks.quality (0 to 5), price",
    "    in two envelopes, in a file of their own that is opened once the marks are locked: id, price",
    "    an empty workbook for them: tender-eval bids --template SCHEME --out FILE.xlsx",
]


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


def change(name: str, old: str, new: str) -> None:
    text = Path(name).read_text(encoding="utf-8")
    assert old in text
    write(name, text.replace(old, new))


def test_files_of_every_kind(run: Run) -> None:
    write("scheme.test.yaml", CASES)
    write("bids.csv", "id,price\na,1\n")
    write("scheme.json.yaml", '{"id": "x", "format": "tender-eval/bids/1", "bids": [{"id": "a"}]}')
    result = run("validate", "scheme.yaml", "bids.yaml", "bids.csv", "scheme.test.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        'ok  scheme.yaml  scheme "demo", 2 scored criteria',
        *NEEDS,
        "ok  bids.yaml  3 bids",
        "ok  bids.csv  1 bid",
        "ok  scheme.test.yaml  1 case",
    ]


def test_sound_files_are_told_beside_broken_ones(run: Run) -> None:
    change("scheme.yaml", "weight: 60", "weight: 60.001")
    change("lots.yaml", "price: 9000", "price: 9'000")
    result = run("validate", "scheme.yaml", "bids.yaml", "lots.yaml", "no.yaml")
    assert result.exit_code == 1
    assert result.stdout == "ok  bids.yaml  3 bids\n"
    assert "scheme.yaml:6:5: error TE022" in result.stderr
    assert "lots.yaml:4:79: error TE014" in result.stderr
    assert "no.yaml: error TE001" in result.stderr
    assert result.stderr.endswith("\n3 errors\n")


def test_a_scheme_is_checked_as_far_as_its_scorers(run: Run) -> None:
    change("scheme.yaml", "ratio_to_lowest", "ratio_to_lowst")
    assert 'did you mean "ratio_to_lowest"?' in run("validate", "scheme.yaml").stderr


def test_bids_alone_are_held_against_their_format_only(run: Run) -> None:
    change("bids.yaml", "quality: 5", "qualty: 6")
    assert run("validate", "bids.yaml").exit_code == 0
    result = run("validate", "--scheme", "scheme.yaml", "bids.yaml")
    assert result.exit_code == 1
    assert "TE051" in result.stderr
    assert "TE052" in result.stderr


def test_bids_under_a_sound_scheme(run: Run) -> None:
    result = run("validate", "--scheme", "scheme.yaml", "bids.yaml", "lots.yaml")
    assert result.stdout == 'ok  bids.yaml  3 bids under scheme "demo"\nok  lots.yaml  2 bids under scheme "demo"\n'


def test_a_broken_scheme_given_for_comparison_is_told_once(run: Run) -> None:
    change("scheme.yaml", "weight: 60", "weight: 61")
    result = run("validate", "--scheme", "scheme.yaml", "bids.yaml", "lots.yaml", "scheme.yaml")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("TE022") == 1


@pytest.mark.parametrize("text", ["a: 1\n", "", "format: tender-eval/other/1\n", "- format\n", "42\n"])
def test_a_yaml_file_of_no_known_format(run: Run, text: str) -> None:
    write("x.yaml", text)
    result = run("validate", "x.yaml")
    assert result.exit_code == 1
    assert "TE005" in result.stderr
    assert "tender-eval/scheme/1, tender-eval/bids/1, tender-eval/test/1" in result.stderr


def test_a_file_whose_syntax_is_broken_before_its_format_line(run: Run) -> None:
    write("x.yaml", "a: [1\n")
    result = run("validate", "x.yaml")
    assert result.exit_code == 1
    assert "TE003" in result.stderr


def test_quoted_and_flow_style_format_lines(run: Run) -> None:
    write("a.yaml", '"format": "tender-eval/bids/1"\nbids: [{id: a}]\n')
    write("b.yaml", '{"format": "tender-eval/bids/1", "bids": [{"id": "a"}]}\n')
    write("c.yaml", "# first\n\nbids: [{id: a}]\nformat: tender-eval/bids/1  # here\n")
    result = run("validate", "a.yaml", "b.yaml", "c.yaml")
    assert (result.exit_code, result.stdout.count("1 bid\n")) == (0, 3)


def test_a_file_that_is_not_utf_8(run: Run) -> None:
    Path("x.yaml").write_bytes(b"format: tender-eval/scheme/1\ntitle: \xff\n")
    result = run("validate", "x.yaml")
    assert result.exit_code == 1
    assert "x.yaml:2:8: error TE002" in result.stderr
    assert "|" not in result.stderr


def test_every_problem_of_a_test_file(run: Run) -> None:
    write("scheme.test.yaml", CASES.replace("winner: [a]", "").replace("bids.yaml", "/etc/passwd"))
    result = run("validate", "scheme.test.yaml")
    assert result.exit_code == 1
    assert "such a case cannot fail" in result.stderr
    assert "is not a relative path" in result.stderr


def test_an_unknown_kind_of_file(run: Run) -> None:
    write("x.docx", "PK")
    result = run("validate", "x.docx")
    assert result.exit_code == 1
    assert "TE006" in result.stderr


SPEC = """\
format: tender-eval/lots-spec/1
lots: [1, 2]
scheme: scheme.yaml
parameters: {areas: 2, valu: 1}
"""


def test_a_spec_of_a_simulation(run: Run) -> None:
    write("spec.yaml", "format: tender-eval/lots-spec/1\nlots: [1, 2]\nparameters: {areas: 2}\n")
    result = run("validate", "spec.yaml", "bids.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "ok  spec.yaml  2 lot designs to compare\nok  bids.yaml  3 bids\n"


def test_every_problem_of_a_spec_and_of_the_scheme_that_it_names(run: Run) -> None:
    write("spec.yaml", SPEC)
    change("scheme.yaml", "weight: 60", "weight: 61")
    result = run("validate", "spec.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "spec.yaml:4:24: error TE010" in result.stderr
    assert "scheme.yaml:6:5: error TE022" in result.stderr
    assert "  4 | parameters: {areas: 2, valu: 1}\n" in result.stderr
    write("spec.yaml", "format: tender-eval/lots-spec/1\nlots: [1]\nscheme: no.yaml\n")
    assert "spec.yaml:3:9: error TE001" in run("validate", "spec.yaml").stderr


@pytest.mark.parametrize(
    ("name", "text", "mend"),
    [
        ("bids.yaml", None, "write marks: {quality: {agreed: ..., reason: ...}}"),
        ("bids.csv", "id,price,marks.quality\na,1,5\nb,2,4\nc,3,1\n",
         "head its columns marks.quality.agreed and marks.quality.reason"),
    ],
)  # fmt: skip
def test_marks_without_reasons_are_told_once_and_are_no_error(run: Run, name: str, text: str | None, mend: str) -> None:
    if text:
        write(name, text)
    result = run("validate", "--scheme", "scheme.yaml", name)
    assert (result.exit_code, result.stdout) == (0, f'ok  {name}  3 bids under scheme "demo"\n')
    assert result.stderr == (
        f"{name}: note TE095: marks without the panel's reason: 3 of 3; assessment summaries (tender-eval report "
        f"--format summaries) cannot be written without\n  mend: {mend}\n1 note\n"
    )


def test_marks_with_reasons_and_bids_without_a_scheme_are_not_spoken_of(run: Run) -> None:
    assert run("validate", "bids.yaml").stderr == ""
    for mark in ("quality: 5", "quality: 4", "quality: 1"):
        change("bids.yaml", mark, f"quality: {{agreed: {mark[-1]}, reason: As the method says.}}")
    assert run("validate", "--scheme", "scheme.yaml", "bids.yaml").stderr == ""
    change("lots.yaml", "quality: 4", "quality: {agreed: 4, reason: Plain.}")
    assert "reason: 1 of 2;" in run("validate", "--scheme", "scheme.yaml", "lots.yaml").stderr


def test_a_notice_does_not_hide_an_error(run: Run) -> None:
    change("lots.yaml", "price: 9000", "price: 9'000")
    result = run("validate", "--scheme", "scheme.yaml", "bids.yaml", "lots.yaml")
    assert result.exit_code == 1
    assert result.stderr.endswith("1 error, 1 note\n") or result.stderr.endswith("1 note, 1 error\n")


@pytest.mark.slow
def test_a_price_that_rewards_the_dearer_bid_is_told_and_nothing_is_refused(run: Run) -> None:
    change("scheme.yaml", "scorer: ratio_to_lowest", "scorer: ratio_to_highest")
    validated = run("validate", "scheme.yaml")
    assert validated.exit_code == 0
    assert validated.stdout.startswith("ok  scheme.yaml")
    assert validated.stderr.count("warning TE032") == 1
    for bids in ("bids.yaml", "lots.yaml"):
        evaluated = run("evaluate", "scheme.yaml", bids, "--format", "json")
        assert evaluated.exit_code == 0
        assert '"code": "TE032"' in evaluated.stdout
        assert evaluated.stderr.count("warning TE032") == 1  # once, however many lots
    change("scheme.yaml", "criteria:", "payment: received\ncriteria:")
    assert run("validate", "scheme.yaml").stderr == ""
    assert "Payment: received" in run("schemes", "show", "scheme.yaml").stdout
    assert "the bidder pays the authority" in run("schemes", "publish", "scheme.yaml").stdout


@pytest.mark.slow
def test_a_record_with_a_price_that_rewards_the_dearer_bid_is_consistent(run: Run) -> None:
    change("scheme.yaml", "scorer: ratio_to_lowest", "scorer: ratio_to_highest")
    assert run("evaluate", "scheme.yaml", "bids.yaml", "--record", "r.jsonl").exit_code == 0
    assert "rewards the dearer bid" in Path("r.jsonl").read_text(encoding="utf-8")
    assert run("audit", "verify", "r.jsonl").exit_code == 0


def test_a_scheme_kept_as_json(run: Run) -> None:
    sound = '{"id": "x", "title": "X", "award": {"rule": "highest_score"%s}, "criteria": [{"id": "q", "weight": 100, '
    sound += '"scorer": {"name": "ratio_to_lowest"}}], "format": "tender-eval/scheme/1"}'
    write("sound.json", sound % "")
    write("bad.json", sound % ', "wieghts": "points"')
    result = run("validate", "sound.json", "bad.json")
    assert result.stdout.startswith('ok  sound.json  scheme "x", 1 scored criterion')
    assert (result.exit_code, result.stderr.count("error TE")) == (1, 1)
    assert "bad.json:1:62: error TE010" in result.stderr
