"""Each preset is a whole spec that says of every figure what it rests on."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.loading.load import built_in_file, load_spec
from tender_eval.simulation.loading.starter import PRESETS, starting_spec
from tender_eval.simulation.spec.labels import about, unit_in_words
from tender_eval.simulation.spec.lot_rule import NAMES
from tender_eval.simulation.spec.parameters import GRANTS, POUNDS, SETTINGS, TYPE_FIELDS
from tender_eval.simulation.spec.records import Settings, Spec

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def read(text: str, catalogue: Catalogue) -> Spec:
    return load_spec(Source("spec.yaml", text.encode()), catalogue)


@pytest.mark.slow
@pytest.mark.parametrize("name", PRESETS)
def test_the_printed_spec_is_complete_and_means_the_same_as_the_preset(name: str, catalogue: Catalogue) -> None:
    text = starting_spec(name, catalogue)
    printed, preset = read(text, catalogue), load_spec(built_in_file(name), catalogue)
    assert printed.designs == preset.designs
    assert printed.types == preset.types
    assert (printed.draws, printed.seed, printed.authorities) == (preset.draws, preset.seed, preset.authorities)
    assert set(printed.stated) >= {f.name for f in fields(Settings)} - {*NAMES, *GRANTS}


@pytest.mark.parametrize("name", PRESETS)
def test_every_parameter_has_a_comment_with_its_unit_and_its_basis(name: str, catalogue: Catalogue) -> None:
    lines = starting_spec(name, catalogue).splitlines()
    for p in SETTINGS:
        written = (
            f"  # {p.name}: " if p.name in (*NAMES, *GRANTS) else f"  {p.name}: "
        )  # left to the scheme where it is commented
        at = next(n for n, line in enumerate(lines) if line.startswith(written))
        above: list[str] = []
        while (line := lines[at - 1 - len(above)]).startswith("  # "):
            above.append(line.removeprefix("  # "))
        comment = " ".join(reversed(above)).rpartition("--- ")[2]
        assert about(p.name) in comment
        assert f"[{unit_in_words(p.unit, POUNDS)}]" in comment
        assert any(f"] {basis}: " in comment for basis in "SDAC")
    for p in TYPE_FIELDS:
        assert any(line.startswith(f"    # {p.name}: {about(p.name)[:20]}") for line in lines)


@pytest.mark.parametrize("name", PRESETS)
def test_a_figure_that_is_the_presets_own_is_an_assumption(name: str, catalogue: Catalogue) -> None:
    text = starting_spec(name, catalogue)
    settings = load_spec(built_in_file(name), catalogue).designs[0].settings
    own = [p for p in SETTINGS if getattr(settings, p.name) != p.default and p.basis in "SDA"]
    assert text.count("A: assumed by this preset; the default is") == len(own)


def test_the_numbers_of_england_are_those_of_the_mapping_report() -> None:
    text = built_in_file("england").text
    assert yaml.safe_load(text)["authorities"] == 334 + 43
    assert "334 local authorities and 43 Police" in text


def test_the_county_is_the_default_of_the_table(catalogue: Catalogue) -> None:
    spec = load_spec(built_in_file("county"), catalogue)
    assert spec.designs[0].settings == Settings(**{p.name: p.default for p in SETTINGS})  # type: ignore[arg-type]


def test_the_shipped_county_spec_is_what_init_prints(catalogue: Catalogue) -> None:
    shipped = (ROOT / "fixtures" / "simulations" / "county.yaml").read_text(encoding="utf-8")
    assert shipped == starting_spec("county", catalogue)


def test_the_scheme_that_comes_with_it_is_the_shipped_one() -> None:
    ours = (ROOT / "src/tender_eval/simulation/presets/light-touch-60-40.yaml").read_bytes()
    assert ours == (ROOT / "schemes" / "light-touch-60-40.yaml").read_bytes()


@pytest.mark.parametrize("name", PRESETS)
def test_real_providers_may_be_named_as_its_comment_says(name: str, catalogue: Catalogue) -> None:
    text = starting_spec(name, catalogue).replace("  # providers: providers.csv", "  providers: providers.csv")
    source = Source("spec.yaml", "".join(x for x in text.splitlines(True) if not x.startswith("      count:")).encode())
    spec = load_spec(source, catalogue, lambda file: Source(file, b"name,type\nA,local\nB,national\n"))
    assert {t.name: t.count for t in spec.types if t.count} == {"local": 1, "national": 1}
