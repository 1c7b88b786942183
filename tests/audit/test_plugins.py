"""What a record is checked with: the plugins that it names, as they were, and nothing else that is installed."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from forging import rechained

from tender_eval.audit.plugins import catalogue_at, named_plugins
from tender_eval.audit.verify import read_case, verify
from tender_eval.audit.writing import record
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.source import Source

Make = Callable[..., Path]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A plugin as pip would have left it."""
    site = tmp_path / "site"
    info = site / "evil_scorer-6.6.6.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil-scorer\nVersion: 6.6.6\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[tender_eval]\nevil = evil_scorer\n", encoding="utf-8")
    (info / "RECORD").write_text("evil_scorer.py,,\n", encoding="utf-8")
    (site / "evil_scorer.py").write_text("MARK = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delenv("TENDER_EVAL_LOAD_PLUGINS", raising=False)
    yield site / "evil_scorer.py"
    sys.modules.pop("evil_scorer", None)


def was_loaded() -> bool:
    return "evil_scorer" in sys.modules


@pytest.mark.slow
def test_a_plugin_that_the_record_does_not_name_is_not_loaded(recorded: Make, installed: Path) -> None:
    path = recorded()
    assert verify(path).holds
    assert read_case(path).head
    assert not was_loaded()
    assert named_plugins(path.read_bytes()) == {}


@pytest.mark.slow
def test_one_that_it_names_is_loaded_with_the_files_that_it_had_and_no_others(
    tmp_path: Path, scheme_text: str, whole_bids: str, installed: Path
) -> None:
    path = tmp_path / "named.jsonl"
    files = Source("scheme.yaml", scheme_text.encode()), Source("bids.yaml", whole_bids.encode())
    record(path, *files, load_catalogue(), "2026-05-02T09:30:00Z")
    assert was_loaded()
    sys.modules.pop("evil_scorer")
    assert "evil-scorer" in json.loads(path.read_bytes().splitlines()[0])["body"]["environment"]["distributions"]
    found = verify(path)
    assert (found.holds, was_loaded()) == (True, True)
    sys.modules.pop("evil_scorer")
    installed.write_text(installed.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    found = verify(path)
    assert (found.consistent, was_loaded()) == (True, False)
    told = "evil-scorer is not loaded: its files are not those that it had; what hangs on it cannot be made again"
    assert told in str(found.checks)


@pytest.mark.parametrize("stated", [None, [], {"x": []}, {"../x": {"version": "1"}}, {"": {}}])
def test_whatever_is_named_is_no_traceback(recorded: Make, stated: Any) -> None:
    def changed(entries: list[dict[str, Any]]) -> None:
        entries[0]["body"]["environment"]["distributions"] = stated

    path = recorded()
    path.write_bytes(rechained(path.read_bytes(), changed))
    assert set(named_plugins(path.read_bytes())) == set(stated or ())
    assert catalogue_at(path).scorers
