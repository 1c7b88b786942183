"""What the site of the docs is made of, before Zensical builds it: every page, tutorial and public name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from project_scripts import project_script

import tender_eval

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def site() -> ModuleType:
    return project_script("docs")


@pytest.fixture(scope="module")
def pages(site: ModuleType) -> dict[str, str]:
    return {name: text.decode() for name, text in site.written().items() if name.endswith(".md")}


def test_the_reference_has_every_public_name(pages: dict[str, str]) -> None:
    found = re.findall(r"^::: tender_eval\.[\w.]+\.(\w+)$", pages["code.md"], re.MULTILINE)
    assert sorted(found) == sorted(tender_eval.__all__)


def test_every_section_of_the_readme_is_in_one_page(pages: dict[str, str]) -> None:
    made = "".join(text for name, text in pages.items() if name == "index.md" or name.startswith("tutorials/"))
    sections = re.findall(r"^## (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {
        name: len(re.findall(rf"^##? {re.escape(name)}$", made, re.MULTILINE)) for name in sections
    } == dict.fromkeys(sections, 1)


def test_every_link_leads_to_a_page_or_a_file_of_the_site(site: ModuleType, pages: dict[str, str]) -> None:
    there = set(site.written())
    for name, text in pages.items():
        for target in re.findall(r"\]\(([^)\s#:]+)[)#]", text):
            at = (Path("/", name).parent / target).resolve().relative_to("/").as_posix()
            assert at in there, f"{name} links to {target}"


def test_every_page_that_the_navigation_names_is_there(pages: dict[str, str]) -> None:
    stated = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"]
    named = re.findall(r"[\w/-]+\.md", str(stated))
    assert set(named) <= pages.keys()


@pytest.mark.slow
def test_the_navigation_names_every_page_but_those_of_rules(pages: dict[str, str]) -> None:
    named = re.findall(r"[\w/-]+\.md", (ROOT / "zensical.toml").read_text(encoding="utf-8"))
    rest = {name for name in pages if not name.startswith(("lint/", "files/"))}  # copies are in files/
    assert rest - set(named) == set()


@pytest.mark.parametrize(
    ("tag", "fetches"),
    [('<script src="https://x.example/a.js">', True), ("<link rel=icon href=//x.example/a.png>", True),
     ('<a href="https://x.example/">', False), ('<img src="files/a.png">', False)],
)  # fmt: skip
def test_a_page_that_fetches_is_seen(site: ModuleType, tag: str, fetches: bool) -> None:
    assert bool(site._FETCHED.search(tag)) is fetches
