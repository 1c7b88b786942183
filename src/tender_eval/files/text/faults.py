"""What is wrong with broken YAML, in words for people who do not know YAML; from the text alone.

No word of a library stands in them: PyYAML's two parsers, and their versions, word and place the same fault
differently.
"""

from __future__ import annotations

from tender_eval.base.bounds import Broken, Fault, line_around, place

LONGEST_SHOWN = 60  # characters of a line that a hint repeats
_QUOTES = "put text that holds : # { [ or quotes into quotes, and line up keys of one mapping"
_ENDED = "put the whole text in quotes, and write a single quote inside single quotes twice"


def shortened(name: str) -> str:
    """A name as far as a message repeats it."""
    return name if len(name) <= LONGEST_SHOWN else name[:LONGEST_SHOWN] + "..."


def unreadable(at: int) -> Fault:
    """Where a parser stops though nothing of the below was found; nothing is known but the place."""
    return Fault(at, "not YAML: this cannot be read here", _QUOTES)


def unclosed(text: str, began: int, at: int) -> Broken:
    """A bracket that is open where its file, or what may stand inside, ends."""
    opening, closing = _brackets(text, began)
    line = place(text, at)[0]
    what = (
        f"is not closed, or a comma is missing, before line {line}" if line > place(text, began)[0] else "is not closed"
    )
    return Broken(Fault(began, f'this "{opening}" {what}', _inside(closing)))


def bracket(text: str, at: int, began: int) -> Broken:
    """Something inside brackets where a comma or their end should be."""
    if place(text, at)[0] > place(text, began)[0]:
        return unclosed(text, began, at)
    _, closing = _brackets(text, began)
    return Broken(Fault(at, f'a comma or "{closing}" is missing before this', _inside(closing)))


def second_colon(text: str, at: int, began: int) -> Broken:
    """A colon behind the value of a pair inside brackets."""
    fault = bracket(text, at, began).fault
    return Broken(fault._replace(hint=f'{fault.hint.partition(";")[0]}; put text that has ": " in quotes'))


def _brackets(text: str, began: int) -> tuple[str, str]:
    return ("{", "}") if text[began] == "{" else ("[", "]")


def _inside(closing: str) -> str:
    return f'separate what stands inside by commas and end it with "{closing}"; put text that has brackets in quotes'


def nothing_before(at: int) -> Broken:
    """A comma or colon inside brackets with nothing before it."""
    return Broken(Fault(at, "nothing stands before this", "write what belongs here, or take the sign out"))


def colon_inside(at: int) -> Broken:
    """A colon inside brackets that neither belongs to text nor follows a key."""
    hint = "write key: value in one line, with a space after the colon, and put text that has a colon in quotes"
    return Broken(Fault(at, "this colon does not stand between a key and its value", hint))


def dash_inside(at: int) -> Broken:
    """A dash as an item inside brackets."""
    return Broken(Fault(at, "an item inside brackets has no dash", "leave the dash out, or put it in quotes as text"))


def open_quote(at: int) -> Broken:
    """A quote without its end."""
    return Broken(Fault(at, "the quote that opens here is never closed", "close it with the same quote"))


def marker_in_quotes(at: int) -> Broken:
    """A line of text in quotes that would begin or end a document."""
    hint = "close the quote before it, or indent the line"
    return Broken(Fault(at, "this line of a text in quotes would end the document", hint))


def escape(at: int) -> Broken:
    """A backslash that begins no code."""
    hint = "use single quotes, or write the backslash twice"
    return Broken(Fault(at, "a backslash inside double quotes begins a code, and this is none", hint))


def tab(at: int) -> Broken:
    """A tab in front of a line."""
    return Broken(Fault(at, "a tab stands where only spaces may", "indent with spaces: YAML allows no tabs there"))


def cannot_begin(at: int, sign: str) -> Broken:
    """A sign with which text without quotes cannot begin."""
    return Broken(Fault(at, f'text cannot begin with "{sign}" here', "put the text in quotes"))


def beside_block(at: int) -> Broken:
    """Text in the line of the sign for text on the lines below."""
    message = "text stands beside the sign for text on the lines below"
    return Broken(Fault(at, message, "begin the text on the next line"))


def second_document(at: int) -> Broken:
    """A second document in one file."""
    return Broken(Fault(at, "a second document begins here", "keep one document a file"))


def no_start(at: int) -> Broken:
    """Something before the line "---" that must come before it, or the end of a document that has not begun."""
    return Broken(
        Fault(at, "the document has not begun here", 'begin it with a line "---", or leave out the lines above')
    )


def no_colon(at: int) -> Broken:
    """A line among keys that is none."""
    hint = "write key: value, with a space after the colon"
    return Broken(Fault(at, 'this line has no ": " and so is neither key nor value', hint))


def something_follows(at: int) -> Broken:
    """Something behind the end of a value."""
    return Broken(Fault(at, "something follows here though the value has ended", _ENDED))


def list_in_line(text: str, at: int) -> Broken:
    """A dash behind a key, or behind something else in its line."""
    hint = "begin the list on the next line, or put text that begins with a dash in quotes"
    return Broken(Fault(at, "a list cannot begin in this place of a line", hint))


def colon(text: str, at: int) -> Broken:
    """A colon where no key can be: a second one in a line, or behind a line that goes on with the one above."""
    start, line = line_around(text, at)
    before = line[: at - start]
    if ": " in before:
        return Broken(Fault(at, 'a second ": " in one line: text that has one needs quotes', _quoted(line)))
    if not before.strip():
        return Broken(Fault(at, "this colon has no key before it", "write key: value in one line"))
    first = start + len(line) - len(line.lstrip(" \t"))
    hint = "begin it in the column of the key above, or put the text above in quotes where it goes on here"
    return Broken(Fault(first, "this line is indented further than the one that it follows", hint))


def out_of_line(text: str, at: int, began: int, is_list: bool) -> Broken:
    """A line that begins in no column of what is open."""
    _, line = line_around(text, at)
    if line.lstrip().startswith("- ") and not is_list:
        hint = "indent the list below its key, or remove the dash"
        return Broken(Fault(at, "an item of a list stands among keys", hint))
    row, column = place(text, began)
    if place(text, at)[1] == column:
        hint = "begin the line with a dash, or indent the list below its key"
        return Broken(Fault(at, f"a key stands among the items of the list that began in line {row}", hint))
    what = "the items of the list" if is_list else "the keys"
    message = f"this line does not line up with {what} that began in line {row}, column {column}"
    return Broken(Fault(at, message, "begin what belongs together in the same column"))


def _quoted(line: str) -> str:
    """How the line reads with its value in quotes."""
    key, _, value = line.strip().removeprefix("- ").partition(": ")
    if any(sign in value for sign in "\"'\\{}[]#") or len(line) > LONGEST_SHOWN:
        return "put the text after the first colon in quotes"
    return f'write {key}: "{value}"'
