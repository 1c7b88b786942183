"""Installed plugins: found by their entry points, isolated by TENDER_EVAL_LOAD_PLUGINS, and named when at fault."""

from __future__ import annotations

from typing import Any

import pytest

SCORER = '''\
from tender_eval import Reads, Scorer, hookimpl

class Acme{n}(Scorer):
    """Full marks to nobody. Source: none, it is made up."""
    name = "{name}"
    def reads(self, params):
        return (Reads("price"),)
    def score(self, bids, params, steps):
        return bids.column("price") * 0

@hookimpl
def tender_eval_scorers():
    return [Acme{n}]
'''


def scorer(name: str) -> str:
    return SCORER.format(n=1, name=name)


def own(found: dict[str, Any]) -> list[str]:
    """The plugins that are not built in, each as its distribution and version."""
    return [version for name, version, _ in found["plugins"] if not version.startswith("tender-eval ")]


def the_one(found: dict[str, Any], code: str) -> str:
    """The message of the one thing that was refused."""
    ((said, message, _hint),) = found["refused"]
    assert said == code
    return str(message)


@pytest.mark.slow
def test_an_installed_plugin_is_loaded_and_named(site: Any) -> None:
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers"}, acme_scorers=scorer("acme"))
    found = site.load("acme-scorers")
    assert ["acme", "acme-scorers 1.2", ["tender_eval_scorers"]] in found["plugins"]
    assert "acme" in found["scorers"]
    assert "mark" in found["scorers"]


@pytest.mark.slow
def test_isolation(site: Any) -> None:
    """Unset: every plugin; empty: none; else those that are named, by their distribution."""
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers"}, acme_scorers=scorer("acme"))
    site.install("best-scorers", "3.0", {"best": "best_scorers"}, best_scorers=scorer("best"))
    assert {"acme-scorers 1.2", "best-scorers 3.0"} <= set(own(site.load()))
    assert own(site.load("")) == []
    assert own(site.load(" , ")) == []
    assert own(site.load("acme-scorers")) == ["acme-scorers 1.2"]
    assert own(site.load("Best_Scorers , acme-scorers")) == ["acme-scorers 1.2", "best-scorers 3.0"]


@pytest.mark.slow
def test_isolation_that_names_what_is_not_installed(site: Any) -> None:
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers"}, acme_scorers=scorer("acme"))
    found = site.load("acme-scorer")
    message = the_one(found, "TE040")
    assert message == 'TENDER_EVAL_LOAD_PLUGINS names "acme-scorer", which is not an installed plugin'
    assert found["refused"][0][2] == 'did you mean "acme-scorers"?'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise RuntimeError('no licence')", "RuntimeError: no licence"),
        ("import nowhere_to_be_found", "ModuleNotFoundError: No module named 'nowhere_to_be_found'"),
        ("def broken(:", "SyntaxError: "),
        ("from tender_eval import Scorer\nclass Bad(Scorer):\n    name = 'bad'\n", "TypeError: Bad needs a docstring"),
    ],
)
def test_a_plugin_that_fails_to_import(site: Any, code: str, said: str) -> None:
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers"}, acme_scorers=code)
    message = the_one(site.load("acme-scorers"), "TE040")
    assert message.startswith('the plugin "acme" (acme-scorers 1.2) cannot be loaded: ' + said)


@pytest.mark.slow
def test_a_broken_plugin_stops_the_run_beside_sound_ones_unless_it_is_left_out(site: Any) -> None:
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers"}, acme_scorers="raise RuntimeError('no licence')")
    site.install("best-scorers", "3.0", {"best": "best_scorers"}, best_scorers=scorer("best"))
    assert "acme-scorers 1.2" in the_one(site.load("acme-scorers,best-scorers"), "TE040")
    assert own(site.load("best-scorers")) == ["best-scorers 3.0"]
    assert own(site.load("")) == []


@pytest.mark.slow
def test_an_entry_point_that_leads_to_nothing(site: Any) -> None:
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers:missing"}, acme_scorers="")
    message = the_one(site.load("acme-scorers"), "TE040")
    assert message.startswith('the plugin "acme" (acme-scorers 1.2) cannot be loaded: AttributeError: ')


@pytest.mark.slow
def test_a_duplicate_scorer_name_names_both_distributions(site: Any) -> None:
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers"}, acme_scorers=scorer("mark"))
    message = the_one(site.load("acme-scorers"), "TE041")
    assert message.startswith('"mark" is registered by tender-eval ')
    assert message.endswith(" and again by acme-scorers 1.2")
    site.install("best-scorers", "3.0", {"best": "best_scorers"}, best_scorers=scorer("twice"))
    site.install("cool-scorers", "4.0", {"cool": "cool_scorers"}, cool_scorers=scorer("twice"))
    message = the_one(site.load("best-scorers,cool-scorers"), "TE041")
    assert message == '"twice" is registered by best-scorers 3.0 and again by cool-scorers 4.0'


@pytest.mark.slow
def test_a_misspelt_hook_and_a_hook_of_another_shape(site: Any) -> None:
    misspelt = scorer("acme").replace("def tender_eval_scorers()", "def tender_eval_scorer()")
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers"}, acme_scorers=misspelt)
    message = the_one(site.load("acme-scorers"), "TE042")
    assert message == 'the plugin "acme" implements "tender_eval_scorer", which is no hook'
    asking = scorer("best").replace("def tender_eval_scorers()", "def tender_eval_scorers(config)")
    site.install("best-scorers", "3.0", {"best": "best_scorers"}, best_scorers=asking)
    message = the_one(site.load("best-scorers"), "TE042")
    assert message.startswith('the plugin "best" does not fit its hooks: ')


@pytest.mark.slow
def test_an_abstract_class_names_the_distribution(site: Any) -> None:
    abstract = scorer("acme").replace("def score(", "def scoer(")
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers"}, acme_scorers=abstract)
    message = the_one(site.load("acme-scorers"), "TE043")
    assert message.startswith("tender_eval_scorers of acme-scorers 1.2 gives <class 'acme_scorers.Acme1'>")


@pytest.mark.slow
def test_two_distributions_whose_plugins_have_one_name(site: Any) -> None:
    site.install("acme-scorers", "1.2", {"plugin": "acme_scorers"}, acme_scorers=scorer("acme"))
    site.install("best-scorers", "3.0", {"plugin": "best_scorers"}, best_scorers=scorer("best"))
    found = site.load("acme-scorers,best-scorers")
    assert "refused" in found or own(found) == ["acme-scorers 1.2", "best-scorers 3.0"], "neither is dropped unseen"
