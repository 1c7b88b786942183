"""Small or large files that would unfold into more than memory holds are refused where they begin to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from inline import refusal, told

from tender_eval import Refused, load_bids, load_scheme
from tender_eval.model.diagnostics import MOST_FAULTS

Write = Callable[[str, str | bytes], str]
FIVE_MB = 5 * 2**20


def laughs(levels: int, name: str = "a") -> str:
    """Nine aliases a level: the last unfolds into nine to the power of the levels."""
    first = f"{name}0: &{name}0 [lol]\n"
    rest = (f"{name}{n}: &{name}{n} [{', '.join([f'*{name}{n - 1}'] * 9)}]\n" for n in range(1, levels))
    return first + "".join(rest)


@pytest.mark.parametrize("load", [load_scheme, load_bids])
def test_a_billion_laughs(write: Write, load: Callable[[str], object]) -> None:
    said = refusal(load, write("bomb.yaml", laughs(10)))
    aliases = [d for d in said if d.code == "TE008" and "alias" in d.message]
    assert aliases
    assert str(aliases[0].where) == "bomb.yaml:2:10"
    assert aliases[0].message == 'the alias "*a0" is not read'


def test_an_alias_of_itself(write: Write) -> None:
    assert "bomb.yaml:1:8 TE008" in told(refusal(load_bids, write("bomb.yaml", "a: &a [*a]\n")))


@pytest.mark.parametrize(
    ("name", "unit", "place"),
    [
        ("bomb.yaml", "[", "bomb.yaml:1:41"),
        ("bomb.yaml", "- ", "bomb.yaml:1:81"),
        ("bomb.yaml", "{a: ", "bomb.yaml:1:161"),
        ("bomb.yaml", "? ", "bomb.yaml:1:81"),
        ("bomb.json", "[", "bomb.json:1:41"),
        ("bomb.json", '{"a":', "bomb.json:1:201"),
    ],
)
def test_five_megabytes_of_nesting(write: Write, name: str, unit: str, place: str) -> None:
    said = refusal(load_bids, write(name, unit * (FIVE_MB // len(unit))))
    assert told(said) == [f"{place} TE004"]


@pytest.mark.slow
def test_five_megabytes_of_digits(write: Write) -> None:
    head = "format: tender-eval/bids/1\nbids:\n- id: a\n  price: "
    (said,) = refusal(load_bids, write("bids.yaml", head + "9" * FIVE_MB))
    assert (str(said.where), said.code) == ("bids.yaml:4:10", "TE013")
    assert len(said.message) < 200, "the message does not repeat the file"


def test_an_exponent_that_would_fill_memory(write: Write) -> None:
    head = "format: tender-eval/bids/1\nbids:\n- id: a\n  price: "
    (said,) = refusal(load_bids, write("bids.yaml", head + "1e999999999\n"))
    assert (str(said.where), said.code) == ("bids.yaml:4:10", "TE013")


def test_a_power_that_would_fill_memory(write: Write) -> None:
    from inline import evaluate, leaf, scheme

    from tender_eval import Refused

    expression = "((price ** 64) ** 64) ** 64 / 2"
    stated = scheme(leaf("p", 100, {"name": "formula", "expression": expression, "above_one": "clamp"}))
    with pytest.raises(Refused) as e:
        evaluate(stated, {"a": {"price": "3"}})
    assert [d.code for d in e.value.diagnostics] == ["TE054"]
    (found,) = evaluate(stated, {"a": {"price": "1.000000001"}}).bids  # 262,144 steps of a billionth: no bomb
    assert found.figure is not None
    assert round(float(found.figure), 9) == 50.013108918  # 50 x exp(262144 x ln 1.000000001)
    assert found.figure.denominator < 10**60


@pytest.mark.slow
def test_a_file_larger_than_is_safe(write: Write) -> None:
    path = write("bids.yaml", b"#" * (32 * 2**20 + 1))
    (said,) = refusal(load_bids, path)
    assert (str(said.where), said.code) == ("bids.yaml", "TE004")


@pytest.mark.slow
def test_five_megabytes_that_are_sound_are_read(write: Write) -> None:
    note = "x" * (FIVE_MB - 100)
    bids = load_bids(write("bids.yaml", f"format: tender-eval/bids/1\nnotes: {note}\nbids:\n- {{id: a, price: 1}}\n"))
    assert len(bids.notes) == len(note)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["yaml", "csv", "json"])
def test_a_file_of_nothing_but_faults_is_told_as_far_as_anybody_reads(tmp_path: Path, kind: str) -> None:
    """Of 3,000 bad prices a thousand are told, and that there are more; the message stays readable and small."""
    texts = {
        "yaml": "format: tender-eval/bids/1\nbids:\n" + "".join(f"- {{id: b{n}, price: x{n}}}\n" for n in range(3000)),
        "csv": "id,price\n" + "".join(f"b{n},x{n}\n" for n in range(3000)),
        "json": '{"format": "tender-eval/bids/1", "bids": ['
        + ", ".join(f'{{"id": "b{n}", "price": "x{n}"}}' for n in range(3000))
        + "]}",
    }
    path = tmp_path / f"bids.{kind}"
    path.write_text(texts[kind], encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_bids(path)
    found = refused.value.diagnostics
    assert len(found) == MOST_FAULTS + 1
    assert [str(d) for d in found if d.code == "TE004"] == [
        f"{path}: error TE004: more than {MOST_FAULTS} faults; what else is wrong is not told"
    ]
