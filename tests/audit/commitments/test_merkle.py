"""Trees as RFC 9162 has them: the vectors of the first implementation, and no way to prove what is not there."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.audit.commitments.merkle import leaf, path, root, root_by

INPUTS = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = st.lists(st.binary(max_size=4).map(leaf), min_size=1, max_size=20)


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_reference_implementation(size: int) -> None:
    """Of Certificate Transparency: cpp/merkletree/merkle_tree_test.cc."""
    assert root([leaf(data) for data in INPUTS[:size]]).hex() == ROOTS[size - 1]


def test_an_empty_tree_is_the_hash_of_nothing() -> None:
    assert root([]) == sha256(b"").digest()


@pytest.mark.slow
@given(LEAVES, st.data())
def test_a_path_leads_to_the_root_from_its_own_leaf_and_place_alone(leaves: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    way, whole = path(leaves, at), root(leaves)
    assert root_by(leaves[at], at, len(leaves), way) == whole
    assert root_by(leaf(b"another leaf"), at, len(leaves), way) != whole
    assert root_by(leaves[at], at, len(leaves), (*way, whole)) != whole
    assert root_by(leaves[at], len(leaves), len(leaves), way) is None
    assert root_by(leaves[at], -1, len(leaves), way) is None
    if way:
        assert root_by(leaves[at], at, len(leaves), way[:-1]) is None


def test_no_node_passes_for_a_leaf_and_no_leaf_is_doubled() -> None:
    one, two, three = (leaf(bytes([n])) for n in range(3))
    assert root([root([one, two]), three]) == root([one, two, three])  # by its hash alone, a node is no leaf:
    assert leaf(one + two) != root([one, two])
    assert root([one, two, three]) != root([one, two, three, three])
