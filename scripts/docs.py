"""Builds the site of the docs from README.md, docs/ and the code, with Zensical; broken links fail.

    python scripts/docs.py [FOLDER]      into FOLDER (build/site where none is named)

The pages that people begin with are the README's sections, one tutorial for each of its readers; everything else is
docs/ as it stands, and the reference of what `tender_eval` makes public, from its docstrings. Links that lead out of
docs/ lead to copies. Zensical and mkdocstrings are in locks/docs.txt; nothing is fetched to build, or to read.
"""

from __future__ import annotations

import ast
import json
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
TUTORIALS = {
    "panel": ("You are on a panel", "Lots", "Marking with a panel", "Your spreadsheet, as it is",
              "From opening to letters", "After the decision"),
    "commissioner": ("You are writing a scheme", "Before you publish", "Under which law", "How big should a lot be?"),
    "plugin-author": ("Write a scorer",),
    "programmer": ("You are programming", "In a notebook"),
}  # fmt: skip
"""By page, the sections of README.md that are its tutorial."""
BESIDE = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security.md",
          "benchmarks/README.md": "benchmarks.md", "docs/lint/README.md": "lint/index.md",
          **{path.relative_to(ROOT).as_posix(): f"plugins/{path.parent.name.removeprefix('tender-eval-')}.md"
             for path in sorted((ROOT / "plugins").glob("*/README.md"))}}  # fmt: skip
"""Pages that stand elsewhere in the repository, and what they are in the site."""
PUBLIC = {
    "Read and write": "files.", "Evaluate": "engine.", "Results": "model.", "Lots": "lots.", "Plugins": "plugins.",
}  # fmt: skip
"""The sections of the reference, each of the names that stand in these rooms."""
_LINK = re.compile(r"(\]\()([^)\s#:]+)(#[^)\s]*)?(\))")
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_FETCHED = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=["']?(https?:)?//""")


def main(arguments: Sequence[str]) -> int:
    """Write the pages, build the site, and see that it fetches nothing."""
    site = Path(arguments[0]).resolve() if arguments else BUILD / "site"
    pages = BUILD / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    shutil.rmtree(site, ignore_errors=True)
    for name, text in written().items():
        path = pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    config = (ROOT / "zensical.toml").read_text(encoding="utf-8")
    stated = {"docs_dir": "pages", "site_dir": posixpath.join(*site.relative_to(BUILD).parts)}
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in stated.items())
    (BUILD / "zensical.toml").write_text(config.replace("[project]\n", f"[project]\n{lines}", 1), encoding="utf-8")
    zensical = shutil.which("zensical", path=str(Path(sys.executable).parent))
    if zensical is None:
        sys.stderr.write("zensical is not installed: make docs installs it from locks/docs.txt\n")
        return 1
    done = subprocess.run([zensical, "build", "--strict", "--clean"], cwd=BUILD, check=False)  # noqa: S603
    if done.returncode:
        return done.returncode
    fetching = [str(path) for path in site.rglob("*.html") if _FETCHED.search(path.read_text(encoding="utf-8"))]
    if fetching:
        sys.stderr.write(f"these pages fetch from the network: {', '.join(fetching)}\n")
    return 1 if fetching else 0


def written() -> dict[str, bytes]:
    """Every page by its path in the site, and the files that pages lead to."""
    found: dict[str, bytes] = {}
    sources = {**_readme(), **{name: (ROOT / name).read_text(encoding="utf-8") for name in BESIDE}}
    sources |= {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "docs").rglob("*.md")) if path.relative_to(ROOT).as_posix() not in BESIDE
    }  # fmt: skip
    places = {name: BESIDE.get(name, name.removeprefix("docs/")) for name in sources}
    for source, text in sources.items():
        found[places[source]] = _relinked(text, source, places, found).encode()
    return {**found, "code.md": _api().encode(), "site.css": (ROOT / "docs" / "site.css").read_bytes()}


def _readme() -> dict[str, str]:
    """The first page, and a tutorial for each kind of reader; named as if they stood in docs/."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    head, *rest = _SECTION.split(text)
    sections = dict(zip(rest[::2], rest[1::2], strict=True))
    told = {name for names in TUTORIALS.values() for name in names}
    if missing := told - sections.keys():
        raise SystemExit(f"README.md has no section {', '.join(sorted(missing))}")
    first = "".join(f"## {name}{body}" for name, body in sections.items() if name not in told)
    made = {"docs/index.md": _in_docs(f"{head}{first}")}
    for page, names in TUTORIALS.items():
        body = "".join(f"## {name}{sections[name]}" for name in names[1:])
        made[f"docs/tutorials/{page}.md"] = _in_docs(f"# {names[0]}{sections[names[0]]}{body}", "../")
    return made


def _in_docs(text: str, up: str = "") -> str:
    """Text of README.md as it reads in a folder of docs/."""
    return _LINK.sub(lambda m: f"{m[1]}{up}../{m[2]}{m[3] or ''}{m[4]}", text)


def _relinked(text: str, source: str, places: Mapping[str, str], found: dict[str, bytes]) -> str:
    """A page with its links as they are in the site; what no page stands for is copied."""
    folder, here = posixpath.dirname(source), posixpath.dirname(places[source])

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match[2]))
        if target == "README.md":
            target = "docs/index.md"
        if target not in places and (ROOT / target).is_file():
            place = f"files/{target}"
            found[place] = (ROOT / target).read_bytes()
        else:
            place = places.get(target, target)
        return f"{match[1]}{posixpath.relpath(place, here or '.')}{match[3] or ''}{match[4]}"

    return _LINK.sub(link, text)


def _api() -> str:
    """The page of what `tender_eval` makes public, by the rooms in which it stands."""
    homes = dict(_homes())
    parts = ["# Reference of the code\n\nWhat `tender_eval` makes public, from its docstrings.\n"]
    for title, room in PUBLIC.items():
        parts.append(f"\n## {title}\n")
        parts += [f"\n::: tender_eval.{home}.{name}\n" for name, home in sorted(homes.items()) if home.startswith(room)]
    if left := [name for name, home in homes.items() if not home.startswith(tuple(PUBLIC.values()))]:
        raise SystemExit(f"in no section of the reference: {', '.join(left)}")
    return "".join(parts)


def _homes() -> Iterator[tuple[str, str]]:
    """Each public name with the module that it stands in, read without loading anything."""
    tree = ast.parse((ROOT / "src" / "tender_eval" / "__init__.py").read_text(encoding="utf-8"))
    stated = next(
        node.value for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "_HOMES"
    )  # fmt: skip
    for home, names in ast.literal_eval(stated).items():
        yield from ((name, home) for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
