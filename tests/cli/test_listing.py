"""One plugin at fault hides none of the others where people look what is installed, and is told after them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
ERRORS = Path(__file__).parents[1] / "errors"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin that cannot be imported is installed, and one whose scorer is a reference that leads nowhere."""
    for site in ("TE040/1-import", "TE043/2-reference"):
        monkeypatch.syspath_prepend(str(ERRORS / site / "site"))
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "tender-eval-te040,tender-eval-te043")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    ("command", "sound"),
    [
        (("plugins",), "tender_eval_scorers"),
        (("scorers", "list"), "ratio_to_lowest"),
        (("rules", "list"), "highest_score"),
        (("mechanisms", "list"), "lot_order"),
    ],
)
def test_what_is_sound_is_listed(run: Run, command: tuple[str, ...], sound: str) -> None:
    found = run(*command)
    assert sound in found.stdout
    assert "TE040" in found.stderr
    assert ("TE043" in found.stderr) is (command == ("scorers", "list")), "what is loaded on demand is at fault there"
    assert found.exit_code == 1


@pytest.mark.usefixtures("broken")
def test_nothing_is_evaluated_by_what_is_left(run: Run) -> None:
    found = run("evaluate", str(ERRORS / "TE047" / "scheme.yaml"), str(ERRORS / "TE047" / "bids.yaml"))
    assert (found.exit_code, found.stdout) == (1, "")
    assert "TE040" in found.stderr
