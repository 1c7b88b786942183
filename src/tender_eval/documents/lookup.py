"""A page on which a reader moves sliders and sees what was worked out before: one HTML file that fetches nothing.

Its script works out nothing. It joins the places of the sliders to a key, looks the key up and shows what it finds;
every setting that there is stands in the page. The page's own policy lets the browser run this script and no other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tender_eval.documents.html import policy_of, template
from tender_eval.documents.palette import COLOURS
from tender_eval.languages.inert import inert

Row = tuple[str, ...]
Told = tuple[str, tuple[tuple[bool, Row], ...]]
"""What is told of a setting, and the rows of its table; those that are marked win."""


@dataclass(frozen=True, slots=True)
class Slider:
    """What can be moved.

    Attributes:
        values: what each of its places stands for.
        start: the place where it begins, which need not be just what ``fixed`` says.
        fixed: what it stands for before anything is moved.
    """

    name: str
    values: tuple[str, ...]
    start: int
    fixed: str


@dataclass(frozen=True, slots=True)
class LookUp:
    """A table that turns on where the sliders are.

    Attributes:
        settings: by the places of the sliders with strokes between them, ``3/0/17``: what is told of each; the first
            cell of a row is the name in it.
        missing: what is told where there is no such setting.
        fixed: what is told and shown before anything is moved, as a setting is.
        notes: below the table.
    """

    id: str
    title: str
    sliders: tuple[Slider, ...]
    heads: Row
    settings: Mapping[str, Told]
    missing: str
    fixed: Told
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookUpPage:
    """Look-ups, one below the other; ``words`` are those of the page itself: ``script`` for where none may run."""

    title: str
    lead: str
    look_ups: tuple[LookUp, ...]
    language: str
    no_script: str
    reset: str
    foot: str


SCRIPT = """\
for (const part of document.querySelectorAll("section")) {
  const data = JSON.parse(part.querySelector("script").textContent);
  const sliders = [...part.querySelectorAll("input")];
  const told = part.querySelector(".told"), body = part.querySelector("tbody");
  const show = ([says, rows]) => {
    told.textContent = says;
    body.replaceChildren(...rows.map(([wins, cells]) => {
      const row = document.createElement("tr");
      row.className = wins ? "won" : "";
      row.append(...cells.map((text, column) => {
        const cell = document.createElement(column ? "td" : "th");
        if (!column) cell.scope = "row";
        cell.textContent = text;
        return cell;
      }));
      return row;
    }));
  };
  const label = (says) => sliders.forEach((slider, n) => {
    slider.nextElementSibling.textContent = says[n];
    slider.setAttribute("aria-valuetext", says[n]);
  });
  const look = () => {
    label(sliders.map((slider, n) => data.values[n][slider.value]));
    show(data.settings[sliders.map((slider) => slider.value).join("/")] ?? [data.missing, []]);
  };
  sliders.forEach((slider) => slider.addEventListener("input", look));
  part.querySelector("button").addEventListener("click", () => {
    sliders.forEach((slider) => { slider.value = slider.defaultValue; });
    label(data.begins);
    show(data.fixed);
  });
}
"""


def lookup_html(page: LookUpPage) -> str:
    """The page; the same gives the same text."""
    style = template("lookup.css.j2").render(colours=COLOURS)
    policy = policy_of(style, SCRIPT)
    data = {one.id: _data(one) for one in page.look_ups}
    return template("lookup.html.j2").render(page=page, style=style, script=SCRIPT, policy=policy, data=data)


def _data(found: LookUp) -> str:
    """What the script reads; nothing in it can end the element that it stands in."""
    told = {
        "values": [list(map(inert, slider.values)) for slider in found.sliders],
        "begins": [inert(slider.fixed) for slider in found.sliders],
        "settings": {key: _setting(setting) for key, setting in found.settings.items()},
        "missing": found.missing,
        "fixed": _setting(found.fixed),
    }
    return json.dumps(told, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _setting(setting: Told) -> list[object]:
    says, rows = setting
    return [inert(says), [[wins, list(map(inert, cells))] for wins, cells in rows]]
