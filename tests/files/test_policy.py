"""Who must sign which acts: the file of a policy, and what is wrong with one."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import jsonschema
import pytest

from tender_eval import Refused
from tender_eval.files.policy import PolicyFile, Signers, policy_of
from tender_eval.files.schema import file_schema
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_yaml
from tender_eval.model.diagnostics import Problems

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "src/tender_eval/schema/policy-1.schema.json").read_text(encoding="utf-8")
)


def key(byte: int) -> str:
    return base64.b64encode(bytes.fromhex("302a300506032b6570032100") + bytes([byte] * 32)).decode("ascii")


WHOLE = f"""\
format: tender-eval/policy/1
people:
  chair: {{name: A. Chair, key: {key(1)}}}
  finance: {{key: {key(2)}}}
acts:
  decide: {{by: [chair, finance], least: 1}}
  correct: {{by: [chair, finance]}}
"""


def test_the_whole_file() -> None:
    found = policy_of(Source("policy.yaml", WHOLE.encode()))
    assert [(one.id, one.name, one.key) for one in found.people] == [
        ("chair", "A. Chair", bytes([1] * 32)), ("finance", "finance", bytes([2] * 32)),
    ]  # fmt: skip
    assert found.acts == {"decide": Signers(("chair", "finance"), 1), "correct": Signers(("chair", "finance"), 2)}
    assert file_schema("tender-eval policy", PolicyFile) == SCHEMA
    jsonschema.validate(parse_yaml(Source("policy.yaml", WHOLE.encode()), Problems()), SCHEMA)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("by: [chair, finance]}", "by: [chair, finence]}", 'TE072: no person "finence".*mend: did you mean "finance"'),
        ("least: 1", "least: 3", "policy.yaml:6:11: error TE015: 3 must sign, of 2 who can"),
        ("least: 1", "least: 0", "TE015"),
        ("[chair, finance], least: 1", "[]", "TE018"),
        ("  decide:", "  decides:", 'policy.yaml:6:3: error TE010: "decides" is no kind of act.*did you mean "decide"'),
        (key(2), key(1), 'TE086: "finance" has the key of "chair"'),
        (key(2), key(2)[:-4], "policy.yaml:4:18: error TE086: this is no public key of Ed25519.*BEGIN and END"),
        (key(2), "chair-public.pem", "TE086"),
        ("  finance:", "  the finance:", "TE019"),
        ("least: 1", "most: 1", "TE010"),
        ("policy/1", "policy/2", "TE005"),
        (WHOLE[WHOLE.index("acts:") :], "", "TE011"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(old: str, new: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        policy_of(Source("policy.yaml", WHOLE.replace(old, new).encode()))
    told = "\n".join(f"{one} mend: {one.hint}" for one in refused.value.diagnostics)
    assert re.search(says, told, re.DOTALL), told
