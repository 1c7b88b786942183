from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]

HOLDS = """\
format: tender-eval/test/1
cases:
  - {name: published, bids: bids.yaml, expect: {winner: [a], figures: {a: "93.33"}}}
"""
FAILS = (
    HOLDS.replace("[a]", "[b]")
    .replace("published", "wrong \\u202e")
    .replace("{name: wrong", '{name: "wrong')
    .replace("\\u202e", '\\u202e"')
)


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


def test_a_case_that_holds(run: Run) -> None:
    write("scheme.test.yaml", HOLDS)
    result = run("test", ".")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "ok      scheme.test.yaml:3  published\n1 case, 0 failed\n"


def test_a_case_that_fails_shows_what_was_expected_and_found(run: Run) -> None:
    write("scheme.test.yaml", HOLDS)
    Path("more").mkdir()
    write("more/x.test.yaml", FAILS.replace("bids: bids.yaml", "scheme: ../scheme.yaml, bids: ../bids.yaml"))
    result = run("test", "scheme.test.yaml", ".")
    assert result.exit_code == 1
    assert result.stdout == (
        "FAILED  more/x.test.yaml:3  wrong \\u202e\n"
        "          winner: expected b; found a\n"
        "ok      scheme.test.yaml:3  published\n"
        "2 cases, 1 failed\n"
    )


def test_finding_none_is_a_failure(run: Run) -> None:
    result = run("test", ".")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "no *.test.yaml files there\n"
    assert run("test").exit_code == 2
    assert run("test", "no-such-folder").exit_code == 2


def test_a_broken_file_fails_and_the_others_still_run(run: Run) -> None:
    write("scheme.test.yaml", HOLDS)
    write("broken.test.yaml", "format: tender-eval/test/1\ncases: []\n")
    result = run("test", ".")
    assert result.exit_code == 1
    assert "ok      scheme.test.yaml:3" in result.stdout
    assert "broken.test.yaml:2:8: error TE018" in result.stderr
