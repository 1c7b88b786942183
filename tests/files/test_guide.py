"""What the guides say of tables of bids and of keys holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_the_table_of_the_guide_is_sound_under_its_scheme() -> None:
    (table,) = blocks("docs/schemes.md", "csv")
    scheme = Source("s.yaml", blocks("docs/schemes.md", "yaml")[0].encode())
    checked = check(scheme, Source("b.csv", table.encode()), CATALOGUE)
    assert [str(d) for d in checked.diagnostics] == []
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    assert checked.bids.tender.figures["annual_value"].value == 170000
    assert checked.compiled.evaluate(checked.bids).winner == ("a",)


def test_the_lots_of_the_guide_are_as_it_says() -> None:
    (lots,) = blocks("docs/schemes.md", "yaml")[2:]
    problems = Problems()
    bids = read_bids(Source("b.yaml", lots.encode()), {}, problems)
    assert [str(d) for d in problems] == []
    assert bids is not None
    north, south = (bids.for_lot(name) for name in ("north", "south"))
    assert [part.bids[0].marks["delivery"].agreed.value for part in (north, south)] == [2, 3]
    assert [part.bids[0].figures["price"].value for part in (north, south)] == [88000, 79000]
    assert [part.tender.figures["annual_value"].value for part in (north, south)] == [90000, 80000]
    assert [part.tender.figures["areas"].value for part in (north, south)] == [("north",), ("north", "south")]


def test_every_price_of_the_guide_is_sound_in_a_scheme() -> None:
    stated = blocks("docs/prices.md", "yaml")
    assert len(stated) >= 2
    for n, text in enumerate(stated):
        scheme = "format: tender-eval/scheme/1\nid: guide\ntitle: Guide\naward: {rule: highest_score}\n"
        scheme += "criteria: [{id: price, title: Price, weight: 100, scorer: ratio_to_lowest}]\n"
        checked = check(Source(f"{n}.yaml", (scheme + text).encode()), None, CATALOGUE)
        assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]


def test_the_python_of_the_guide_makes_keys_that_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cryptography")
    from tender_eval.audit.signatures import is_encrypted, read_private, read_public

    monkeypatch.chdir(tmp_path)
    (code,) = blocks("docs/records.md", "python")
    exec(code, {})
    assert is_encrypted(Path("chair.pem"))
    key = read_private(Path("chair.pem"), b"a long password")
    assert key.public_key().public_bytes_raw() == read_public(Path("chair-public.pem"))


def test_git_ignores_what_the_commands_of_the_readme_write() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    text = "\n".join(blocks("README.md", "console"))
    written = set(re.findall(r"(?:--output|-o|--html|--record|--checkpoint|>) ([\w.-]+)$", text, flags=re.MULTILINE))
    written |= set(re.findall(r"(?:--output|-o|--html|--record|--checkpoint) ([\w.-]+)", text))
    assert {"award.jsonl", "ours.yaml", "summaries"} <= written
    assert [name for name in sorted(written) if f"/{name}" not in ignored and f"/{name}/" not in ignored] == []


def test_the_scorer_of_the_plugin_guide_describes_its_parameters() -> None:
    names: dict[str, Any] = {"__name__": "guide"}
    exec(compile(blocks("docs/plugins.md", "python")[0], "guide", "exec", dont_inherit=True), names)
    fields = names["OpeningHours"].Params.model_fields
    assert {name for name, field in fields.items() if field.description} == {"field", "full_at"}
