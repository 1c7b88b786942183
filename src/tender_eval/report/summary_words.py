"""The English of assessment summaries, in one place."""

from __future__ import annotations

TITLE = "Assessment summary"
SUBTITLE = "{supplier}: {tender}"
UNNAMED_TENDER = "tender under the scheme “{scheme}”"
INTRODUCTION = (
    "This summary tells you how your tender was assessed, which scores it was given and why, and what was decided."
)
UNDER_THE_ACT = (
    "It is provided under section 50 of the Procurement Act 2023 and regulation 31 of the Procurement Regulations 2024."
)
FACTS = "This summary"
FACT_HEADS = ("Subject", "Details")
SUPPLIER, BID, CONTRACT, ISSUED, SCHEME, RECORD = (
    "Supplier", "Tender reference", "Contract", "Issued on", "Assessed under", "Record of the evaluation",
)  # fmt: skip
IDENTIFIER = "Unique identifier"
DIGEST = "{id}, SHA-256 {sha256}"
LOT = "Lot: {title}"

OUTCOME = "What was decided"
WON = "Your tender was successful."
WON_ONE_OF = "Your tender was successful. It is one of {count} that are awarded."
AWARDED_MONEY = "You are awarded {amount}."
LOST = "Your tender was not successful."
TIED = (
    "Nothing is decided yet. Your tender has the same figure as another, and the published scheme does not separate "
    "them."
)
NO_AWARD_YET = "Nothing is decided yet: the first place is tied."
REJECTED = "Your tender was not successful: it was rejected, for what is set out here."
NOT_SHORTLISTED = "Your tender was not successful: it was not shortlisted."
NOT_SHORTLISTED_WHY = "It was {why}."
RANKED_BY = "Tenders are ranked by {figure}, the {best} first."
YOUR_RANK = "Your tender has {figure} and is ranked {rank} of {count}."
THEIR_FIGURE = "The successful tender, of {name}, has {figure}."
THEIR_FIGURES = "The last of the {count} successful tenders has {figure}."
BROKEN_TIE = "The figures are the same. The published tie break decided, in this order: {ties}."
TOGETHER = (
    "The lots are awarded together, as set out below, so the tender that ranks first at a lot need not be awarded it."
)
OPEN = "Nothing is decided yet: a tie is open."
HANGS = "Who may be awarded this lot hangs on a tie that the published scheme does not resolve."
CAPPED = "Your tender is awarded {lots}. The limit of lots that one tender may be awarded is {most}."
BEYOND = "The annual value of this lot is {value}. The annual value that your tender can carry is {capacity}{how}."
BEYOND_BESIDE = (
    "The annual value of this lot is {value}, beside {held} for {lots}, which your tender is awarded. The annual value "
    "that your tender can carry is {capacity}{how}."
)
BY_MECHANISM = "No limit was reached by your tender. The published mechanism awards this lot to {name}."
NOBODY = "nobody"
CONDITION_FAILED = "Condition “{title}”. Asked for: {asked}. In your tender: {found}{limit}."
LIMIT = " (here {value})"
MINIMUM_MISSED = "Minimum. {reason}."

METHOD = "How tenders were assessed"
METHOD_AT = "The award criteria and the assessment methodology are set out in full here: {where}."
METHOD_SUMMARY = "This is a summary of the award criteria; they are set out in full in the tender documents."
CRITERIA = "Award criteria, their relative importance and the points available"
CRITERIA_HEADS = ("No.", "Criterion", "Share of all points", "Points available", "Minimum", "Assessed by")
GROUP = "the sum of its parts"
ON_SCALE = "mark {marks}"
UP_TO = "mark from 0 to {highest}"
BY_FORMULA = "worked out ({name})"
SCALE = "What the marks mean{of}"
SCALE_OF = " ({id})"
SCALE_HEADS = ("Mark", "Title", "Share of the points", "What the panel looks for")

SCORES = "The scores of your tender"
SCORES_OF = "Scores of your tender, with sub-totals and total"
SCORE_HEADS = ("No.", "Criterion", "Mark", "Points", "Points available")
TOTAL = "Total"
RANKING_FIGURE = "{figure} (what tenders are ranked by)"
NOT_SCORED = "Your tender was not scored against the award criteria, because it was rejected before that stage."
PARTLY_SCORED = "Your tender was scored as far as the stage at which it left the procedure."
REASONS = "The scores explained"
GIVEN = "Mark {mark}{title}, on the scale {marks}: {points} of {available} points."
GIVEN_OUT_OF = "Mark {mark} out of {highest}: {points} of {available} points."
WORKED_OUT = "{points} of {available} points."
MARK_ALONE = "Mark for {name}: {mark}."
SCALE_SAYS = "The scale says of this mark:"
PANEL_SAYS = "The panel’s reason:"
HIGHER = "What a higher mark asks for:"
HIGHER_MARK = "{mark}{title}: {descriptor}"
NO_DESCRIPTOR = "the scheme has no descriptor for this mark."
FULL_MARKS = "This is the highest mark."
METHOD_OF_SCORER = "How it is scored:"
STATED = "Figures:"
FORMULA = "Formula:"
RANKED_BY_WORKED = "The {figure} of your tender, worked out"
WITH_NUMBERS = "With the numbers:"

WINNER = "The successful tender"
WINNERS = "The successful tenders"
WINNER_SCORES = "Scores of the successful tender of {name}"
NO_REASONS = "The reasons for these scores are not part of this summary."
WITHHELD = "The scores of the successful tender are withheld as sensitive commercial information (section 94)."
WINNER_REASONS = "The scores of {name} explained"

CORRECTED = "Corrected on {at}, from {old} to {new}:"

STANDSTILL = "Standstill"
MANDATORY = (
    "The standstill period is eight working days beginning with the day on which the contract award notice is "
    "published. With a notice published on {begins} it ends at the end of {ends}, and the contract will not be "
    "entered into before that (Procurement Act 2023, section 51)."
)
VOLUNTARY = (
    "This is a light touch contract, for which a standstill period is not mandatory (Procurement Act 2023, section "
    "51). If the contract award notice provides for one, it is at least eight working days beginning with the day "
    "of the notice: with a notice published on {begins} it would end at the end of {ends} at the earliest."
)
WORKING_DAYS = "Saturdays, Sundays and the bank holidays of England and Wales do not count as working days."

ADDRESSES = (
    "Regulation 31(2) and (3) of the Procurement Regulations 2024 ask for a contact postal address and e-mail address "
    "of the supplier, and of the successful one. A record holds none: add them to each summary."
)
IDENTIFIERS = (
    "They ask for the unique identifier of each supplier too. No supplier.identifier is recorded of {bids}: add it "
    "wherever that supplier is named."
)
OPEN_FLAG = (
    'Still open, of bid "{bid}"{lot}: {flag}. No answer of the supplier is on record (audit append --kind '
    "abnormally_low_query, then abnormally_low_answer)."
)
AT_LOT = " at lot {lot}"

NO_REASON = 'the mark of bid "{bid}" for "{criterion}" has no reason'
NO_REASON_HINT = "record the panel's reason under marks: {{{criterion}: {{agreed: ..., reason: ...}}}}"
COMPARES = 'the reason for the mark of bid "{bid}" for "{criterion}" compares bids: "{words}"'
COMPARES_HINT = "say what this tender offers against the criterion and its scale, and nothing of other bids"
