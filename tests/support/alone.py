"""What holds for every page that is written: it stands alone, lets nothing in, and keeps to the palette."""

from __future__ import annotations

import base64
import hashlib
import re

from contrast import TEXT_ON
from html_tree import Element

from tender_eval.documents.palette import COLOURS, PARTS


def check_it_stands_alone(found: Element) -> None:
    assert not found.all("script", "link", "img", "iframe", "object", "form", "base")
    ids = [e.attributes["id"] for e in found.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in found.walk():
        assert not {n for n in element.attributes if n.startswith("on") or n in ("src", "style", "srcdoc", "action")}
        if "href" in element.attributes:
            assert element.attributes["href"].removeprefix("#") in ids
    assert not re.search(r"url\(|@import|@font-face", found.one("style").text)


def check_the_policy_lets_nothing_in_but_the_style(found: Element) -> None:
    style = "".join(part for part in found.one("style").parts if isinstance(part, str))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(m for m in found.all("meta") if "http-equiv" in m.attributes)
    assert policy.attributes["content"].startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert policy.attributes["content"].count("'sha256-") == 1
    assert "unsafe" not in policy.attributes["content"]


def check_the_style_uses_the_palette_alone(found: Element) -> None:
    rules = re.sub(r":root \{.*?\}", "", found.one("style").text, count=1)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= set(PARTS)
    assert set(re.findall(r"var\(--([\w-]+)\)", rules)) <= set(COLOURS)
    assert set(re.findall(r"(?<![-\w])color: var\(--([\w-]+)\)", rules)) <= {text for text, _ in TEXT_ON}
