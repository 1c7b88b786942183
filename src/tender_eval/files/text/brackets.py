"""What stands inside brackets, as mappings and lists in one line or several."""

from __future__ import annotations

import re

from tender_eval.base.bounds import long_key, too_many
from tender_eval.base.limits import LONGEST_KEY, MOST_ENTRIES
from tender_eval.files.text import faults
from tender_eval.files.text.ordinary import ITEMS, PAIRS
from tender_eval.files.text.scalars import MARKER
from tender_eval.files.text.tokens import ENDS, Flow, Reading

_OPEN, _ENTRY, _ITEM, _VALUE, _END, _ASKED, _ANSWER = range(7)  # where one stands inside brackets


class Brackets(Reading):
    """Reads on inside brackets."""

    def _begin_flow(self, is_list: bool) -> None:
        self._deeper(self._at)
        self._flows.append(Flow(self._at, is_list))
        self._at += 1

    def _in_flow(self) -> None:
        text, at, flow = self._text, self._at, self._flows[-1]
        if self._usual and flow.state in (_OPEN, _ENTRY):
            found = (ITEMS if flow.is_list else PAIRS).match(text, at)
            if found:
                self._pass_items(flow, found)
                return
        sign = text[at]
        if at == self._line and (sign == "%" or MARKER.match(text, at)):
            raise faults.unclosed(text, flow.began, at)
        if sign in "],}":
            self._end_entry(flow, sign)
        elif sign == ":" and flow.state in (_ITEM, _ASKED, _ANSWER):
            self._flow_value(flow)
        elif sign == ":":
            raise faults.second_colon(text, at, flow.began) if flow.state == _END else faults.nothing_before(at)
        elif sign == "?" and self._next() in ENDS:
            if flow.state not in (_OPEN, _ENTRY):
                raise faults.bracket(text, at, flow.began)
            self._begin_pair(flow, at)
            flow.state = _ASKED
            self._at += 1
        elif sign == "-" and self._next() in ENDS:
            raise faults.dash_inside(at)
        else:
            self._flow_node(flow, sign)

    def _end_entry(self, flow: Flow, sign: str) -> None:
        if flow.state == _ASKED and flow.is_list:
            raise faults.nothing_before(self._at)
        if sign == ",":
            if flow.state in (_OPEN, _ENTRY):
                raise faults.nothing_before(self._at)
            self._no_pair(flow)
            flow.state = _ENTRY
            self._at += 1
        elif (sign == "]") is flow.is_list:
            self._end_flow()
        else:
            raise faults.bracket(self._text, self._at, flow.began)

    def _pass_items(self, flow: Flow, found: re.Match[str]) -> None:
        """Pass over items that are plain text or stand in plain quotes, with the commas behind them."""
        self._no_pair(flow)
        self._count += self._text.count(",", self._at, found.end())
        if self._count > MOST_ENTRIES:
            raise too_many(self._at)
        flow.state = _ENTRY
        self._at = found.end()

    def _flow_value(self, flow: Flow) -> None:
        if flow.state == _ITEM:
            if self._at - flow.key > LONGEST_KEY:
                raise long_key(flow.key)
            if flow.key < self._line:
                raise faults.bracket(self._text, self._at, flow.began)
            self._begin_pair(flow, flow.key)
        flow.state = _VALUE
        self._at += 1

    def _flow_node(self, flow: Flow, sign: str) -> None:
        start = self._at
        if flow.state not in (_OPEN, _ENTRY, _VALUE, _ASKED):
            raise faults.bracket(self._text, start, flow.began)
        if flow.state in (_OPEN, _ENTRY):
            self._more(start)
            flow.key = start
        flow.state = {_VALUE: _END, _ASKED: _ANSWER}.get(flow.state, _ITEM)
        if sign in "&!":
            self._properties()
            sign = self._text[self._at : self._at + 1]
            if not sign or sign in ",]}:":
                return
        if sign in "[{":
            self._begin_flow(sign == "[")
        else:
            self._scalar(sign)

    def _begin_pair(self, flow: Flow, at: int) -> None:
        if flow.is_list:
            self._deeper(at)
            flow.pair = True

    def _no_pair(self, flow: Flow) -> None:
        if flow.pair:
            self._depth -= 1
            flow.pair = False

    def _end_flow(self) -> None:
        flow = self._flows.pop()
        self._no_pair(flow)
        self._depth -= 1
        self._at += 1
        if not self._flows:
            start, keys = self._outer
            self._crossed = False
            self._after_node(start, start - self._outer_line, keys, start >= self._line)

    def _after_node(self, start: int, column: int, keys: bool, one_line: bool) -> None:
        """The outermost bracket is closed, which began in a column; ``keys`` and ``one_line``: it may be a key."""
        raise NotImplementedError
