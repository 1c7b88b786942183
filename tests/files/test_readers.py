"""Whose reading of a bids file counts: of a kind that tender-eval reads itself, no plugin's that nobody asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from inline import refusal
from odd import PortalReader

from tender_eval import load_bids
from tender_eval.files.readers import YamlReader, reader_for
from tender_eval.files.source import Source

BIDS = "# portal\nformat: tender-eval/bids/1\nbids:\n  - {id: a, price: 100}\n"


class OfPortal(PortalReader):
    """What a portal exports as YAML. Source: none, it is made up."""

    name = "portal"
    suffixes = (".yaml", ".portal")

    def recognises(self, source: Source) -> bool:
        return source.suffix in self.suffixes and source.data.startswith(b"# portal")


BROUGHT = {"portal (acme 1.2)": OfPortal}
BOTH = {**BROUGHT, "portal (zeta 2.0)": OfPortal}


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "bids.yaml"
    path.write_text(BIDS, encoding="utf-8")
    return path


def test_a_file_that_is_read_by_ourselves_needs_the_reader_to_be_named(exported: Path) -> None:
    """Found: a reader that claimed .yaml took over every bids file."""
    (said,) = refusal(load_bids, exported, BROUGHT)
    assert (said.code, said.message) == (
        "TE049",
        f"portal (acme 1.2) recognises {exported}, which tender-eval reads itself",
    )
    assert "--reader portal" in said.hint
    assert [d.message for d in load_bids(exported, BROUGHT, "portal").notices] == [
        f"{exported} was read by portal (acme 1.2), not by tender-eval itself"
    ]
    assert load_bids(exported).notices == ()


@pytest.mark.parametrize(
    ("brought", "asked", "message", "hint"),
    [
        (BROUGHT, "portall", 'no plugin brings a reader "portall"', 'did you mean "portal"?'),
        ({}, "portal", 'no plugin brings a reader "portal"', "install the plugin that does"),
        (
            BOTH,
            "portal",
            'several readers are called "portal": portal (acme 1.2) and portal (zeta 2.0)',
            'name one in full: --reader "portal (acme 1.2)"',
        ),
    ],
)
def test_a_reader_that_cannot_be_had_is_told(
    exported: Path, brought: dict[str, type[OfPortal]], asked: str, message: str, hint: str
) -> None:
    (said,) = refusal(load_bids, exported, brought, asked)
    assert (said.code, said.message, said.hint) == ("TE049", message, hint)


def test_one_named_in_full_reads_what_two_recognise(exported: Path) -> None:
    assert len(load_bids(exported, BOTH, "portal (zeta 2.0)").bids) == 1


def test_one_that_does_not_recognise_the_file_reads_nothing() -> None:
    (said,) = refusal(reader_for, Source("b.yaml", b"format: x", reader="portal"), BROUGHT)
    assert said.message == 'the reader "portal" does not recognise b.yaml'


def test_a_file_of_its_own_kind_needs_no_name_and_a_record_is_read_as_it_was() -> None:
    own = Source("b.portal", BIDS.encode())
    assert reader_for(own, BROUGHT)[0] == "portal (acme 1.2)"
    recorded = replace(own, name="b.yaml", recorded=True)
    assert reader_for(recorded, BROUGHT)[0] == "portal (acme 1.2)"
    assert isinstance(reader_for(replace(recorded, data=b"format: x"), BROUGHT)[1], YamlReader)
