"""The English of a published methodology, in one place."""

from __future__ import annotations

SUBTITLE = "How tenders will be assessed"
FACTS = "This methodology"
FACT_HEADS = ("Subject", "Details")
PAYMENT = "Payment"
RECEIVED = "received: the bidder pays the authority, so that the higher price is the better one"
ID, SOURCE, DIGEST, CURRENCY, REGIME, PUBLISHED = (
    "Scheme", "Based on", "SHA-256 of the scheme file", "Currency", "Law", "Published on",
)  # fmt: skip
LIGHT_TOUCH = "{law}, light touch"
INTRODUCTION = (
    "This document is made from the scheme that computes the result, and every number in its examples was computed "
    "by that scheme. All arithmetic is exact: nothing is rounded unless this document says so."
)

STEPS = "In short"
STEP_CONDITIONS = (
    "Every tender is checked against the conditions of participation. One that fails a condition is rejected."
)
STEP_SHORTLIST = "The shortlist is drawn up: {who}."
STEP_MARKS = "The panel gives each tender a mark for each question, by the published scale, and records its reasons."
STEP_SCORES = "Each criterion earns points: the score, as a share of full marks, times the points available."
STEP_MINIMUMS = "A tender below a published minimum is rejected, whatever its price."
STEP_RANK = "Tenders are ranked by {figure}, the {best} first."
STEP_AWARD = "The contract is awarded to the tender that is ranked first."
STEP_AWARD_SOME = "The tenders ranked first to {count} are awarded."
STEP_GRANTS = "Money is given in the order of the ranking, as set out under “The award”."

CONDITIONS = "Conditions of participation"
CONDITIONS_SAY = "These are passed or failed before anything is scored. A tender that fails one is rejected."
CONDITION_TABLE = "Conditions"
CONDITION_HEADS = ("Condition", "What is asked", "Source")

CRITERIA = "Award criteria"
POINTS_SAY = "There are {total} points in all."
MINIMUM_SAY = "A tender that does not reach a minimum is rejected."
QUESTIONS = "What each criterion is about"
QUESTION = "{number} {title}:"
PANEL = (
    "Marks that evaluators give by themselves and that are {apart} or more apart are moderated before a mark is agreed."
)

SCALES = "The scale of marks"
SCALES_MANY = "The scales of marks"
SCALE_SAYS = (
    "A mark earns its share of the points available. For example, mark {mark} earns {share} of 10 points = {points}."
)

SCORING = "How each criterion is scored"
MARKED = "Questions marked by the panel: {list}. {does}"
PARAMETERS = "What this scheme sets for {title}"
PARAMETER_HEADS = ("Setting", "Value", "Meaning")
FORMULA = "Formula:"
AS_ABOVE = "as above"
POINTS_ARE = "Points = {formula}."
NUMBERS_OF = "Example: {title}"
EXAMPLE_HEADS = ("Example tender", "Figures", "With the numbers", "Score", "Points")
TAKEN_FROM = "Scored by {origin}."

PRICE = "The evaluated price"
PRICE_SAYS = "Tenders are compared by an evaluated price over {years}, made of these parts."
PRICE_TABLE = "Parts of the evaluated price"
PRICE_HEADS = ("Part", "When it is paid", "Counts in the evaluated price")
YEARS = "{n} years"
ONE_YEAR = "one year"
ONCE = "once, at the start"
PER_YEAR = "every year, for {years}"
IN_YEAR = "once, in year {year}"
COUNTS = "× {factor}"
DISCOUNTED = (
    "Later payments are discounted at {rate} a year: a payment that falls due n years after the start is divided by "
    "(1 + {plain})ⁿ. Yearly payments are taken to be made at the {when} of each year."
)
NOT_DISCOUNTED = "Later payments are not discounted."
AT = {"start_of_year": "start", "end_of_year": "end"}
PRICE_EXAMPLE = "Example: the evaluated price"
PRICE_EXAMPLE_HEADS = ("Example tender", "With the numbers", "Evaluated price")

SHORTLIST = "The shortlist"
SHORTLIST_TOP = "the {n} tenders with the most points on {by} go on; all who tie for the last place go on"
SHORTLIST_LEAST = "the tenders with at least {share} of the points on {by} go on"
SHORTLIST_SAYS = "Of the tenders that meet the conditions, {who}. The others are not assessed further."

AWARD = "The award"
RANKING_EXAMPLE = "Example: {figure}"
RANKING_HEADS = ("Example tender", "With the numbers", "{figure}", "Rank")
MONEY_EXAMPLE = "Example: money"
MONEY_HEADS = ("Example tender", "With the numbers", "Given")
COUNTING = "What counts: {list}."
TIES = "Tenders with the same figure are placed by these, in this order:"
STILL_EQUAL = (
    "If tenders are still equal after that, the tie is declared and no order among them is made up; the authority "
    "decides by a procedure that it announces."
)
NO_TIES = (
    "No tie break is published: tenders with the same figure share a rank. The tie is declared, and no order among "
    "them is made up; the authority decides by a procedure that it announces."
)
ON_REJECTION = {
    "recompute": (
        "When a tender is rejected, scores that compare tenders are worked out again without it: it no longer sets "
        "the lowest price or any other figure by which others are scored."
    ),
    "keep_order": (
        "When a tender is rejected after scoring, the scores of the others stay as they were worked out with it."
    ),
}
NOT_RELATIVE = "No score depends on another tender, so the scores of the others stay as they are when one is rejected."
SUPPLIERS = "Up to {n} tenders are awarded."
LOTS = "The lots"
LOTS_SAY = "Each lot is evaluated by itself. Who is awarded which lot is then decided for all lots together."
MECHANISM = "The lots are awarded by the mechanism “{name}”:"

ROUNDING = "Rounding"
ROUNDED = "Numbers are rounded to {places}, {mode}, at these stages and nowhere else: {stages}."
PLACES = {0: "whole numbers", 1: "one decimal place"}
MANY_PLACES = "{n} decimal places"
NOT_ROUNDED = (
    "Nothing is rounded on the way. Results are printed to two decimal places; tenders are ranked by the exact "
    "figures behind them."
)
MODES = {
    "half_up": "a half away from zero (2.5 becomes 3)",
    "half_down": "a half towards zero (2.5 becomes 2)",
    "half_even": "a half to the even neighbour (2.5 becomes 2, 3.5 becomes 4)",
    "up": "always away from zero",
    "down": "always towards zero",
    "ceiling": "always upwards",
    "floor": "always downwards",
}
STAGES = {
    "price": "the evaluated price",
    "score": "each score",
    "criterion": "the points of each criterion",
    "group": "the points of each group of criteria",
    "total": "the figure that tenders are ranked by",
}

LOW = "Abnormally low prices"
LOW_SAYS = (
    "A price that is {below} or more below the {of} of the prices of the tenders that are still in is queried. The "
    "supplier is told, and can show that it will be able to perform the contract for that price, before anything is "
    "decided (Procurement Act 2023, section 19(3) to (5)). The price alone rejects nobody."
)

EXAMPLE = "A worked example"
EXAMPLE_SAYS = (
    "The tenders here are invented to show the arithmetic, not to suggest a price or an answer. They were evaluated by "
    "the same scheme as real ones will be."
)
EXAMPLE_GIVEN = "The tenders here were chosen by the authority and evaluated by the same scheme as real ones will be."
EXAMPLE_MARKS = "The marks of the example tenders"
EXAMPLE_POINTS = "Their points"
EXAMPLE_RESULT = "The result"
RESULT_HEADS = ("Rank", "Example tender", "{figure}", "Outcome")
AWARDED, AWARDED_MONEY, TIED, NOT_AWARDED = "awarded", "awarded {amount}", "tied", "not awarded"
NO_EXAMPLE = "No worked example could be made for this scheme by itself; its authors can give tenders for one."
POINTS_OF = "{title} (of {available})"
FIGURE = "Figure"

STATE = "What your tender must state"
STATE_TABLE = "Figures and facts that are read"
STATE_HEADS = ("Figure", "Used for", "What it is")
STATE_MARKS = "The panel gives the marks; all else is read from your tender."
A_NUMBER = "a number"
ACCEPT_ABOVE, ACCEPT_LEAST, ACCEPT_MOST = "more than {n}", "at least {n}", "at most {n}"
ACCEPT_SILENT = "counts as {n} if not stated"
YES_OR_NO = "yes or no"
AMOUNT = "an amount of money"
OF_TENDER = "given by the authority"
FOR_CRITERION, FOR_RULE, FOR_TIES = "{title}", "the award", "the tie break"
FOR_LOW = "the check for abnormally low prices"
FOR_CONDITION = "condition “{title}”"

NOTES = "Notes"
SOURCES = "Sources"
