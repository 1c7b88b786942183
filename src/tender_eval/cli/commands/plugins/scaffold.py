"""A new plugin as a distribution: which files it has, and what stands in them."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from string import Template

from tender_eval.base import OWN_DISTRIBUTION
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.plugins.scorer import NAME

HOOKS = {
    "scorer": "scorers",
    "rule": "rules",
    "mechanism": "mechanisms",
    "reader": "readers",
    "lint-rule": "lint_rules",
    "report": "reports",
}
"""The kinds of plugin, and the hook of each."""

RECORD = "tests/case.jsonl"
"""The record that a new report is tried on: of the scheme and the bids beside it."""

TRIED = {"reader": "tests/export.{name}", "report": RECORD}
"""On which file the tests of a new plugin try it, where it needs one."""

IN_A_SCHEME = "A scheme that uses it says so: `requires: [{distribution}>=0.1]`."
USED = {
    "reader": "Once it is installed, `tender-eval evaluate SCHEME bids.{name}` reads such a file.",
    "lint-rule": "Once it is installed, `tender-eval lint SCHEME` asks it too.",
    "report": "Once it is installed, `tender-eval report RECORD --format {name}` writes it.",
}
"""How each kind of plugin is used, where no scheme names it."""


def new_plugin(kind: str, name: str) -> dict[str, str]:
    """The files of a new distribution, by their paths in it.

    Args:
        kind: one of `HOOKS`.
        name: of the method, such as ``opening_hours``.

    Raises:
        Refused: TE019 where the name is none.
    """
    if not NAME.match(name) or name.endswith("_"):
        message = f'"{name}" is no name of a plugin'
        raise Refused([Diagnostic("TE019", message, None, "use small letters, digits and '_', as in opening_hours")])
    package, tried = f"tender_eval_{name}", TRIED.get(kind, "").format(name=name)
    folder = f"abc001_{name}"
    asked = {
        "name": name, "package": package, "distribution": package.replace("_", "-"), "hook": HOOKS[kind],
        "class_name": "".join(word.capitalize() for word in name.split("_")), "kind": kind.replace("-", " "),
        "tried": f" --file {tried}" if tried else "", "files": f', files=["{tried}"]' if tried else "",
        "version": ".".join(version(OWN_DISTRIBUTION).split(".")[:2]), "code": "ABC001",
        "words": name.replace("_", "-"), "module": f"{package}.{folder if kind == 'lint-rule' else name}",
        "used": USED.get(kind, IN_A_SCHEME).format(name=name, distribution=package.replace("_", "-")),
    }  # fmt: skip
    source = f"src/{package}"
    made = {"pyproject.toml": "pyproject.toml", "README.md": "README.md", "tests/test_promises.py": "test.py"}
    if kind == "lint-rule":
        made |= {f"{source}/__init__.py": "lint_hook.py", f"{source}/{folder}/__init__.py": "lint_rule.py"}
        made |= {f"{source}/{folder}/{example}": example for example in ("bad.yaml", "good.yaml")}
    else:
        made |= {f"{source}/__init__.py": "hook.py", f"{source}/{name}.py": f"{kind}.py"}
    if kind == "scorer":
        made["tests/test_in_a_scheme.py"] = "test_scorer.py"
    if kind == "reader":
        made[f"tests/export.{name}"] = "export"
    if kind == "report":
        made |= {"tests/scheme.yaml": "tried_scheme.yaml", "tests/bids.yaml": "tried_bids.yaml"}
    texts = {path: _filled(template, asked) for path, template in made.items()}
    return {**texts, f"{source}/py.typed": ""}


def _filled(template: str, asked: dict[str, str]) -> str:
    text = (files(__package__) / "templates" / f"{template}.tmpl").read_text(encoding="utf-8")
    return Template(text).substitute(asked)
