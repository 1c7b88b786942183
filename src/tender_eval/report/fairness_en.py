"""What `fairness` says, in English: one place for the terminal and the page."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from tender_eval.report.fairness_answer_en import ANSWER
from tender_eval.report.words_en import ENGLISH

TEXTS = {
    **ANSWER,
    # Shares in words
    "share.all": "all of them",
    "share.none": "none of them",
    "share.more": "more than 99%",
    "share.less": "less than 1%",
    "share.percent": "{n}%",
    # Terminal
    "table.title": "{title} ({id})",
    "table.lot": "Lot {id}",
    "table.draws": "Weights drawn {draws} times, seed {seed}.",
    "table.more": "and {n} more: --format json has them all",
    # Tables: captions and heads
    "bid": "Bid",
    "criterion": "Criterion",
    "winner": "Winner",
    "price": "Price",
    "bids.heading": "The ranking as it stands",
    "bids.caption": "The bids, as the scheme ranks them",
    "bids.supplier": "Supplier",
    "bids.rank": "Rank",
    "reversals.heading": "Rank reversal",
    "reversals.caption": "Changes of order among the others when one bid comes or goes",
    "reversals.change": "Change",
    "reversals.ahead": "Then ahead",
    "reversals.behind": "Ahead or level before",
    "reversals.winner": "Then first of the others",
    "reversals.remove": "{bid} is removed",
    "reversals.either": "{bid} is removed or rejected",
    "reversals.reject": "{bid} is rejected",
    "reversals.add": "{dummy} is added",
    "reversals.same": "the same",
    "tipping.heading": "Tipping points",
    "tipping.caption": "How far one weight may move, the others keeping their proportions, before the winner changes",
    "tipping.weight": "Weight",
    "tipping.flips": "Winner changes at",
    "tipping.moves": "Change",
    "tipping.beyond": "Winner beyond",
    "tipping.never": "never",
    "tipping.about": "about {value}",
    "nearest.caption": "The nearest weights at which another bid draws level with the winner; those not listed stay",
    "nearest.there": "Nearest weight",
    "nearest.change": "Change",
    "marks.caption": "Single marks that change the winner by one step",
    "marks.mark": "Mark",
    "marks.to": "Would be",
    "prices.caption": "The price at which a losing bid would win, the other prices staying as they are",
    "prices.wins": "Wins just below",
    "prices.change": "Change",
    "prices.never": "never",
    "ranks.heading": "Robustness of the ranking",
    "ranks.caption": (
        "Share of random weightings in which a bid takes each place; every scored criterion is as likely to have much "
        "weight as any other, whatever the scheme gives it"
    ),
    "ranks.confidence": "Confidence",
    "ranks.place.1": "1st",
    "ranks.place.2": "2nd",
    "ranks.place.3": "3rd",
    "ranks.place": "{n}th",
    "ranks.later": "{n}th or later",
    "central.caption": "Central weights: the average of the weights with which a bid wins",
    "marking.caption": "Share of draws won when the marks are drawn anew",
    "marking.wins": "Wins",
    "without.caption": "The winner when the marks of one evaluator are left out",
    "without.note": (
        "In place of each mark that this evaluator shared in stands the mean of the others' marks, taken to the "
        "nearest mark of the scale."
    ),
    "without.evaluator": "Without",
    "effective.heading": "Effective weights",
    "effective.caption": "What each criterion really decides, beside its published weight",
    "effective.nominal": "Published",
    "effective.acts": "Acts like",
    "effective.shares": "Share of the differences",
    "effective.against": (
        "A share below zero works against the rest: it narrows the differences that the other criteria make, and "
        "other shares can then be above 100%."
    ),
    "effective.note": "Over {over}.",
    "groups.note": "{group}: over {over}.",
    "effective.points": "These are shares of the points; the scheme ranks by {figure}.",
    "effective.first": "Sobol, alone",
    "effective.total": "Sobol, in all",
    "curves.heading": "Price curves",
    "curves.caption": "{title}: price and score of each bid",
    "curves.score": "Score",
    "curves.number": "Number",
    "groups.heading": "Groups of providers",
    "groups.caption": "Success of each group beside all others",
    "groups.group": "Group",
    "groups.members": "Bids",
    "groups.selected": "Win",
    "groups.others": "Others win",
    "groups.ratio": "Ratio",
    "groups.rejected": "Rejected",
    "groups.rejected others": "Others rejected",
    "groups.gap": "Largest gap",
    "groups.below": "{ratio}, below four fifths",
    "groups.chance": "{ratio}, may be chance",
    "groups.chance note": "May be chance: over so few made-up tenders, rates within three standard errors say nothing.",
    "gaps.caption": "Mean points of the group less those of the others",
    "gaming.heading": "Gaming",
    "gaming.caption": "Ways to play the scheme that were tried, each with its bid and who then wins",
    "gaming.kind": "Ploy",
    "gaming.marks": "Marks",
    "gaming.helps": "Helps",
    "gaming.itself": "itself",
    "gaming.this bid": "this bid",
    "gaming.note": "A share of the marks stands, on each scale, for the highest mark that earns no more than it.",
    "ploy.lowest_quality": "lowest quality found to win",
    "ploy.zero_price": "zero price",
    "ploy.loss_leader": "loss leader",
    "ploy.friend": "dummy for a friend",
    "compare.heading": "The same bids under other schemes and price formulas",
    "compare.caption": "Who wins the same bids, and by how much",
    "compare.scheme": "Scheme",
    "compare.ahead": "Lead",
    "compare.reversals": "Reversals",
    "compare.this": "this scheme",
    "compare.published": "Price published",
    "compare.acts": "Price's share of the differences",
    "compare.note": (
        "The settings of the price formulas are assumptions of this comparison: the fixed band and the ceiling stand "
        "around the mean price of these bids, from three quarters of it to five quarters, where a real one is "
        "published before any price is known. None of them lets a score fall below zero."
    ),
    "notes.heading": "What was not tried, and what to know",
    # The page
    "page.title": "Fairness report: {title}",
    "page.kind": "Fairness report: what this scheme does",
    "page.skip": "Skip to the answer",
    "page.bids": "Bids",
    "page.made up": "Made up",
    "page.draws": "Draws",
    "page.seed": "Seed",
    "page.foot": "Made by tender-eval. The same scheme, bids, seed and draws give this page again, to the byte.",
    "answer.heading": "The answer",
    "lots.caption": "The answer for each lot, each decided by itself",
    "lots.column": "Lot",
    "lots.answer": "Answer",
    "ranks.lead": (
        "Weights are a choice. Here they are drawn at random {draws} times, {sampling}, and the bids ranked each time. "
        "Shares are out by chance, by {error} or less (the largest standard error)."
    ),
    "ranks.chart": "How often each bid takes each place",
    "ranks.chart says": (
        "One bar for each bid. From left to right: the share of weightings in which it comes first, second and so on. "
        "The figure beside each name is how often it comes first. {best} comes first most often."
    ),
    "ranks.part": "{place}: {share}",
    "ranks.note": (
        "Confidence: how often the bid comes first at its own central weights (the average of the weights with which "
        "it does) when its marks are drawn anew."
    ),
    "tipping.lead": "Each weight, of a group and of its parts, is moved by itself; the others keep their proportions.",
    "tipping.chart": "How far each weight may move before the winner changes",
    "tipping.chart says": (
        "One row for each criterion, from no points at the left to all {total} at the right. The dot is "
        "the weight now; the band around it is where the winner was found to stay; the bar across the row is where "
        "the winner changes."
    ),
    "tipping.row": "{weight}, changes at {flips}",
    "tipping.row never": "{weight}, never changes",
    "tipping.key now": "weight now",
    "tipping.key flips": "winner changes",
    "tipping.key stays": "winner stays",
    "tipping.key further": "further away than the nearest change: not said who wins",
    "tipping.key": "Marks of the chart",
    "marks.lead": "Each mark was raised and lowered by one step of its scale, by itself.",
    "effective.lead": (
        "A weight says what a criterion could bring. What it decides depends on how far the bids differ there: "
        "its share of the variance of the totals. A share below zero narrows what the others decide. Groups stand "
        "beside their parts."
    ),
    "effective.chart": "Published and effective weights",
    "effective.chart says": (
        "Two bars for each criterion: above, its share of the points as published; below, its share of the "
        "differences between bids, from the line at zero. {most} decides most."
    ),
    "effective.bar nominal": "published {share}",
    "effective.bar effective": "acts like {share}",
    "effective.bar share": "share {share}",
    "effective.key": "Bars of the chart",
    "curves.lead": (
        "The line is the score of the leading bid as its own price moves and the others stay as they are. The dots "
        "are the bids; where a formula compares prices, another bid may lie beside the line."
    ),
    "curves.chart": "{title}: score by price",
    "curves.chart says": (
        "A line of the score from {low} to {high}, going from {start} to {end}. Each numbered dot is a bid: {bids}."
    ),
    "curves.point": "{number} {name}: {price}, {score}",
    "groups.lead": (
        "A ratio below 0.80 is a sign to look, not a proof; with few bids one award more or less moves it far."
    ),
    "gaming.lead": (
        "Each of these was evaluated under the scheme. That a bid could be made does not say that anyone would."
    ),
    "compare.lead": "A commissioner can choose. These are the same bids, each time evaluated in full.",
    "method.heading": "How this was done",
    "method.exact": (
        "Every winner and every change of order named here was confirmed in exact arithmetic. Shares come from draws "
        "in floating point, from {draws} draws and the seed {seed}; the same seed gives the same figures."
    ),
    "method.rank reversal": (
        "Rank reversal: each admitted bid removed in turn, and rejected in turn; hopeless and absurd bids, and copies "
        "of bids, added."
    ),
    "method.tipping": (
        "Tipping points: the weight at which winner and challenger tie, as a fraction; where a scheme bends so that no "
        "formula gives it, the middle of an interval, marked with the word about."
    ),
    "method.smaa": (
        "Rank acceptability, central weights and confidence factors: SMAA-2, Lahdelma and Salminen, Operations "
        "Research 49(3), 2001, pages 444 to 454. Weights are uniform on the simplex or within the bands asked for."
    ),
    "method.effective": (
        "Effective weights: each criterion's share of the variance of the totals (its covariance with the total)."
    ),
    "method.groups": (
        "Groups: the four-fifths rule of thumb of the United States Uniform Guidelines, 29 CFR 1607.4(D), used here "
        "as a warning sign; it is no test in United Kingdom law. Over tenders that are made up, a difference counts "
        "from three standard errors on."
    ),
    "method.low": (
        "Abnormally low prices: Procurement Act 2023 section 19(3) to (5). The supplier must be asked, and may show "
        "that it can perform, before its tender is disregarded."
    ),
    "method.advice": "This is information for those who decide, not legal advice.",
    "method.scheme": "Scheme file, SHA-256",
    "method.bids": "Bids file, SHA-256",
}

FAIRNESS = replace(ENGLISH, texts=MappingProxyType({**ENGLISH.texts, **TEXTS}))
"""These texts, with those that every report shares."""
