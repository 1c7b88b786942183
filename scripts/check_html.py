"""Open HTML pages in a browser: nothing that axe-core finds, nothing fetched, nothing wider than a phone.

Usage: check_html.py [--modules DIR] [--chromium FILE] [--keep DIR] [--made DIR] [FILE...]

Without files the evaluation and fairness reports of all demo cases, the pages of some simulations, and letters, a
methodology and a report in Welsh, with English beside it and in large print, are made and checked. ``--modules`` is a
folder in which ``npm install axe-core playwright-core`` was run (default: the working folder), ``--made`` one of pages
of simulations that are there already: those that ``make figures`` leaves where TENDER_EVAL_PAGES says.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from tender_eval import compile_scheme, load_bids, load_scheme
from tender_eval.documents.html import document_html
from tender_eval.fairness.analyse import analyse
from tender_eval.fairness.findings.analysis import AnalysisOptions
from tender_eval.files.source import read_source
from tender_eval.languages.catalogue import ENGLISH, WELSH
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.report.decision.document import decision_document
from tender_eval.report.evaluation.report import report_document
from tender_eval.report.fairness.document import fairness_document
from tender_eval.report.letters.document import letters_of
from tender_eval.report.methodology.document import publish
from tender_eval.report.simulation.document import simulation_document
from tender_eval.report.terms.bilingual import in_both
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.run import simulate_lots
from tender_eval.simulation.spec.variations import variations

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from shipped import case_of  # noqa: E402

MOST_PAGES = {
    "county-by-and-for-lots-fairness": 15,
    "county-by-and-for-lots": 30,
    "supported-homes-offers": 16,
    "-decision": 2,
    "-fairness": 40,
    "-simulation": 40,
    "-letter": 12,
    "-large": 30,
    "-methodology": 12,
    "-both": 24,
    "": 12,
}
"""Of A4, by the ending of a name: a paper to be decided on, a report of some five bids, and ones of twelve
lots and of three with offers for several."""
WELSH_CASE = "victim-services-cpqp"
SIMULATIONS = ("county.yaml", "experiments/turnover-condition.yaml")
VARIED = 6  # assumptions of a simulation made here that are varied; solving anew for each takes nearly all the time
AT_ONCE = 2  # processes that make pages, and browsers that look at them
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Check, and say what was found; 0 where that is nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--modules", type=Path, default=Path.cwd())
    parser.add_argument("--chromium", default=next(filter(None, map(shutil.which, BROWSERS)), ""))
    parser.add_argument("--keep", type=Path, help="leave the reports of the demo cases in this folder")
    parser.add_argument("--made", type=Path, help="pages of simulations that are made already")
    asked = parser.parse_args()
    node = shutil.which("node")
    if not node or not asked.chromium:
        parser.error("node and Chromium are needed")
    with tempfile.TemporaryDirectory() as folder:
        files = asked.files or make_reports(asked.keep or Path(folder), asked.made)
        program, printed = str(Path(__file__).with_suffix(".mjs")), "screen" if asked.files else "print"
        command = [node, program, str(asked.modules), asked.chromium, printed]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            failed = sum(pool.map(partial(looked_at, command), dealt(files)))
        if not asked.files:
            failed += sum(map(too_long, files))
    print(f"{len(files)} files: {'something was found' if failed else 'nothing found'}")
    return 1 if failed else 0


def dealt(files: Sequence[Path]) -> list[list[Path]]:
    """The pages by the browser that looks at them: the largest, which take the longest, one to each in turn."""
    ordered = sorted(files, key=lambda file: file.stat().st_size, reverse=True)
    return [ordered[n::AT_ONCE] for n in range(AT_ONCE)]


def looked_at(command: Sequence[str], files: Sequence[Path]) -> int:
    """0 where a browser finds nothing in these pages."""
    return subprocess.run([*command, *map(str, files)], check=False).returncode if files else 0  # noqa: S603


def make_reports(folder: Path, made: Path | None = None) -> list[Path]:
    """The reports of each scheme that has a fixture of its own, pages of simulations and pages in Welsh."""
    folder.mkdir(parents=True, exist_ok=True)
    pages: list[Callable[[Path], list[Path]]] = [welsh_pages]
    pages += [partial(simulation_page, ROOT / "fixtures" / "simulations" / name, made) for name in SIMULATIONS]
    for bids in sorted((ROOT / "fixtures").glob("*.bids.yaml")):
        scheme = ROOT / "schemes" / f"{bids.name.removesuffix('.bids.yaml')}.yaml"
        if scheme.exists():
            pages.append(partial(case_pages, scheme, bids))
    with ProcessPoolExecutor(AT_ONCE) as pool:
        return [path for done in [pool.submit(page, folder) for page in pages] for path in done.result()]


def case_pages(scheme: Path, bids_file: Path, folder: Path) -> list[Path]:
    """The evaluation report, the paper for the decision and the fairness report of a scheme and its bids."""
    compiled, bids = compile_scheme(load_scheme(str(scheme))), load_bids(str(bids_file))
    case = case_of(compiled, bids)
    stressed = analyse(compiled, bids, AnalysisOptions(draws=500, price_formulas=True))
    pages = {
        f"{scheme.stem}.html": report_document(case),
        f"{scheme.stem}-decision.html": decision_document(case),
        f"{scheme.stem}-fairness.html": fairness_document(stressed),
    }
    for file, document in pages.items():
        (folder / file).write_text(document_html(document), encoding="utf-8")
    return [folder / file for file in pages]


def welsh_pages(folder: Path) -> list[Path]:
    """Letters, a methodology and a report in Welsh, with English beside it and in large print, as if checked."""
    name = ROOT / "schemes" / f"{WELSH_CASE}.yaml", ROOT / "fixtures" / f"{WELSH_CASE}.bids.yaml"
    compiled = compile_scheme(load_scheme(str(name[0])))
    case = case_of(compiled, load_bids(str(name[1])))
    first = case.bids.bids[0].id
    welsh, english = (
        letters_of(case, first, language=language, checked_by=reader)[first].document
        for language, reader in ((WELSH, "A. Reader"), (ENGLISH, ""))
    )
    report = report_document(case, language=WELSH, checked_by="A. Reader")
    pages = {
        f"{first}-letter": in_both(welsh, english, "letters"),
        f"{first}-large": replace(welsh, large_print=True),
        f"{WELSH_CASE}-methodology": publish(compiled, language=WELSH, checked_by="A. Reader"),
        f"{WELSH_CASE}-welsh": report,
        f"{WELSH_CASE}-both": in_both(report, report_document(case), columns=False),
    }
    found = [folder / f"{stem}.html" for stem in pages]
    for file, document in zip(found, pages.values(), strict=True):
        file.write_text(document_html(document), encoding="utf-8")
    return found


def too_long(file: Path) -> bool:
    """Whether a page was printed on more paper than it should."""
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", file.with_suffix(".pdf").read_bytes()))
    most = next(most for ending, most in MOST_PAGES.items() if file.stem.endswith(ending))
    if pages > most:
        print(f"{file.name}: {pages} printed pages, more than {most}")
    return pages > most


def simulation_page(file: Path, made: Path | None, folder: Path) -> list[Path]:
    """The page of a simulation: as it is made already, or of few tenders, enough to look at, not to learn from."""
    path = folder / f"{file.stem}-simulation.html"
    if made and (made / path.name).exists():
        shutil.copy(made / path.name, path)
        return [path]
    catalogue = load_catalogue()
    spec = replace(load_spec(read_source(file), catalogue, read_source), draws=200)
    sources = {v.name: "taken as known, to look at the page" for v in variations(spec)[VARIED:]}
    found = simulate_lots(replace(spec, sources={**spec.sources, **sources}), catalogue, sensitivity_draws=32, points=4)
    path.write_text(document_html(simulation_document(found)), encoding="utf-8")
    return [path]


if __name__ == "__main__":
    sys.exit(main())
