"""A record in which somebody who knows how records are made changed a value: told, and never a bug of ours.

Its chain is made anew each time, so that only what it says can be at fault.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from forging import rechained
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender_eval.audit.chain import Draft, Link, seal
from tender_eval.audit.writing import enter
from tender_eval.base.canonical import NotCanonical, fraction
from tender_eval.cli import main
from tender_eval.plugins.catalogue import Catalogue

Make = Callable[..., Path]
Where = tuple[str | int, ...]

NASTY = (
    "", " ", "1/0", "0/0", "-1/3", "1e999999999", "1e-999999999", "9" * 5000, "9" * 5000 + "/7", "1/" + "9" * 5000,
    "0x10", "1_000", "٣", "1/3/5", "nan", "inf", "NaN", "true", "null", "\u0000", "\u202e", "\ufeff", "é" * 300,
    "2026-02-30T09:30:00Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "record.jsonl", "../../etc",
    "[" * 3000, "{a: " * 100, "=1+1", "<b>", "{}", "{0}", "%s", "b25l", "b25l=", "Zm9ybWF0", "b", "alder", "north",
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.recursive(
        st.none() | st.booleans() | st.sampled_from(NASTY) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("value", "", "a")), inner, max_size=3)
        ),
        max_leaves=5,
    ),
)


def places(value: object, at: Where = ()) -> Iterator[Where]:
    """Where every value of an entry stands, itself included."""
    if at:
        yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from places(part, (*at, name))


def put(entry: Any, at: Where, value: object) -> None:
    for name in at[:-1]:
        entry = entry[name]
    entry[at[-1]] = value


@pytest.fixture
def bytes_of(recorded: Make, catalogue: Catalogue) -> bytes:
    """A record with what people enter after an evaluation: a question, its answer, a correction, a decision."""
    path = recorded()
    said: list[tuple[str, dict[str, str]]] = [
        ("clarify", {"bid": "alder", "text": "Which towns?"}),
        ("query", {"bid": "cedar", "text": "Why so low?", "about": "abnormally_low"}),
        ("answer", {"matter": "m1", "text": "Volunteers.", "outcome": "accepted"}),
        ("correct", {"bid": "birch", "field": "marks.reach", "old": "4", "new": "3", "reason": "misread"}),
        ("disregard", {"bid": "alder", "clause": "s.19", "reason": "x"}),
        ("decide", {}),
    ]
    for kind, body in said:
        enter(path, kind, body, catalogue, "2026-05-02T10:00:00+01:00")
    return path.read_bytes()


def outcomes(path: Path, folder: Path) -> dict[str, Any]:
    run = CliRunner().invoke
    commands = {
        "verify": ["audit", "verify", str(path)],
        "verify as data": ["audit", "verify", str(path), "--format", "json"],
        "show": ["audit", "show", str(path)],
        "diff": ["audit", "diff", str(path), str(path)],
        "report": ["report", str(path), "--output", str(folder / "report.html")],
    }
    return {name: run(main, command) for name, command in commands.items()}


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_replaced_by_any_other_is_told(bytes_of: bytes, tmp_path: Path, data: st.DataObject) -> None:
    entries = [json.loads(line) for line in bytes_of.splitlines()]
    spots = [(n, at) for n, entry in enumerate(entries) for at in places({k: entry[k] for k in ("at", "kind", "body")})]
    n, at = data.draw(st.sampled_from(spots))
    value = data.draw(VALUES)
    if at == ("at",) or at == ("kind",):
        value = value if isinstance(value, str) else "x"
    if at == ("body",) and not isinstance(value, dict):
        value = {}
    path = tmp_path / "changed.jsonl"
    path.write_bytes(rechained(bytes_of, lambda found: put(found[n], at, value)))
    for name, result in outcomes(path, tmp_path).items():
        assert result.exit_code in (0, 1), (name, result.stderr)
        assert "Traceback" not in result.output + result.stderr


@pytest.mark.parametrize(
    "text", ["1/0", "1e999999999", "9" * 5000, "1/" + "9" * 5000, "-", "+1", "01", "1.5", "", None, 1, True]
)
def test_what_is_no_figure_of_a_record_is_told(text: object) -> None:
    with pytest.raises(NotCanonical, match="is no exact figure"):
        fraction(text)


@pytest.mark.parametrize("text", ["0", "-3", "5/3", "9" * 4300])
def test_what_records_hold_is_a_figure(text: str) -> None:
    assert str(fraction(text)) == text


@pytest.mark.slow
def test_a_figure_that_is_none_is_shown_as_it_stands(bytes_of: bytes, tmp_path: Path) -> None:
    path = tmp_path / "changed.jsonl"

    def change(entries: list[dict[str, Any]]) -> None:
        next(e for e in entries if e["kind"] == "score")["body"]["points"] = "1/0"

    path.write_bytes(rechained(bytes_of, change))
    results = outcomes(path, tmp_path)
    assert '"points": "1/0"' in results["show"].stdout
    assert "FAILED       recomputation: entry" in results["verify"].stdout
    assert "body.points: it says 1/0, but recomputing gives" in results["verify"].stdout
    assert results["report"].exit_code == 1
    assert "error TE081: entry" in results["report"].stderr


def test_a_line_of_any_bytes_is_told() -> None:
    from tender_eval.audit.chain import Fault, unseal

    line, _ = seal(Draft("decision", {"text": "naïve"}), "2026-05-02T09:30:00Z", Link())
    found = unseal(line.replace("ï".encode(), b"\xef"), Link())
    assert isinstance(found, Fault)
    assert found.message == "it is not JSON: byte 0xef in column 48 is not UTF-8 text"
