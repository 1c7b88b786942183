"""Every output of every shipped scheme, bids file and spec, to compare a tree with another before a change lands.

python scripts/outputs.py FOLDER
diff -r FOLDER OTHER
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from tender_eval.cli import main as tender_eval

HOME = Path(__file__).parents[1]
AT = "2026-05-06T09:30:00Z"
PAIRS = (
    ("victim-services-cpqp", "victim-services-cpqp.bids.yaml"),
    ("level-playing-field", "level-playing-field.bids.yaml"),
    ("lots-largest-lead", "lots-largest-lead.bids.yaml"),
    ("consortium-lead-provider", "consortium-sutton.bids.yaml"),
    ("consortium-lead-provider", "consortium-surrey.bids.yaml"),
    ("rape-support-consortium", "rape-support-consortium.bids.yaml"),
    ("regional-quality-cost-risk", "regional-quality-cost-risk.bids.yaml"),
    ("small-grants-pot", "small-grants-pot.bids.yaml"),
    ("light-touch-60-40", "two-schemes.bids.yaml"),
    ("price-heavy-70-30", "two-schemes.bids.xlsx"),
    ("restricted-two-stage", "restricted-two-stage.bids.yaml"),
    ("framework-four-suppliers", "framework-four-suppliers.bids.yaml"),
    ("price-trap", "price-trap/bids.yaml"),
)  # as in fixtures/README.md
LOTS = frozenset(("level-playing-field", "lots-largest-lead"))
SPECS = ("county.yaml", "experiments/slower-pace.yaml", "experiments/consortium-weight.yaml")

Run = tuple[str, list[str]]


def runs(folder: Path) -> Iterator[Run]:
    """The name of each output, and the command that gives it."""
    for scheme in sorted({name for name, _ in PAIRS}):
        path = _scheme(scheme)
        yield f"{scheme}/show.txt", ["schemes", "show", path]
        yield f"{scheme}/lint.txt", ["lint", path]
        yield f"{scheme}/lint.json", ["lint", path, "--format", "json"]
        yield f"{scheme}/fairness-made-up.txt", ["fairness", path, "--draws", "1000"]
        for kind in ("markdown", "html", "docx"):
            yield f"{scheme}/methodology.{kind}", _to_file(["schemes", "publish", path, "--format", kind])
    for scheme, bids in PAIRS:
        yield from _of_pair(folder, scheme, bids)
    for name in SPECS:
        spec = ["simulate", "lots", f"fixtures/simulations/{name}", "--draws", "4000", "--workers", "1"]
        page = str(folder / "simulate" / Path(name).with_suffix(".html").name)
        yield f"simulate/{Path(name).stem}.txt", [*spec, "--html", page]
        yield f"simulate/{Path(name).stem}.json", [*spec, "--format", "json"]
    for name in ("scorers", "rules", "mechanisms", "schemes", "plugins"):
        yield f"lists/{name}.txt", [name, "list"] if name != "plugins" else [name]


def _of_pair(folder: Path, scheme: str, bids: str) -> Iterator[Run]:
    at, both = f"{scheme}/{Path(bids).name}", [_scheme(scheme), f"fixtures/{bids}"]
    for kind in ("table", "json", "markdown", "csv"):
        yield f"{at}/evaluate.{kind}", ["evaluate", *both, "--format", kind]
    if scheme in LOTS:
        yield f"{at}/award.txt", ["award", *both]
        yield f"{at}/award.json", ["award", *both, "--format", "json"]
    for bid in _ids(HOME / "fixtures" / bids):
        yield f"{at}/explain-{bid}.txt", ["explain", *both, bid]
        yield f"{at}/explain-{bid}.json", ["explain", *both, bid, "--format", "json"]
    page = str(folder / at / "fairness.html")
    yield f"{at}/fairness.txt", ["fairness", *both, "--draws", "1000", "--price-formulas", "--html", page]
    yield f"{at}/fairness.json", ["fairness", *both, "--draws", "1000", "--format", "json"]
    if scheme not in LOTS:
        example = ["schemes", "publish", both[0], "--example", both[1], "--published-on", "2026-05-06"]
        yield f"{at}/methodology.markdown", example
    record = str(folder / at / "record.jsonl")
    yield f"{at}/recorded.txt", ["evaluate", *both, "--record", record, "--at", AT]
    yield f"{at}/record.txt", ["audit", "show", record]
    yield f"{at}/verified.txt", ["audit", "verify", record]
    yield f"{at}/report.html", _to_file(["report", record])
    yield f"{at}/report.xlsx", _to_file(["report", record, "--format", "xlsx"])
    for kind in ("markdown", "html", "docx"):
        letters = ["report", record, "--format", "summaries", "--draft", "--as", kind, "--issued-on", "2026-05-06"]
        yield f"{at}/letters-{kind}", _to_file(letters)
    release = ["report", record, "--format", "ocds", "--ocid", "ocds-213czf-1", "--publisher", "Council"]
    yield f"{at}/release.json", _to_file([*release, "--at", AT, "--draft"])


def _scheme(name: str) -> str:
    return "fixtures/price-trap/scheme.yaml" if name == "price-trap" else f"schemes/{name}.yaml"


def _ids(bids: Path) -> list[str]:
    from tender_eval import load_bids

    return [bid.id for bid in load_bids(bids.relative_to(HOME)).bids]


def _to_file(command: list[str]) -> list[str]:
    """A command that writes the file, or the folder, that it is named for."""
    return [*command, "--output", "{}"]


def main(name: str) -> int:
    """Write all of them; the exit code is 0 when no command failed as a bug."""
    folder = Path(name).resolve()
    os.chdir(HOME)
    worst = 0
    for output, command in runs(folder):
        target = folder / output
        target.parent.mkdir(parents=True, exist_ok=True)
        done = CliRunner().invoke(tender_eval, [str(target) if part == "{}" else part for part in command])
        told = done.output.replace(str(folder), "")
        if "{}" not in command:
            target.write_text(told, encoding="utf-8")
        elif done.exit_code:
            target.with_suffix(".refused").write_text(told, encoding="utf-8")
        worst = max(worst, done.exit_code)
        if done.exit_code > 1:
            sys.stderr.write(f"{output}: exit {done.exit_code}: {' '.join(command)}\n{told[-2000:]}\n")
    return int(worst > 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
