"""What is generated from the code is fresh, and serves its purpose."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from project_scripts import project_script

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "src" / "tender_eval" / "schema"


@pytest.fixture(scope="module")
def module() -> Any:
    """`scripts/generate.py`."""
    return project_script("generate")


@pytest.mark.slow
def test_schemas_and_docs_are_as_the_code_makes_them(module: Any) -> None:
    assert [p.name for p in module.stale()] == [], "run make generate"
    for _, data in module.messages():  # of which a date or a version would make other bytes at another time
        assert b"-Date:" not in data
        assert b"Generated-By" not in data


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('msgid "open"\nmsgstr "Agored {n}"\n', ""),
        ('msgid "open"\nmsgstr "Agored"\n', ""),  # a language need not use every gap
        ('msgid "open"\nmsgstr "Agored {m}"\n', "English has no gap m"),
        ('msgid "shut"\nmsgstr "Ar gau"\n', "English has no such message"),
        ('msgid "open"\nmsgstr ""\n', "a form of it is missing"),
        ('msgid "open"\nmsgstr "A"\n\nmsgctxt "page"\nmsgid "open"\nmsgstr "B"\n', "it stands twice"),
        ('msgid "open"\nmsgid_plural "open"\nmsgstr[0] "A"\nmsgstr[1] "B"\n', "one of the two has plural forms"),
        ('msgid "bids"\nmsgid_plural "bids"\n' + "".join(f'msgstr[{n}] "{n}"\n' for n in range(6)), ""),
        ('msgid "bids"\nmsgid_plural "bids"\nmsgstr[0] "dim"\nmsgstr[1] "un"\n', "a form of it is missing"),
    ],
)
def test_a_message_that_cannot_stand_for_the_english_one_is_told(
    module: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, said: str
) -> None:
    english = 'msgid "open"\nmsgstr "Open {n}"\n\nmsgctxt "page"\nmsgid "bids"\nmsgid_plural "bids"\n'
    forms = {"en_GB": "nplurals=2; plural=(n != 1)", "cy": "nplurals=6; plural=(n<4 ? n : n==6 ? 4 : 5)"}
    for language, text in (("en_GB", english + 'msgstr[0] "{n} bid"\nmsgstr[1] "{n} bids"\n'), ("cy", written)):
        (tmp_path / language).mkdir()
        head = f'msgid ""\nmsgstr "Plural-Forms: {forms[language]};\\n"\n\nmsgctxt "page"\n'
        (tmp_path / language / "page.po").write_text(head + text, encoding="utf-8")
    monkeypatch.setattr(module, "LOCALE", tmp_path)
    if not said:
        assert [path.parent.name for path, _ in module.messages()] == ["cy", "en_GB"]
        return
    with pytest.raises(SystemExit, match=rf"^cy/page\.po:\d+: \w+: {said}"):
        list(module.messages())


def loaded(name: str) -> dict:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["scheme-1.schema.json", "bids-1.schema.json", "lots-spec-1.schema.json"])
def test_each_schema_is_valid_draft_07(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(loaded(name))


class EditorsLoader(yaml.SafeLoader):
    """YAML 1.2, as editors read it: `on` is a word, and a date is text."""


EditorsLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":bool", ":timestamp"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorsLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def as_editors_read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=EditorsLoader)


@pytest.mark.parametrize("path", sorted((ROOT / "schemes").glob("*.yaml")), ids=lambda p: p.name)
def test_shipped_schemes_pass_the_schema_that_editors_use(path: Path) -> None:
    if path.name.endswith(".test.yaml"):
        return
    data = as_editors_read(path)
    errors = [e.message for e in jsonschema.Draft7Validator(loaded("scheme-1.schema.json")).iter_errors(data)]
    assert errors == []


@pytest.mark.parametrize("path", sorted((ROOT / "fixtures").glob("*.bids.yaml")), ids=lambda p: p.name)
def test_shipped_bids_pass_the_schema_that_editors_use(path: Path) -> None:
    data = as_editors_read(path)
    errors = [e.message for e in jsonschema.Draft7Validator(loaded("bids-1.schema.json")).iter_errors(data)]
    assert errors == []


SIMULATIONS = sorted((ROOT / "fixtures" / "simulations").rglob("*.yaml"))


@pytest.mark.parametrize(
    "path", [p for p in SIMULATIONS if "tender-eval/lots-spec/1" in p.read_text(encoding="utf-8")], ids=lambda p: p.name
)
def test_shipped_specs_pass_the_schema_that_editors_use(path: Path) -> None:
    validator = jsonschema.Draft7Validator(loaded("lots-spec-1.schema.json"))
    spec = as_editors_read(path)
    assert [e.message for e in validator.iter_errors(spec)] == []
    spec["parameters"] = {"timetable_day": 30}
    assert [e.message for e in validator.iter_errors(spec)] != []


def test_a_misspelt_key_fails_the_schema() -> None:
    scheme = as_editors_read(ROOT / "schemes" / "light-touch-60-40.yaml")
    scheme["criteria"][0]["wieght"] = 1
    assert list(jsonschema.Draft7Validator(loaded("scheme-1.schema.json")).iter_errors(scheme))
