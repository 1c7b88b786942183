"""However many faults a file has, saying so is linear in its size, and the list of them has an end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from inline import refusal

from tender_eval import load_bids

Write = Callable[[str, str | bytes], str]
MB = 2**20
HEAD = "format: tender-eval/bids/1\nbids:\n"
MOST = 2_000  # nobody reads more, and a million of them fill memory


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("bids:\n- &a {id: x}\n" + "- *a\n" * (MB // 5), id="aliases in a block"),
        pytest.param("bids: [&a x" + ",*a" * (MB // 3) + "]", id="aliases in a flow"),
        pytest.param("bids:\n" + "- !x y\n" * (MB // 7), id="tags"),
        pytest.param("bids:\n" + "- NO\n" * (MB // 5), id="disputed values"),
        pytest.param("".join(f"k{n}: *a\n" for n in range(MB // 12)), id="aliases under keys"),
    ],
)
def test_a_megabyte_of_faults(write: Write, text: str) -> None:
    said = refusal(load_bids, write("bomb.yaml", text))
    assert 1 <= len(said) <= MOST


@pytest.mark.slow
def test_many_unknown_keys_in_one_mapping(write: Write) -> None:
    """With a scan of the mapping for each key this takes a minute and more."""
    keys = ", ".join(f"k{n}: 1" for n in range(40_000))
    assert refusal(load_bids, write("bids.yaml", HEAD + f"- {{id: a, {keys}}}\n"))


@pytest.mark.slow
def test_a_long_wrong_value_is_not_repeated_whole(write: Write) -> None:
    said = refusal(load_bids, write("bids.yaml", HEAD + f"- {{id: '{'?' * MB}', price: 1}}\n"))
    assert len(said[0].message) < 1_000
