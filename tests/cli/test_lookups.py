import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from click.testing import Result
from pydantic import Field, PlainValidator

from tender_eval.cli.type_names import kind_in_words, type_hints
from tender_eval.files import fields
from tender_eval.plugins.scorer import ScorerParams

Run = Callable[..., Result]


def test_scorers(run: Run) -> None:
    text = run("scorers", "list").stdout
    assert "ratio_to_lowest " in text
    assert "independent, monotone" in text
    assert "tender-eval 0" in text


def test_one_scorer(run: Run) -> None:
    text = run("scorers", "show", "ratio_to_lowest").stdout
    assert text.startswith("ratio_to_lowest (tender-eval ")
    assert "traits: monotone, scale_free\narithmetic: exact\n" in text
    assert "Source: World Bank QCBS" in text
    assert "name of a figure" in text
    assert "\nscorer: ratio_to_lowest\n" in text


def test_what_the_engine_fills_in_is_no_parameter(run: Run) -> None:
    text = run("scorers", "show", "mark").stdout
    parameters = text.partition("parameter ")[2].partition("In a scheme")[0]
    assert "shares" not in parameters
    assert "out_of" in parameters


@pytest.mark.slow
def test_every_scorer_and_rule_can_be_shown(run: Run) -> None:
    for kind in ("scorers", "rules"):
        names = [line.split()[0] for line in run(kind, "list").stdout.splitlines()[2:]]
        assert len(names) >= 10
        for name in names:
            result = run(kind, "show", name)
            assert result.exit_code == 0
            assert f"name: {name}" in result.stdout or f": {name}\n" in result.stdout


def test_rules(run: Run) -> None:
    assert "cost per quality point" in run("rules", "list").stdout
    text = run("rules", "show", "grants_within_pot").stdout
    assert "ranks by: points, the highest first" in text
    assert "stop or skip" in text
    assert "required" in text


def test_mechanisms(run: Run) -> None:
    text = run("mechanisms", "list").stdout
    rows = {line.split()[0]: line.split()[1] for line in text.splitlines()[2:]}
    assert rows == {
        "best_total": "yes",
        "bidder_preference": "yes",
        "independent": "no",
        "largest_lead": "yes",
        "lot_order": "yes",
    }
    for name, keeps in rows.items():
        shows = run("mechanisms", "show", name).stdout
        assert shows.startswith(f"{name} (tender-eval ")
        assert f"keeps to limits on awards: {keeps}" in shows
        assert f"    mechanism: {name}\n" in shows


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        ("scorers", "mrak", "mark"),
        ("rules", "lowest_prize", "lowest_price"),
        ("mechanisms", "largest_led", "largest_lead"),
    ],
)
def test_an_unknown_name(run: Run, kind: str, wrong: str, right: str) -> None:
    result = run(kind, "show", wrong)
    assert result.exit_code == 1
    assert f'did you mean "{right}"?' in result.stderr


def test_plugins(run: Run) -> None:
    assert "tender_eval_scorers" in run("plugins").stdout
    data = json.loads(run("plugins", "--format", "json").stdout)
    assert {"name", "distribution", "version", "hooks"} == set(data[0])
    assert {p["distribution"] for p in data} == {"tender-eval"}


@pytest.mark.parametrize("of", ["scheme", "bids", "lots-spec"])
def test_schemas(run: Run, of: str) -> None:
    schema = json.loads(run("schema", of).stdout)
    assert schema["properties"]["format"]["const"] == f"tender-eval/{of}/1"
    assert run("schema", "other").exit_code == 2


def test_the_scheme_schema_knows_the_parameters_of_scorers(run: Run) -> None:
    assert "ratio_to_lowest" in run("schema", "scheme").stdout


def test_schemes_under_folders(run: Run) -> None:
    text = run("schemes", "list", ".").stdout
    assert "demo" in text
    assert "Guidance, 2.3b" in text
    assert "scheme.yaml" in text
    assert "bids.yaml" not in text


def test_schemes_are_looked_for_in_the_folder_schemes(run: Run) -> None:
    assert run("schemes", "list").exit_code == 2
    Path("schemes").mkdir()
    empty = run("schemes", "list")
    assert (empty.exit_code, empty.stdout) == (1, "")
    assert empty.stderr == "no scheme files there\n"
    Path("schemes/mine.yaml").write_bytes(Path("scheme.yaml").read_bytes())
    assert "schemes/mine.yaml" in run("schemes", "list").stdout


def test_a_broken_scheme_does_not_hide_the_others(run: Run) -> None:
    Path("broken.yaml").write_text("format: tender-eval/scheme/1\nid: [\n", encoding="utf-8")
    result = run("schemes", "list", ".")
    assert result.exit_code == 1
    assert "demo" in result.stdout
    assert "broken.yaml" in result.stderr


def test_one_scheme(run: Run) -> None:
    text = run("schemes", "show", "scheme.yaml").stdout
    assert "Refuge services (demo)\nSource: Guidance, 2.3b\n" in text
    assert "mark {out_of: 5}" in text
    missing = run("schemes", "show", "no.yaml")
    assert missing.exit_code == 1
    assert "TE001" in missing.stderr


class Params(ScorerParams):
    number: fields.Number
    share: fields.Share | None = None
    names: tuple[fields.Ident, ...] = ()
    table: dict[fields.Ident, fields.Positive] = Field({})
    choice: Literal["a", "b"] = "a"
    truth: fields.Truth = False
    whole: fields.Whole = 1
    own: Annotated[int, PlainValidator(int)] = 1
    anything: Any = None


def test_types_are_told_in_the_words_of_a_scheme() -> None:
    assert {name: kind_in_words(hint) for name, hint in type_hints(Params).items() if name in Params.model_fields} == {
        "number": "number",
        "share": "share, 0% to 100%",
        "names": "list of id",
        "table": "mapping of id to number above 0",
        "choice": "a or b",
        "truth": "true or false",
        "whole": "whole number from 1",
        "own": "whole number",
        "anything": "any",
    }


def test_types_that_cannot_be_resolved_are_no_fault() -> None:
    class Unresolved(ScorerParams):
        pass

    Unresolved.__annotations__ = {"x": "NoSuchType"}
    assert type_hints(Unresolved) == {}


@pytest.mark.parametrize(
    "command",
    [("schemes", "show", "scheme.yaml"), ("scorers", "show", "mark"), ("rules", "show", "lowest_price"),
     ("mechanisms", "show", "largest_lead")],
)  # fmt: skip
@pytest.mark.parametrize(("shape", "begins"), [("markdown", "# "), ("html", "<!doctype html>")])
def test_what_is_looked_up_is_a_document(run: Run, command: tuple[str, ...], shape: str, begins: str) -> None:
    result = run(*command, "--format", shape)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.lower().startswith(begins)
    assert run(*command, "--format", shape, "--output", "out").stdout == ""
    assert Path("out").read_text(encoding="utf-8") == result.stdout
