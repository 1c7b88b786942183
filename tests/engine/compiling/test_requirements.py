"""What a scheme requires to be installed: a distribution and its versions, and nothing that would go unread."""

import pytest
from inline import CATALOGUE, leaf, scheme

from tender_eval import Mechanism, Refused, compile_scheme, scheme_from_data
from tender_eval.engine.compiling import requirements
from tender_eval.lots.mechanisms.lot_order import LotOrder
from tender_eval.plugins.catalogue import PluginInfo, Registered


def refused(requirement: str) -> str:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), award={"on_rejection": "recompute"}, requires=[requirement])
    try:
        compile_scheme(scheme_from_data(stated), CATALOGUE)
    except Refused as e:
        (said,) = e.diagnostics
        assert said.code == "TE030"
        return said.message
    return ""


@pytest.mark.parametrize("met", ["tender-eval", "tender_eval >= 0.1", "Tender.Eval>=0.1, <99", "tender-eval~=0.1"])
def test_what_is_installed_is_enough(met: str) -> None:
    assert refused(met) == ""


def test_another_version_is_told_with_the_one_that_is_there() -> None:
    assert refused("tender-eval >= 99").startswith("the scheme requires tender-eval>=99, but installed is tender-eval ")


def test_a_pre_release_counts() -> None:
    assert refused("tender-eval>=0.0.1a1") == ""


@pytest.mark.parametrize(
    "other",
    ["", ">=1", "tender-eval>=", "tender-eval=>1", "tender-eval 1", "tender-eval[sign]>=0.1", "-tender>=1",
     "tender-eval>=0.1; python_version < '3'", "tender-eval @ file:///x", "version 2 of tender-eval"],
)  # fmt: skip
def test_what_is_neither_name_nor_versions_is_no_requirement(other: str) -> None:
    assert refused(other) == f'"{other}" is not a requirement'


def test_a_method_that_is_named_in_place_of_its_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(name: str) -> str:
        if name != "tender-eval-waiting-days":
            raise requirements.PackageNotFoundError
        return "0.1.0"

    monkeypatch.setattr(requirements, "version", installed)
    stated = scheme(
        leaf("price", 100, "ratio_to_lowest"), award={"on_rejection": "recompute"}, requires=["waiting_days>=0.1"]
    )
    with pytest.raises(Refused) as e:
        compile_scheme(scheme_from_data(stated), CATALOGUE)
    (said,) = e.value.diagnostics
    assert said.code == "TE030"
    assert said.hint == 'write the distribution, which is installed: "tender-eval-waiting-days>=0.1"'


@pytest.mark.parametrize(("requires", "told"), [([], ["TE033"]), (["acme-lots>=1.2"], [])])
def test_a_mechanism_of_a_plugin_is_told_where_the_scheme_does_not_require_it(
    requires: list[str], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requirements, "version", lambda name: "1.2")
    mechanism = Registered("in_turn", PluginInfo("lots", "acme-lots", "1.2"), LotOrder, Mechanism)
    catalogue = CATALOGUE._replace(mechanisms={"in_turn": mechanism})
    award = {"on_rejection": "recompute", "lots": {"mechanism": "in_turn"}}
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), award=award, requires=requires)
    notices = compile_scheme(scheme_from_data(stated), catalogue).plan.notices
    assert [d.code for d in notices] == told
    assert all('"in_turn" is of acme-lots 1.2' in d.message for d in notices)
