"""What a record holds of the files that were read."""

import base64

import pytest

from tender_eval.base.canonical import NotCanonical, digest
from tender_eval.case.inputs import file_of

CONTENT = b"format: tender-eval/bids/1\n"


def held(encoded: str) -> dict[str, str]:
    return {"name": "bids.yaml", "sha256": digest(CONTENT), "base64": encoded}


def test_the_bytes_of_a_file_come_back() -> None:
    assert file_of(held(base64.b64encode(CONTENT).decode())).data == CONTENT


@pytest.mark.parametrize("stray", ["*", "\n", " ", "é"])
def test_bytes_that_are_not_strictly_base64_are_refused(stray: str) -> None:
    """A lenient decoder leaves such signs out, and the digest would fit."""
    encoded = base64.b64encode(CONTENT).decode()
    with pytest.raises(NotCanonical, match="not base64"):
        file_of(held(encoded[:8] + stray + encoded[8:]))


@pytest.mark.parametrize("name", ["name", "sha256", "base64"])
def test_what_is_not_whole_is_refused(name: str) -> None:
    whole = held(base64.b64encode(CONTENT).decode())
    with pytest.raises(NotCanonical, match="needs name, sha256 and base64"):
        file_of({key: value for key, value in whole.items() if key != name})
    with pytest.raises(NotCanonical, match="must be text"):
        file_of({**whole, name: ["x"]})
