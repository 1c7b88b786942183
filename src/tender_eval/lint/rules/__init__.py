"""The built-in lint rules, one family a file; `tender_eval.lint` registers them by code.

A rule is added in three places: its class here, its code in `tender_eval.lint`, and, where it goes by a
figure, a row in ``thresholds.yaml`` (the rule names it in ``figures``, and reads ``scheme.figures[name].value``).
Examples are made from `example.SOUND` with `example.but`. ``scripts/generate.py`` writes its page.
"""
