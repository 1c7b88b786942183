"""HTML as a tree, as far as tests look at it. What is not closed, or closed by another tag, is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

INLINE = frozenset(("a", "bdi", "code", "i", "span", "strong"))
VOID = frozenset(("meta", "br", "input", "col", "rect", "link", "img"))


@dataclass
class Element:
    """An element with its attributes, and the elements and texts in it."""

    tag: str
    attributes: dict[str, str]
    parts: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the page."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """The elements below with one of the tags and these attributes; ``class_`` is one of the classes."""
        named = {k.rstrip("_"): v for k, v in attributes.items()}
        return [e for e in self.walk() if e is not self and (not tags or e.tag in tags) and e._has(named)]

    def one(self, *tags: str, **attributes: str) -> Element:
        """The only one."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    @property
    def text(self) -> str:
        """All text, with its blanks made single."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            elif part.tag in INLINE:
                yield from part._texts()
            else:
                yield from (" ", *part._texts(), " ")

    def _has(self, wanted: dict[str, str]) -> bool:
        return all(
            value in self.attributes.get(name, "").split() if name == "class" else self.attributes.get(name) == value
            for name, value in wanted.items()
        )


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice in {tag}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"</{tag}> closes <{closed.tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def tree(text: str) -> Element:
    """The tree of a page."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert len(builder.open) == 1, f"<{builder.open[-1].tag}> is not closed"
    return builder.open[0]


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def section(found: Element, heading: str) -> Element:
    """A heading that is this text, or begins with it, and what follows up to the next of its level or a higher one."""
    for parent in (found, *found.walk()):
        parts = [part for part in parent.parts if isinstance(part, Element)]
        for n, part in enumerate(parts):
            if part.tag in HEADINGS and part.text.startswith(heading):
                ends = (m for m in range(n + 1, len(parts)) if parts[m].tag in HEADINGS and parts[m].tag <= part.tag)
                return Element("section", {}, list(parts[n : next(ends, len(parts))]))
    raise AssertionError(f"no heading {heading!r}")
