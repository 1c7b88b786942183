"""Small tenders in which people decide what no arithmetic does: a low price disregarded, a tie drawn by lot."""

from __future__ import annotations

LOW = """\
format: tender-eval/scheme/1
id: alt
title: Price and quality
criteria:
  - {id: q, title: Quality, weight: 70, scorer: {name: formula, expression: values.q / 70}}
  - {id: price, title: Price, weight: 30, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
abnormally_low: {below_mean_by: 25%}
"""
LOW_BIDS = """\
format: tender-eval/bids/1
tender: {id: t, title: t}
bids:
  - {id: low, supplier: {name: Alder}, price: 100000, values: {q: 30}}
  - {id: mid, supplier: {name: Birch}, price: 300000, values: {q: 60}}
  - {id: top, supplier: {name: Cedar}, price: 400000, values: {q: 63}}
"""
TIE = """\
format: tender-eval/scheme/1
id: tie
title: Lowest price
criteria:
  - {id: price, title: Price, weight: 100, scorer: ratio_to_lowest}
award: {rule: lowest_price}
"""
TIE_BIDS = """\
format: tender-eval/bids/1
tender: {id: t, title: t}
bids:
  - {id: a, supplier: {name: Alder}, price: 100}
  - {id: b, supplier: {name: Birch}, price: 100}
  - {id: c, supplier: {name: Cedar}, price: 120}
"""
