from tender_eval.model.codes import CODES
from tender_eval.model.diagnostics import Diagnostic, Severity
from tender_eval.model.location import Location
from tender_eval.report.diagnostics import AROUND, diagnostics_text

TEXT = "format: x\r\ncriteria:\n  - id: price\n    weight: 60\n"


def test_place_problem_line_caret_and_mend() -> None:
    found = Diagnostic("TE022", "the weights are 60, not 100", Location("scheme.yaml", 4, 5), "make them add up")
    assert diagnostics_text([found], {"scheme.yaml": TEXT}) == (
        "scheme.yaml:4:5: error TE022: the weights are 60, not 100\n"
        "   4 |     weight: 60\n"
        "     |     ^\n"
        "  mend: make them add up\n"
        "1 error\n"
    )


def test_without_a_hint_the_catalogue_says_how_to_mend() -> None:
    text = diagnostics_text([Diagnostic("TE040", "a plugin")], {})
    assert text == f"error TE040: a plugin\n  mend: {CODES['TE040'].mend}\n1 error\n"


def test_no_excerpt_of_a_spreadsheet_or_of_what_was_not_given() -> None:
    cell = Diagnostic("TE013", "no number", Location("bids.xlsx", cell="Bids!C7"), "mend it")
    other = Diagnostic("TE013", "no number", Location("/etc/passwd", 1, 1), "mend it")
    beyond = Diagnostic("TE013", "no number", Location("scheme.yaml", 99, 1), "mend it")
    text = diagnostics_text([cell, other, beyond], {"scheme.yaml": TEXT, "bids.xlsx": "PK"})
    assert "|" not in text
    assert text.startswith("bids.xlsx!Bids!C7: error TE013: no number\n  mend: mend it\n")


def test_a_long_line_is_cut_around_the_column() -> None:
    line = "a" * 500 + "X" + "b" * 500
    text = diagnostics_text([Diagnostic("TE013", "m", Location("s", 1, 501), "h")], {"s": line})
    excerpt, caret = text.splitlines()[1:3]
    assert len(excerpt) <= AROUND + len("   1 | ……")
    assert excerpt.index("X") == caret.index("^")
    assert excerpt.count("…") == 2


def test_what_cannot_be_seen_is_spelt_out_and_the_caret_still_points() -> None:
    text = diagnostics_text([Diagnostic("TE003", "bad \x1b[0m", Location("s", 1, 4), "\u202e")], {"s": "\t漢\x1bX"})
    shown = text.splitlines()
    assert shown[0] == r"s:1:4: error TE003: bad \x1b[0m"
    assert shown[1] == r"   1 | \t漢\x1bX"
    assert shown[2] == "     |" + " " * (1 + len(r"\t漢\x1b") + 1) + "^"
    assert shown[3] == r"  mend: \u202e"


def test_lines_end_where_yaml_ends_them() -> None:
    found = Diagnostic("TE010", "m", Location("s", 4, 1), "h")
    assert "   4 | here" in diagnostics_text([found], {"s": "one\rtwo\r\nth\x0bree\nhere\n"})


def test_the_last_line_counts() -> None:
    errors = [Diagnostic("TE013", str(n)) for n in range(3)]
    warning = Diagnostic("TE013", "w", severity=Severity.WARNING)
    assert diagnostics_text([*errors, warning], {}).splitlines()[-1] == "3 errors, 1 warning"
