"""The answer of `fairness` in sentences, in English, for the terminal and the page."""

from __future__ import annotations

ANSWER = {
    "answer.generated": "No bids were given. {how}",
    "answer.limited": (
        "Each lot is looked at by itself: under the scheme's limits across lots it may be awarded to another bid, "
        "which the command award tells."
    ),
    "answer.first": "Over {draws} random weightings{bands} {name} comes first in {share}.",
    "answer.first less": (
        "Over {draws} random weightings{bands} {name} comes first in {share}, less often than {other} ({more})."
    ),
    "answer.bands": " within the bands given",
    "answer.never first": "No weighting that was drawn puts {names} first.",
    "answer.first alike": "Over {draws} random weightings{bands} {name} comes first as often as {other}: {more}.",
    "answer.first most": "Over {draws} random weightings{bands}, first place goes most often to {shares}.",
    "answer.first several": "Over {draws} random weightings{bands}, first place goes to {shares}.",
    "answer.share of": "{name} in {share}",
    "answer.marking": "With the marks varied {draws} times ({spread}), {name} wins in {share}.",
    "answer.marking several": (
        "With the marks varied {draws} times ({spread}), each of those who win now wins in {share} at the least."
    ),
    "answer.marking tied": (
        "With the marks varied {draws} times ({spread}), each of those who tie now is first, alone or level, in "
        "{share} at the least."
    ),
    "answer.evaluators.one": "With the marks of evaluator {evaluators} left out, {winner}.",
    "answer.evaluators.other": "With the marks of any one of the evaluators {evaluators} left out, {winner}.",
    "answer.change": "{change}, {result}.",
    "change.remove": "Without {bid}",
    "change.either": "Without {bid}, or with it rejected",
    "change.reject": "If {bid} were rejected",
    "change.add": "If {bid} were added",
    "change.remove first": "Without {bid}, which {now}",
    "change.either first": "Without {bid}, which {now}, or with it rejected",
    "change.reject first": "If {bid}, which {now}, were rejected",
    "now.first": "is first now",
    "now.several": "is awarded now",
    "result.wins": "{after} would win instead of {before}",
    "result.tie": "{after} would tie for first place; as it stands {before} comes first",
    "result.first of others": "of the others {after} would be first instead of {before}",
    "result.tie of others": "of the others {after} would tie for first place; as it stands {before} comes first",
    "result.next": "{after} would win; by the ranking as it stands it would be {before}",
    "result.next tie": "{after} would tie for first place; by the ranking as it stands it would be {before}",
    "result.nobody": "nobody would win",
    "result.order": "{ahead} would be ahead of {behind}; the winner stays",
    "result.rest": "{ahead} would be ahead of {behind}; {after} would win, as the ranking has it",
    "answer.more wins.one": "In {n} more case a bid that comes or goes changes which of the others wins.",
    "answer.more wins.other": "In {n} more cases a bid that comes or goes changes which of the others wins.",
    "answer.no reversal": "No bid that was removed, added or rejected changed the order of the others.",
    "answer.too few": "Fewer than two bids are ranked, so there was no order to change.",
    "answer.independent": (
        "No bid that comes or goes can change the order of the others: each is scored without regard to the rest."
    ),
    "answer.rises": "If the weight of {title} rises from {weight} to just above {flips}, {winner} instead.",
    "answer.falls": "If the weight of {title} falls from {weight} to just below {flips}, {winner} instead.",
    "answer.level": "The least change in the weight of {title} from {weight} changes the result: {winner}.",
    "answer.no tipping": "No change in the weight of one criterion alone changes the winner.",
    "answer.nearest": (
        "Over all weights together, moving {moved} points is the least that brings {names} level with the winner."
    ),
    "answer.nearest about": (
        "Over all weights together, moving {moved} points brings {names} level with the winner; with a minimum or a "
        "shortlist in play, fewer may change the result."
    ),
    "answer.marks.one": "{n} mark decides: {bid} given {to} instead of {mark} for {title}, and {winner}.",
    "answer.marks.other": (
        "{n} single marks decide by one step; for example {bid} given {to} instead of {mark} for {title}, and {winner}."
    ),
    "answer.no marks": "No single mark, given one step higher or lower, changes the winner.",
    "answer.price": "{name} would win at a price just below {wins}, {share} less than it asked.",
    "answer.price level": "{name} is level with a bid that wins: a slightly lower price would win.",
    "answer.no price": "No bid that lost would win by a lower price alone.",
    "answer.effective": "Published as {nominal}; {over} it acts like {effective}.",
    "answer.effective opposed.one": (
        "Published as {nominal}; {over} {opposed} works against the rest (shares of the differences: {effective})."
    ),
    "answer.effective opposed.other": (
        "Published as {nominal}; {over} {opposed} work against the rest (shares of the differences: {effective})."
    ),
    "answer.over these": "with these bids",
    "answer.over others": "with bids made up for this, since too few differ,",
    "answer.effective of": "{share} {title}",
    "answer.effective one": (
        "{title} is published as {nominal} of the points; {over} it decides {effective} of the differences."
    ),
    "answer.effective against": (
        "{title} is published as {nominal} of the points; {over} it works against the rest "
        "({effective} of the differences)."
    ),
    "answer.effective over": (
        "{title} is published as {nominal} of the points; {over} it decides more than all of the differences "
        "({effective}), for other criteria work against it."
    ),
    "answer.group": (
        "{title} ({members} of {bids} bids) win at a rate of {selected}, the others at {others}; the ratio is "
        "{ratio}, below four fifths: a sign to look, not a proof."
    ),
    "answer.group rejected": "Of their bids {rejected} are turned away, of the others' {others}.",
    "answer.group gap": "They score lowest against the others on {title}.",
    "answer.gaming.one": "{n} of the ways to play the scheme that were tried changes the winner: {says}",
    "answer.gaming.other": "{n} of the ways to play the scheme that were tried change the winner. One: {says}",
    "answer.no gaming": "None of the ways to play the scheme that were tried succeeds.",
    "answer.other winners": "Under {schemes}, {winner}.",
    "answer.other formulas": "With the price scored by {schemes}, {winner}.",
    "answer.same winner.one": "Under the other scheme or price formula compared here the result is the same.",
    "answer.same winner.other": "Under all {n} other schemes or price formulas compared here the result is the same.",
    "wins.one": "{names} wins",
    "wins.other": "{names} would tie for first place",
    "wins.several": "{names} would win",
    "wins.none": "nobody wins",
}
