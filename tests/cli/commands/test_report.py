from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from tender_eval.cli import COMMANDS, main

Run = Callable[..., Result]

STORY = "reason: Names who does what., agreed_by: [e1], on: 2026-05-06"
BIDS = f"""\
format: tender-eval/bids/1
bids:
  - {{id: a, supplier: {{name: Alder}}, price: 12000, marks: {{quality: {{agreed: 5, {STORY}}}}}}}
  - {{id: b, supplier: {{name: Birch}}, price: 10000, marks: {{quality: {{agreed: 4, {STORY}}}}}}}
"""


@pytest.fixture
def record(folder: Path) -> Path:
    """The record of two bids, made by the command line."""
    (folder / "bids.yaml").write_text(BIDS, encoding="utf-8")
    args = ["evaluate", "scheme.yaml", "bids.yaml", "--record", "made.jsonl", "--at", "2026-05-11T09:00:00Z"]
    made = CliRunner().invoke(main, args)
    assert made.exit_code == 0, made.stderr
    return folder / "made.jsonl"


@pytest.fixture
def decided(record: Path, run: Run) -> Path:
    """The same, decided."""
    assert run("case", "decide", "made.jsonl", "--by", "Ann", "--at", "2026-05-12T09:00:00Z").exit_code == 0
    return record


@pytest.mark.slow
def test_the_report_goes_to_a_file_or_to_standard_output(run: Run, record: Path, folder: Path) -> None:
    assert run("report", "made.jsonl", "-o", "report.html").exit_code == 0
    written = (folder / "report.html").read_text(encoding="utf-8")
    assert "<bdi>Alder</bdi> wins" in written
    shown = run("report", "made.jsonl", "--sensitivity", "It holds in nine of ten.")
    assert shown.exit_code == 0
    assert "It holds in nine of ten." in shown.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "begins"), [("markdown", b"# "), ("text", b"Evaluation report: Refuge"), ("docx", b"PK"), ("html", b"<!")]
)
def test_the_report_is_written_in_what_people_read(
    run: Run, record: Path, folder: Path, shape: str, begins: bytes
) -> None:
    done = run("report", "made.jsonl", "--format", shape, "--sensitivity", "It holds.", "-o", "out")
    assert done.exit_code == 0, done.stderr
    written = (folder / "out").read_bytes()
    assert written.startswith(begins)
    assert shape == "docx" or b"It holds." in written


@pytest.mark.slow
def test_the_head_of_the_record_stands_on_the_report(run: Run, record: Path) -> None:
    shown = run("report", "made.jsonl")
    told = run("audit", "verify", "made.jsonl", "--format", "json")
    head = next(word.strip('",') for word in told.stdout.split() if len(word.strip('",')) == 64)
    assert head in shown.stdout


@pytest.mark.slow
def test_the_decision_paper_is_html_or_what_is_asked(run: Run, record: Path, folder: Path) -> None:
    assert run("report", "made.jsonl", "--format", "decision").stdout.startswith("<!doctype html>")
    assert "# Decision paper" in run("report", "made.jsonl", "--format", "decision", "--as", "markdown").stdout
    assert run("report", "made.jsonl", "--format", "decision", "--as", "docx", "-o", "paper.docx").exit_code == 0
    assert (folder / "paper.docx").read_bytes()[:2] == b"PK"
    several = run("report", "made.jsonl", "--format", "decision", "--as", "html", "--as", "docx")
    assert (several.exit_code, "give one --as" in several.stderr) == (2, True)


@pytest.mark.slow
def test_nothing_is_written_of_a_case_in_which_nothing_is_evaluated(run: Run, folder: Path) -> None:
    assert run("case", "open", "new.jsonl", "scheme.yaml").exit_code == 0
    for shape in ("html", "docx", "markdown", "text", "xlsx", "decision"):
        found = run("report", "new.jsonl", "--format", shape, "-o", "out")
        assert found.exit_code == 1
        assert "the phase is published" in found.stderr
        assert "next: tender-eval case receive new.jsonl FILE" in found.stderr


@pytest.mark.slow
def test_the_workbook_is_bytes(run: Run, record: Path, folder: Path) -> None:
    assert run("report", "made.jsonl", "--format", "xlsx", "-o", "report.xlsx").exit_code == 0
    assert (folder / "report.xlsx").read_bytes()[:2] == b"PK"


@pytest.mark.slow
def test_summaries_go_one_to_a_file(run: Run, decided: Path, folder: Path) -> None:
    found = run(
        "report", "made.jsonl", "--format", "summaries", "-o", "out/summaries", "--as", "html", "--as", "markdown"
    )
    assert found.exit_code == 0, found.stderr
    names = sorted(p.name for p in (folder / "out" / "summaries").iterdir())
    assert names == ["a.html", "a.md", "b.html", "b.md"]


@pytest.mark.slow
def test_what_summaries_lack_is_told_once_and_beside_them(run: Run, folder: Path) -> None:
    scheme = (folder / "scheme.yaml").read_text(encoding="utf-8")
    more = "regime: {law: procurement-act-2023}\nabnormally_low: {below_mean_by: 5%}\n"
    (folder / "scheme.yaml").write_text(scheme + more, encoding="utf-8")
    (folder / "bids.yaml").write_text(BIDS.replace("12000", "16000"), encoding="utf-8")
    assert run("evaluate", "scheme.yaml", "bids.yaml", "--record", "act.jsonl").exit_code == 0
    found = run(
        "report", "act.jsonl", "--format", "summaries", "-o", "out", "--draft", "--as", "html", "--as", "markdown"
    )
    assert (found.exit_code, found.stdout) == (0, "")
    addresses, identifiers, flag = found.stderr.splitlines()
    assert "postal address" in addresses
    assert "supplier.identifier" in identifiers
    assert 'of bid "b": abnormally low?' in flag
    one = run("report", "act.jsonl", "--format", "summaries", "--draft", "--bid", "a", "--as", "markdown")
    assert one.stderr == found.stderr.replace("a and b", "a"), "what its own letter lacks"
    assert "Names who does what." in one.stdout.partition("## The successful tender")[2], "the reasons are told"
    assert "default reasons" in " ".join(run("report", "--help").stdout.split())
    assert run("report", "act.jsonl", "-o", "report.html").stderr == ""


@pytest.mark.slow
def test_one_summary_goes_to_standard_output(run: Run, decided: Path) -> None:
    found = run("report", "made.jsonl", "--format", "summaries", "--bid", "b", "--as", "markdown")
    assert found.exit_code == 0, found.stderr
    assert found.stdout.startswith("# How your tender was assessed")


@pytest.mark.slow
def test_before_the_decision_letters_are_refused_and_drafts_are_marked(run: Run, record: Path, folder: Path) -> None:
    asked = ("report", "made.jsonl", "--format", "summaries", "-o", "out", "--as", "markdown")
    refused = run(*asked)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "error TE088: letters go out when the award is decided: the phase is evaluated" in refused.stderr
    assert "next: tender-eval case decide made.jsonl" in refused.stderr
    assert not (folder / "out").exists()
    assert run(*asked, "--draft").exit_code == 0
    for name in ("a.md", "b.md"):
        first, *_ = (folder / "out" / name).read_text(encoding="utf-8").splitlines()
        assert first == "**DRAFT: this is no decision and is not to be sent.**"
    assert run("case", "decide", "made.jsonl", "--by", "Ann").exit_code == 0
    assert run(*asked).exit_code == 0
    assert "DRAFT" not in (folder / "out" / "a.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_letters_carry_the_head_and_the_signature_of_the_authority(run: Run, decided: Path, folder: Path) -> None:
    lines = ("format: tender-eval/authority/1", "name: Vale Council", "reference: VC/17", "signatory: {name: A. Chair}")
    (folder / "authority.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    asked = ("report", "made.jsonl", "--format", "summaries", "--bid", "a", "--as", "markdown", "--authority")
    found = run(*asked, "authority.yaml")
    assert found.stdout.startswith("Vale Council\n\n# How your tender was assessed"), found.stderr
    assert "| Our reference | VC/17 |" in found.stdout
    assert "| Signed for Vale Council |  |" in found.stdout
    assert "| Name | A. Chair |" in found.stdout
    (folder / "authority.yaml").write_text("\n".join((*lines, "logo: no.png")) + "\n", encoding="utf-8")
    refused = run(*asked, "authority.yaml")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "authority.yaml:5:7: error TE001" in refused.stderr
    assert "5 | logo: no.png" in refused.stderr


@pytest.mark.slow
def test_letters_are_set_in_a_page_of_the_authoritys_own(run: Run, decided: Path, folder: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "case.md").read_text(encoding="utf-8")
    page = guide.rpartition("```html\n")[2].partition("```")[0]
    (folder / "letter.html").write_text(page, encoding="utf-8")
    asked = ("report", "made.jsonl", "--format", "summaries", "-o", "out", "--template", "letter.html")
    found = run(*asked)
    assert found.exit_code == 0, found.stderr
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.html", "b.html"]
    assert "Your tender was successful." in (folder / "out" / "a.html").read_text(encoding="utf-8")
    (folder / "letter.html").write_text(page.replace("{{ assessment }}", ""), encoding="utf-8")
    refused = run(*asked, "--draft")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "error TE089: the template cannot be used: it leaves out what must be told: assessment" in refused.stderr
    assert run(*asked, "--as", "docx").exit_code == 2


@pytest.mark.slow
def test_letters_are_set_in_a_word_file_of_the_authoritys_own(run: Run, decided: Path, folder: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "case.md").read_text(encoding="utf-8")
    lines = guide.rpartition("```text\n")[2].partition("```")[0].split("\n")
    asked = ("report", "made.jsonl", "--format", "summaries", "-o", "out", "--template", "letter.docx")
    for kept in (lines, [line for line in lines if "assessment" not in line]):
        made = docx.Document()
        for line in filter(None, kept):
            made.add_paragraph(line)
        made.save(str(folder / "letter.docx"))
        found = run(*asked)
        assert (found.exit_code, found.stdout) == (int(kept is not lines), ""), found.stderr
    assert "error TE089: the template cannot be used: it leaves out what must be told: assessment" in found.stderr
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a.docx", "b.docx"]
    letter = docx.Document(str(folder / "out" / "a.docx"))
    assert "Your tender was successful." in [paragraph.text for paragraph in letter.paragraphs]
    assert run(*asked, "--as", "html").exit_code == 2


@pytest.mark.slow
def test_a_release_names_its_publisher(run: Run, record: Path) -> None:
    args = ("report", "made.jsonl", "--format", "ocds", "--ocid", "ocds-x-1", "--at", "2026-06-01T12:00:00Z")
    assert run(*args).exit_code == 2
    early = run(*args, "--publisher", "The Council")
    assert early.exit_code == 1
    assert "next: tender-eval case decide made.jsonl" in early.stderr
    found = run(*args, "--publisher", "The Council", "--draft")
    assert found.exit_code == 0, found.stderr
    assert '"The Council"' in found.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("--bid", "a"), "--bid goes with --format summaries"),
        (("--as", "html"), "--as goes with --format summaries"),
        (("--format", "xlsx", "--sensitivity", "x"), "--sensitivity goes with --format text, markdown, html, docx"),
        (("--format", "summaries"), "summaries go into a folder"),
        (("--format", "summaries", "--ocid", "x"), "--ocid goes with --format ocds"),
        (("-o", "made.jsonl"), "is one of the files that are read"),
    ],
)
def test_what_does_not_go_together_is_refused(run: Run, record: Path, args: tuple[str, ...], says: str) -> None:
    found = run("report", "made.jsonl", *args)
    assert found.exit_code == 2
    assert says in found.stderr


def test_a_changed_record_makes_no_report(run: Run, record: Path) -> None:
    record.write_bytes(record.read_bytes().replace(b"Names who", b"Names why"))
    found = run("report", "made.jsonl")
    assert found.exit_code == 1
    assert not found.stdout
    assert "TE092" in found.stderr or "TE081" in found.stderr


@pytest.mark.slow
def test_an_unknown_bid_makes_no_summary(run: Run, record: Path, folder: Path) -> None:
    found = run("report", "made.jsonl", "--format", "summaries", "--bid", "z", "-o", "out")
    assert found.exit_code == 1
    assert "TE070" in found.stderr
    assert not (folder / "out").exists()


def test_the_command_is_listed() -> None:
    assert "report" in COMMANDS


@pytest.mark.slow
def test_letters_side_by_side_and_in_large_print(run: Run, decided: Path, folder: Path) -> None:
    asked = ("report", str(decided), "--format", "summaries", "--language", "side-by-side")
    assert run(*asked, "--large-print", "--as", "html", "-o", "letters").exit_code == 0
    made = {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "letters").iterdir())}
    assert list(made) == ["a.html", "b.html"]
    assert '<html lang="cy">' in made["b.html"]
    assert '<div lang="en-GB">' in made["b.html"]
    assert "DRAFT: no Welsh speaker has checked this letter" in made["b.html"]
    assert "html { font-size: 24.4px; }" in made["b.html"]
    assert "sizes of type" in run(*asked, "--large-print", "--as", "markdown", "-o", "letters").stderr
    assert "in one language" in run(*asked, "--template", "own.html", "-o", "letters").stderr


@pytest.mark.slow
def test_letters_in_two_languages(run: Run, decided: Path, folder: Path) -> None:
    asked = ("report", "made.jsonl", "--format", "summaries", "--as", "markdown")
    done = run(*asked, "--language", "both", "-o", "letters")
    assert done.exit_code == 0, done.stderr
    made = {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "letters").iterdir())}
    assert list(made) == ["a.cy.md", "a.en.md", "b.cy.md", "b.en.md"]
    assert "nid oes siaradwr Cymraeg wedi gwirio" in made["b.cy.md"]
    assert made["b.en.md"].startswith("# How your tender was assessed")
    one = run(*asked, "--bid", "b", "--language", "cy", "--checked-by", "Mair Rees")
    assert "| Gwiriwyd y Gymraeg gan | Mair Rees |" in one.stdout
    assert "nid oes siaradwr" not in one.stdout
    assert "give --language cy" in run(*asked, "--bid", "b", "--checked-by", "Mair Rees").stderr
    assert "one language" in run(*asked, "--bid", "b", "--language", "both").stderr


@pytest.mark.slow
def test_the_report_in_welsh(run: Run, record: Path) -> None:
    asked = ("report", str(record), "--language", "cy")
    made = run(*asked)
    assert made.exit_code == 0, made.stderr
    assert '<html lang="cy">' in made.stdout
    assert "nid oes siaradwr Cymraeg wedi gwirio" in made.stdout
    assert "has no title_cy: its title stands in English" in made.stderr
    checked = run(*asked, "--checked-by", "Mair Rees", "--format", "markdown")
    assert "**Gwiriwyd y Gymraeg gan**: Mair Rees" in checked.stdout
    for refused, why in (
        ((*asked[:2], "--language", "both"), "give --language side-by-side for both languages in it"),
        ((*asked[:2], "--checked-by", "Mair Rees"), "give --language cy"),
        ((*asked, "--large-print", "--format", "text"), "sizes of type"),
    ):
        assert why in run(*refused).stderr
