"""Open Word files in another program: LibreOffice makes tagged PDF (PDF/UA) of them, and what it tagged is looked at.

Usage: python scripts/check_docx.py [--keep FOLDER] [FILE...]

Without files a letter and a report in English, in Welsh and with English beside it are made. Of each: the language of
the whole is the document's own and every other that it has is stated; it has a title, which is shown; headings go down
one level at a time; every table has heads that say what they are the heads of; every picture has a text. That is the
part of PDF/UA that hangs on the Word file; no conformance is claimed. Debian: libreoffice-writer-nogui, poppler-utils.
Exit code 0: nothing found; 1: something; 2: a program is not installed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tender_eval import compile_scheme, load_bids, load_scheme
from tender_eval.documents.docx import document_docx
from tender_eval.languages.catalogue import ENGLISH, WELSH
from tender_eval.report.evaluation.report import report_document
from tender_eval.report.letters.document import letters_of
from tender_eval.report.terms.bilingual import in_both

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from shipped import case_of  # noqa: E402

CASE = "victim-services-cpqp"
EXPORT = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
LANGUAGES = {"cy": {"cy-GB"}, "en": {"en-GB"}, "both": {"cy-GB", "en-GB"}}
"""What must be stated, by the ending of a file's name; the first of it is that of the whole."""


def main() -> int:
    """Check, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--keep", type=Path, help="leave the files in this folder")
    asked = parser.parse_args()
    if not (shutil.which("soffice") and shutil.which("pdfinfo")):
        print("soffice and pdfinfo are needed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as held:
        folder = asked.keep or Path(held)
        folder.mkdir(parents=True, exist_ok=True)
        files = asked.files or make(folder)
        profile = f"-env:UserInstallation=file://{held}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", EXPORT, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603
        found = [f"{file.name}: {one}" for file in files for one in faults(folder / f"{file.stem}.pdf")]
    print("\n".join([*found, f"{len(files)} files: {'something was found' if found else 'nothing found'}"]))
    return 1 if found else 0


def make(folder: Path) -> list[Path]:
    """A letter and a report in each language, and the letter in both."""
    case = case_of(
        compile_scheme(load_scheme(str(ROOT / "schemes" / f"{CASE}.yaml"))),
        load_bids(str(ROOT / "fixtures" / f"{CASE}.bids.yaml")),
    )
    loser = case.bids.bids[1].id
    welsh, english = (letters_of(case, loser, language=one)[loser].document for one in (WELSH, ENGLISH))
    made = {
        "letter-en": english,
        "letter-cy": welsh,
        "letter-both": in_both(welsh, english, "letters"),
        "report-en": report_document(case),
        "report-cy": report_document(case, language=WELSH),
    }
    files = [folder / f"{name}.docx" for name in made]
    for file, document in zip(files, made.values(), strict=True):
        file.write_bytes(document_docx(document))
    return files


def faults(pdf: Path) -> Iterator[str]:
    """What the tags of a file leave out."""
    command = ["pdfinfo", "-struct", str(pdf)]
    tree = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout  # noqa: S603
    yield from languages(pdf)
    yield from headings(tree)
    tables = re.split(r"(?m)^ *Table\b", tree)[1:]
    yield from (f"table {n} has no heads" for n, one in enumerate(tables, start=1) if "/Scope" not in one)
    pictures = re.split(r"(?m)^ *Figure\b", tree)[1:]
    yield from (f"picture {n} has no text" for n, one in enumerate(pictures, start=1) if '"' not in one.split("\n")[0])


def languages(pdf: Path) -> Iterator[str]:
    """What is wrong with the languages and the title that a file states."""
    data = pdf.read_bytes()
    stated = re.search(rb"/Type/Catalog.*?endobj", data, re.DOTALL)
    catalog = stated.group().decode("latin-1") if stated else ""
    whole = re.search(r"/Lang\(([^)]*)\)", catalog)
    asked = LANGUAGES.get(pdf.stem.rpartition("-")[2], set())
    every = {found.decode("latin-1") for found in re.findall(rb"/Lang\(([^)]*)\)", data)}
    first = sorted(asked)[0] if asked else ""
    if not whole or (first and whole.group(1) != first):
        yield f"its language is {whole.group(1) if whole else 'not stated'}{first and f', not {first}'}"
    yield from (f"no part of it is in {one}" for one in sorted(asked - every))
    if "/DisplayDocTitle true" not in catalog:
        yield "its title is not shown"


def headings(tree: str) -> Iterator[str]:
    """Where headings leave a level out, or are none."""
    levels = [int(level) for level in re.findall(r"(?m)^ *H([1-6])\b", tree)]
    if not levels:
        yield "no headings"
    for above, level in zip([0, *levels], levels, strict=False):
        if level > above + 1:
            yield f"a heading of level {level} below one of level {above}"


if __name__ == "__main__":
    sys.exit(main())
