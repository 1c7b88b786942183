"""The figures that presets and pages take from the rows in fixtures/evidence/ follow from these rows."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType

import pytest
from project_scripts import project_script

from tender_eval.simulation.calibration.awards import (
    AWARDS_BY_BAND,
    BANDS,
    CONTRACTS,
    SLOPE,
    WON,
    WON_BY_BAND,
    WON_OF_VALUE,
)

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return project_script("evidence")


def test_what_the_preset_is_fitted_to_comes_out_of_the_rows(script: ModuleType) -> None:
    told = dict(script.of_awards())
    for band, won, number in zip(BANDS, WON_BY_BAND, AWARDS_BY_BAND, strict=True):
        assert told[f"awards {band} won by SMEs"].startswith(f"{won:.3f} ")
        assert told[f"awards {band} won by SMEs"].endswith(f"(n {number})")
    assert told["all awards won by SMEs"].startswith(f"{WON:.3f} ")
    assert told["value won by SMEs"] == f"{WON_OF_VALUE:.3f}"
    assert told["logit slope on log10 of the value"] == f"{SLOPE:.2f}"
    found = list(script.halves(script.awards()))
    assert [(c.value, c.band) for c in CONTRACTS] == [(value, band) for value, _, band in found]
    assert [c.weight for c in CONTRACTS] == pytest.approx([weight for _, weight, _ in found])


def test_what_is_said_of_the_tenders_of_the_sector_comes_out_of_the_rows(script: ModuleType) -> None:
    told = dict(script.of_sector())
    assert told["days given"].startswith("36.47 ± 1.99, median 32 (n 15)")
    assert told["lots a tender"] == "3.10 ± 0.32, median 3 (n 42), 8 the most"
    assert told["pounds a lot a year"] == "median 503,529, quartiles 232,230 to 709,882 (n 18)"


def test_a_file_in_which_a_row_stands_twice_is_refused(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "fixtures" / "evidence", tmp_path / "evidence")
    file = tmp_path / "evidence" / "tenders.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([*lines, lines[-1]]), encoding="utf-8")
    monkeypatch.setattr(script, "FOLDER", tmp_path / "evidence")
    with pytest.raises(ValueError, match="holds 1 copies"):
        script.rows("tenders.csv")
