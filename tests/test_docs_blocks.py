"""Every code block of README and docs is tried: commands run or are at least understood, schemes compile, code runs.

What other tests try already is named in `ELSEWHERE`, what is tried by nothing in `NOT_TRIED`, each with why.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
import yaml
from click.testing import CliRunner
from generated import CATALOGUE

from tender_eval import compile_scheme
from tender_eval.cli import main
from tender_eval.files.load import read_bids, read_scheme
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    *(p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "docs").glob("*.md"))),
)
FROM_CODE = frozenset(f"docs/{name}.md" for name in ("columns", "errors", "hooks", "limits", "rules", "scorers"))
"""Pages that hold nothing but what the code gives, tried where it is made; `test_generated` holds them fresh."""

ELSEWHERE = {
    ("README.md", "python"): "test_docs: they run",
    ("docs/plugins.md", "python"): "test_docs: scorer, workings and mechanism run",
    ("docs/notebook.md", "python"): "test_notebook: it runs, and gives the text below",
    ("docs/notebook.md", "text"): "test_notebook: it is what the code gives",
}
NOT_TRIED = {
    ("docs/case.md", "html"): "a template to begin from; test_templated_html tries such with and without each duty",
    ("docs/schemes.md", "csv"): "rows of a table, told beside the format; test_csv_reader reads such",
    ("docs/lint.md", "text"): "a tree of folders",
}


class Block(NamedTuple):
    page: str
    language: str
    text: str

    @property
    def kind(self) -> tuple[str, str]:
        return self.page, self.language


@cache
def blocks() -> tuple[Block, ...]:
    return tuple(_blocks())


def _blocks() -> Iterator[Block]:
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        if page not in FROM_CODE:
            for found in re.finditer(r"^```(\w*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
                yield Block(page, found[1], found[2])


def commands() -> list[tuple[str, str]]:
    """Every command of ours in a page, without the prompt and a remark."""
    found = []
    for block in blocks():
        if block.language in ("console", "sh", "text") and block.kind not in NOT_TRIED:
            lines = block.text.replace("\\\n", " ").splitlines()
            said = [line.removeprefix("$ ") for line in lines if line.startswith("$ ") or block.language != "console"]
            found += [(block.page, line) for line in said if line.startswith("tender-eval ")]
    return found


def test_commands_are_found_in_the_pages() -> None:
    assert len(commands()) > 60
    assert {page for page, _ in commands()} >= {"README.md", "docs/case.md", "docs/records.md", "docs/lint.md"}


@pytest.mark.parametrize("page", sorted({page for page, _ in commands()}))
def test_every_command_of_a_page_is_one_with_these_options(page: str) -> None:
    """Files are placeholders in many: what is parsed is the command, its options and how many arguments it has."""
    wrong = {line: fault for name, line in commands() if name == page and (fault := fault_of(line))}
    assert wrong == {}


def fault_of(line: str) -> str:
    """What Click has against a command line but the files that it names; empty where it has nothing."""
    words = shlex.split(line.partition(" > ")[0], comments=True)[1:]
    command: click.Command = main
    context = click.Context(main, info_name="tender-eval")
    try:
        while isinstance(command, click.Group):
            words = command.make_parser(context).parse_args(words)[1] if words[0].startswith("-") else words
            name, found, words = command.resolve_command(context, words)
            assert found is not None
            command, context = found, click.Context(found, info_name=name, parent=context)
        parsed, further, _ = command.make_parser(context).parse_args(args=list(words))
    except click.UsageError as e:
        return e.format_message()
    if further:
        return f"{' '.join(further)}: no command takes so many"
    for parameter in command.params:
        given = parsed.get(parameter.name or "")
        values = given if isinstance(given, list) else [given] if isinstance(given, str) else []
        if isinstance(parameter, click.Argument) and parameter.required and not given:
            return f"{parameter.name} is missing"
        if isinstance(parameter.type, click.Choice) and not set(values) <= set(parameter.type.choices):
            return f"{', '.join(values)} is no {parameter.name}"
    return ""


@pytest.mark.parametrize(
    "line", ["tender-eval evalute a b", "tender-eval evaluate a b --formt json", "tender-eval evaluate a b c"]
)
def test_a_command_that_is_wrong_is_told(line: str) -> None:
    assert fault_of(line)


RUN_BARE = re.compile(r"tender-eval (schemes (list|show)|scorers|evaluate schemes/light|plugins$|lint schemes$)")


@pytest.mark.slow
@pytest.mark.parametrize("line", sorted({c for page, c in commands() if page == "README.md" and RUN_BARE.match(c)}))
def test_commands_of_the_readme_that_show_no_output_run(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "opening_hours" in line:
        pytest.skip("of a plugin that the lines before make and install")
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, shlex.split(line)[1:], prog_name="tender-eval")
    assert result.exit_code == 0, result.output


BASE: dict[str, Any] = {
    "format": "tender-eval/scheme/1", "id": "x", "title": "X",
    "criteria": [
        {"id": "quality", "title": "Quality", "weight": 60, "scorer": {"name": "mark", "out_of": 5}},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}  # fmt: skip


OF_PARTS = frozenset(f"docs/{name}.md" for name in ("prices", "mechanisms", "law", "languages"))
BIDS = [b for b in blocks() if b.language == "yaml" and b.text.startswith("format: tender-eval/bids/1")]
FRAGMENTS = [b for b in blocks() if b.language == "yaml" and b.page in OF_PARTS and b not in BIDS]


def test_bids_of_the_pages_can_be_read() -> None:
    assert BIDS
    for block in BIDS:
        problems = Problems()
        read_bids(Source("bids.yaml", block.text.encode()), {}, problems)
        assert [str(d) for d in problems] == []


@pytest.mark.parametrize("block", FRAGMENTS, ids=lambda b: f"{b.page} {b.text[:24]!r}")
def test_a_part_of_a_scheme_compiles_within_one(block: Block) -> None:
    own = {line.split(":")[0] for line in block.text.splitlines() if re.match(r"\w+:", line)}
    rest = {name: part for name, part in BASE.items() if name not in own}
    text = yaml.safe_dump(rest, sort_keys=False) + block.text
    problems = Problems()
    scheme = read_scheme(Source("scheme.yaml", text.encode()), problems)
    assert [str(d) for d in problems] == []
    assert scheme is not None
    assert compile_scheme(scheme, CATALOGUE).scheme.id == "x"


@pytest.mark.slow
def test_the_code_of_the_guide_to_records_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for block in blocks():
        if block.kind == ("docs/records.md", "python"):
            exec(block.text, {})
    assert (tmp_path / "chair.pem").read_text(encoding="ascii").startswith("-----BEGIN ENCRYPTED PRIVATE KEY")


@pytest.mark.slow
def test_the_lint_rules_of_the_guide_keep_their_promises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block names its file in its first line; the last is the test that an author writes."""
    for block in blocks():
        if block.page == "docs/lint.md" and (named := re.match(r"# (\S+\.(?:py|yaml))\n", block.text)):
            path = tmp_path / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
    rule = tmp_path / "lcc_rules" / "lcc001_price_alone" / "__init__.py"
    assert rule.exists()
    monkeypatch.syspath_prepend(tmp_path)
    names: dict[str, Any] = {}
    exec((tmp_path / "tests" / "test_rules.py").read_text(encoding="utf-8"), names)
    names["test_rules"]()


def test_toml_and_yaml_of_every_page_can_be_read() -> None:
    for block in blocks():
        if block.language == "toml":
            assert tomllib.loads(block.text)
        if block.language == "yaml" and "scorer: ratio_to_lowest\n    scorer" not in block.text:
            assert yaml.load(block.text.removeprefix("    "), Loader=yaml.BaseLoader)


@pytest.mark.slow
def test_every_kind_of_block_is_tried_or_it_is_said_why_not() -> None:
    tried = {(b.page, b.language) for b in FRAGMENTS}
    tried |= {b.kind for b in blocks() if b.language in ("console", "sh", "toml")}
    tried |= {b.kind for b in blocks() if b.language == "text" and "tender-eval " in b.text}
    tried |= {("docs/records.md", "python"), ("docs/lint.md", "python"), ("docs/lint.md", "yaml")}
    tried |= {("docs/schemes.md", "yaml")}  # test_docs: scheme and bids are sound together
    tried |= {("docs/records.md", "yaml"), ("docs/case.md", "yaml")}  # files of people, read below
    tried |= {("docs/prices.md", "")}  # what a bid says, read below
    tried |= {("docs/plugins.md", "yaml")}  # a scheme with a scorer of the guide, read below
    assert {b.kind for b in blocks()} - tried - ELSEWHERE.keys() - NOT_TRIED.keys() == set()
    assert NOT_TRIED.keys() <= {b.kind for b in blocks()}
    assert ELSEWHERE.keys() <= {b.kind for b in blocks()}


def test_the_scheme_and_the_bids_of_the_guide_to_plugins_are_read() -> None:
    for block in blocks():
        if block.kind == ("docs/plugins.md", "yaml"):
            problems = Problems()
            if "tender-eval/bids/1" in block.text:
                assert read_bids(Source("bids.yaml", block.text.encode()), {}, problems) is not None
                continue
            scheme = read_scheme(Source("scheme.yaml", block.text.encode()), problems)
            assert [str(d) for d in problems] == []
            assert scheme is not None
            brought = {c.scorer.name for c in scheme.walk() if c.scorer} - CATALOGUE.scorers.keys()
            assert all(f'name = "{name}"' in (ROOT / block.page).read_text(encoding="utf-8") for name in brought)


def test_what_a_bid_says_beside_its_price_is_read() -> None:
    for block in blocks():
        if block.kind == ("docs/prices.md", ""):
            said = "".join(f"    {line}\n" for line in block.text.splitlines())
            text = f"format: tender-eval/bids/1\nbids:\n  - id: a\n    price: 150000\n{said}"
            problems = Problems()
            assert read_bids(Source("bids.yaml", text.encode()), {}, problems) is not None
            assert [str(d) for d in problems] == []


PEOPLES = [b for b in blocks() if b.kind in (("docs/case.md", "yaml"), ("docs/records.md", "yaml"))]


@pytest.mark.parametrize("block", PEOPLES, ids=lambda b: b.text[:24])
def test_files_of_people_are_sound(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(block.text, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = CliRunner().invoke(main, ["validate", str(path)], prog_name="tender-eval")
    assert "TE010" not in result.output, result.output
    assert "TE011" not in result.output, result.output
