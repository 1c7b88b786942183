"""What was found of a scheme, for the terminal: the answer in sentences, then short tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill, wrap

from tabulate import tabulate

from tender_eval.fairness.studied import Stressed, Study
from tender_eval.languages.inert import cut, inert, width
from tender_eval.report.fairness_tables import Table, all_tables
from tender_eval.report.fairness_voice import LONGEST_ID, Voice, awards_several, terminal_voice
from tender_eval.report.fairness_words import answer
from tender_eval.report.sentences import reasons_why, winner_line

LINE = 100  # columns, where the terminal does not say
MOST_ROWS = 12
LONGEST_CELL = 160
HEAD_ROOM = 2  # columns that tabulate gives a heading beside its text
NARROW = 9  # columns, below which no column is squeezed
PAGE_ONLY = frozenset(("central", "gaps"))  # tables as wide as there are bids or groups
MADE_UP_ONLY = "bids"  # where bids are given, `evaluate` shows the ranking


def fairness_table(study: Study, line: int = LINE) -> str:
    """A study, in lines of at most so many columns where that can be done."""
    scheme, setting = study.compiled.scheme, study.setting
    voice = terminal_voice(scheme.currency)
    title = voice.say("table.title", title=cut(scheme.title, line - LONGEST_ID), id=cut(scheme.id, LONGEST_ID))
    told = [title, voice.say("table.draws", draws=f"{setting.draws:,}", seed=setting.seed)]
    for lot, stressed in study.lots.items():
        told += ["", voice.say("table.lot", id=lot)] if lot else []
        voice = terminal_voice(scheme.currency, awards_several(stressed, scheme.award.suppliers))
        told += ["", *_sentences(stressed, voice, line)]
        for table in all_tables(stressed, voice):
            if table.id not in PAGE_ONLY and (table.id != MADE_UP_ONLY or stressed.found.generated):
                told += ["", *_drawn(table, voice, line)]
        told += _notes(stressed, voice, line)
    return "\n".join(told) + "\n"


def _sentences(stressed: Stressed, voice: Voice, line: int) -> Iterator[str]:
    if stressed.found.generated:
        yield fill(voice.say("answer.generated", how=stressed.found.generated), line)
        yield ""
    yield winner_line(stressed.evaluation)
    for sentence in (*reasons_why(stressed.evaluation), *answer(stressed, voice)):
        yield fill(sentence, line, break_long_words=False, initial_indent="- ", subsequent_indent="  ")


def _drawn(table: Table, voice: Voice, line: int) -> Iterator[str]:
    yield fill(table.caption, line)
    rows = [[cut(cell, LONGEST_CELL) for cell in row] for row in table.rows[:MOST_ROWS]]
    wide = _widths(table.heads, rows, line)
    heads = [_wrapped(head, wide[n] - HEAD_ROOM) for n, head in enumerate(table.heads)]
    cells = [[_wrapped(cell, wide[n]) for n, cell in enumerate(row)] for row in rows]
    align = ["right" if n in table.numbers else "left" for n in range(len(heads))]
    yield tabulate(cells, heads, tablefmt="simple", colalign=align, disable_numparse=True)
    yield from (fill(note, line) for note in table.notes)
    if len(table.rows) > MOST_ROWS:
        yield voice.say("table.more", n=len(table.rows) - MOST_ROWS)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], line: int) -> list[int]:
    """The width of each column; the widest are squeezed until the table fits."""
    wide = [max(width(head) + HEAD_ROOM, *(width(row[n]) for row in rows)) for n, head in enumerate(heads)]
    while sum(wide) + 2 * (len(wide) - 1) > line and max(wide) > NARROW:
        wide[wide.index(max(wide))] -= 1
    return wide


def _wrapped(cell: str, most: int) -> str:
    return "\n".join(wrap(cell, most)) if cell else ""


def _notes(stressed: Stressed, voice: Voice, line: int) -> list[str]:
    notes = stressed.found.notes
    told = [fill(inert(note), line, initial_indent="  ", subsequent_indent="    ") for note in notes]
    return ["", voice.say("notes.heading"), *told] if told else []
