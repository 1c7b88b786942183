"""What the HTML pages share: how templates print, the style, and the policy that goes with it.

Every value that a template prints is escaped and made inert (`_printed`), and the page's own policy lets a
browser load nothing and run nothing, so that no text of a bidder can do more than be read.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tender_eval.documents.palette import COLOURS, PARTS
from tender_eval.languages.inert import inert


def render(template: str, style: str, **values: object) -> str:
    """A page as the text of an HTML file.

    Args:
        template, style: files of the folder ``templates``.
        values: what the template prints, beside ``css`` and ``policy``.
    """
    css = _css(style)
    policy = f"default-src 'none'; style-src 'sha256-{_sha256(css)}'"
    return _environment().get_template(template).render(css=css, policy=policy, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("tender_eval.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _printed(value: object) -> object:
    """What every ``{{ }}`` goes through before it is escaped."""
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _css(style: str) -> str:
    text: str = _environment().get_template(style).render(colours=COLOURS, parts=PARTS)
    return text


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
