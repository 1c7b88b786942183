from __future__ import annotations

import re
from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class TitleIsAnId(LintRule):
    """A criterion or condition is titled by its id, or by a word no reader would use.

    The title stands in the published methodology, in the marking sheets and in the letters to bidders: "q3_del" says
    nothing to them. Documents should be accessible and free of jargon. Give it a title in plain words.
    """

    code = "TE412"
    name = "title-is-an-id"
    severity = Severity.NOTE
    summary = "A title is an id, not words that bidders understand."
    keywords = "jargon, plain language, labels, title"
    clauses = (CLEAR_CRITERIA,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        titled = [(c.id, c.title, c.where) for c in scheme.scheme.walk()]
        titled += [(c.id, c.title, c.where) for c in scheme.scheme.conditions if c.title]
        for name, title, where in titled:
            if re.fullmatch(r"\S*[_\d]\S*", title) or (title == name and not title.istitle()):
                message = f'"{name}" is titled "{title}", which is an id and no title'
                yield Finding(message, where, "write a title in plain words")
