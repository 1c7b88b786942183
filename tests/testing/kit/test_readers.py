"""The test kit for readers: each wrong one is told what it did; a sound one passes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from odd import PortalReader

from tender_eval import Reader
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Table
from tender_eval.testing import checks_of
from tender_eval.testing.kit import checks, elsewhere

BIDS = "format: tender-eval/bids/1\nbids:\n  - {id: a, price: 100}\n  - {id: b, price: 80}\n"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried in processes of its own."""
    monkeypatch.setattr(checks, "elsewhere", lambda plugin: elsewhere.Elsewhere(answers=((), ())))


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "bids.portal"
    path.write_text(BIDS, encoding="utf-8")
    return path


def takes_all(self: Any, source: Source) -> bool:
    return True


def raises_on_broken(self: Any, source: Source, problems: Problems) -> Table | None:
    source.data.decode()
    return PortalReader().read(source, problems)


def silent(self: Any, source: Source, problems: Problems) -> Table | None:
    return PortalReader().read(source, Problems())


def reads_another(self: Any, source: Source, problems: Problems) -> Table | None:
    Path("/etc/hostname").exists()
    return PortalReader().read(source, problems)


def plain_values(self: Any, source: Source, problems: Problems) -> Table | None:
    found = PortalReader().read(source, problems)
    if found is not None:
        dict.__setitem__(found, "note", "plain")
    return found


WRONG = {
    "takes all": ({"recognises": takes_all}, "leaves_other_files_alone", "would read a .yaml that holds"),
    "no files": ({"suffixes": (".other",)}, "recognises_its_files", "gives False where it is asked whether it reads"),
    "raises": ({"read": raises_on_broken}, "tells_what_is_wrong_with_broken_files", "raises UnicodeDecodeError: "),
    "silent": ({"read": silent}, "tells_what_is_wrong_with_broken_files", "gives nothing where .* and says no reason"),
    "looks around": ({"read": reads_another}, "does_nothing_else", r"looks at files \(os\.stat\)"),
    "no places": ({"read": plain_values}, "says_where_everything_stands", "gives 'plain' of .*, which has no place"),
}


@pytest.mark.parametrize(("parts", "promise", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_reader_is_told_what_it_did(exported: Path, parts: dict[str, Any], promise: str, said: str) -> None:
    kind: type[Reader] = type("Wrong", (PortalReader,), {"name": "wrong", **parts})
    by_name = {check.name: check for check in checks_of(kind, [exported])}
    with pytest.raises(AssertionError, match=f"wrong: .*{said}"):
        by_name[promise]()


def test_a_sound_reader_passes_where_it_is_given_files(exported: Path) -> None:
    for check in checks_of(PortalReader, [exported]):
        check()
    by_name = {check.name: check for check in checks_of(PortalReader)}
    with pytest.raises(AssertionError, match="nothing is tried without a file"):
        by_name["is_given_files"]()
