"""The catalogue of diagnostic codes; the page `docs/errors.md` is generated from it."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """What a code stands for and, in general terms, how to mend it."""

    title: str
    mend: str


CODES: dict[str, Code] = {
    # Files
    "TE001": Code("The file cannot be read", "Check the path and that you may read it."),
    "TE002": Code("The file is not UTF-8 text", "Save it again as UTF-8 (in Excel: 'CSV UTF-8')."),
    "TE003": Code("The file's syntax is broken", "Mend the place shown; everything after it is unread."),
    "TE004": Code("The file is larger or deeper than is safe to read", "Split it, or flatten its nesting."),
    "TE005": Code("The format line is missing or unknown", "Begin the file with the format it is in."),
    "TE006": Code("No reader knows this kind of file", "Use .yaml, .csv, .xlsx or .json (OCDS)."),
    "TE007": Code("A key or heading stands twice", "Keep one; readers disagree on which would win."),
    "TE008": Code("Aliases, anchors' merges and tags are not read", "Write the value out in full."),
    "TE009": Code("YAML readers disagree on this value", "Put it in quotes, or write true or false."),
    "TE010": Code("An unknown key", "Correct its spelling or remove it; nothing is ignored in silence."),
    "TE011": Code("Something required is missing", "Add it."),
    "TE012": Code("The value has the wrong shape", "Write it in the shape that is named."),
    "TE013": Code("Not a number", "Write plain digits, such as 35, 35%, 12.50 or 1/3."),
    "TE014": Code("A number that could be read in two ways", "Write plain digits and a point."),
    "TE015": Code("A number outside its range", "Bring it into the range that is named."),
    "TE016": Code("Not one of the values allowed here", "Use one of those listed."),
    "TE017": Code("Neither true nor false", "Write true or false."),
    "TE018": Code("An empty value", "Write the value, or remove the key."),
    "TE019": Code("Not an id", "Use letters, digits, '_' and '-', beginning with a letter or digit."),
    # Schemes
    "TE020": Code("The same id twice", "Give each its own id."),
    "TE021": Code("A reference to nothing", "Correct the name, or define what it names."),
    "TE022": Code("Weights that do not add up", "Make them add up exactly; nothing is scaled for you."),
    "TE023": Code("A weight that is zero or negative", "Give it a positive weight or remove the criterion."),
    "TE024": Code("A minimum that cannot be applied", "Use a share such as 50%, or a mark of the scale."),
    "TE025": Code("A scale that is not a scale", "List each mark once, in order, with its share from 0% to 100%."),
    "TE026": Code("A criterion must have a scorer or parts, one of the two", "Give it 'scorer' or 'criteria'."),
    "TE027": Code("Something that can change the award is not stated", "State it in the scheme."),
    "TE028": Code("A scorer's or rule's parameters contradict each other", "Change the parameters named."),
    "TE029": Code("A formula that cannot be read", "Use only the names and operations listed."),
    "TE030": Code("The scheme requires something that is not installed", "Install it, or change 'requires'."),
    "TE031": Code("No such fact about a bid", "Read price, prices.*, marks.*, values.*, supplier.* and the like."),
    "TE032": Code(
        "A price that rewards the dearer bid",
        "Let the lower price score more; or state payment: received where the bidders pay.",
    ),
    "TE033": Code(
        "A plugin takes part that the scheme does not require", "Name its distribution and version under 'requires'."
    ),
    # Plugins
    "TE040": Code("A plugin cannot be loaded", "Mend or uninstall it; nothing is evaluated without it."),
    "TE041": Code("Two plugins register the same name", "Uninstall or rename one of them."),
    "TE042": Code("A plugin's hook is none", "Correct its name or its arguments, or mark it with @hookimpl."),
    "TE043": Code("A plugin registers something that breaks the contract", "Mend the class that is named."),
    "TE044": Code("No scorer or rule has this name", "Correct it, or install the plugin that brings it."),
    "TE045": Code("A plugin raised an error while scoring", "Report it to the plugin's author; nothing is awarded."),
    "TE046": Code("A plugin returned what it may not", "Report it to the plugin's author; nothing is awarded."),
    "TE047": Code("A score outside 0 to 1", "Clamp it, or state below_zero: allow where the scorer has it."),
    "TE048": Code("A plugin breaks its promise", "Report it to the plugin's author; nothing is awarded."),
    "TE049": Code("A plugin read the bids", "See that they are those of the file; of two plugins leave one out."),
    # Bids
    "TE050": Code("Two bids have the same id", "Give each bid its own id."),
    "TE051": Code("A mark for a criterion that the scheme does not have", "Correct the id, or remove the mark."),
    "TE052": Code("A bid lacks a figure that the scheme reads", "Add the figure to the bid."),
    "TE053": Code("A mark that is not on its scale", "Give one of the scale's marks."),
    "TE054": Code("A figure that the scorer cannot score", "Correct the figure, or state how it is treated."),
    "TE055": Code("Shares of a consortium that cannot be", "Make the members' shares add up to at most 100%."),
    "TE056": Code("Lots that do not match", "Use the lots that the tender lists."),
    "TE057": Code("A spreadsheet formula that was never calculated", "Open it, let it calculate, and save it."),
    "TE058": Code("A merged cell", "Unmerge it and fill every cell."),
    "TE059": Code("A date where a figure is expected", "Write the figure as a number."),
    "TE060": Code("A percent-formatted cell where a plain figure is expected", "Format the cell as a number."),
    "TE061": Code("A heading that cannot be used", "Give every column one heading such as marks.delivery."),
    "TE062": Code("The bid's price does not match the scheme's price model", "Give the figures that it names."),
    "TE063": Code("The file holds no bids", "Add the bids."),
    "TE064": Code("Bids in more than one currency", "Give all bids in the scheme's currency."),
    "TE065": Code("A spreadsheet cell holds an error", "Mend the cell's formula."),
    "TE066": Code(
        "What was published, and is not evaluated as it stands",
        "See that each bid, lot and tenderer is treated as its status and role say; correct those that are wrong.",
    ),
    "TE067": Code("A row that seems to be no bid", "Remove sums, averages and the like from the rows of bids."),
    "TE068": Code(
        "A figure that its cell shows rounded", "Round it in the sheet, or show all its places: what is held counts."
    ),
    "TE069": Code(
        "A value that its workbook does not show, or may show otherwise",
        "Let the workbook show what it holds: formats, zeros, filters, formulas calculated and saved.",
    ),
    # Lots
    "TE500": Code(
        "A bid for more lots than may be tendered for",
        "Settle with the bidder which lots the bid is for, as the tender's terms say, and state only these.",
    ),
    "TE501": Code(
        "One price for several lots", "State each lot's price below that lot; a bid for one lot may state it once."
    ),
    "TE502": Code(
        "Two bids of one supplier for one lot",
        "Keep the bid that counts; or state variants: true in the scheme's award, if the tender allows variants.",
    ),
    "TE503": Code(
        "Bids that may be of one supplier, or share one",
        "State supplier.identifier in each bid; see whether bids that share a supplier were kept apart.",
    ),
    "TE504": Code(
        "A package, or a discount for several lots, that cannot count",
        "State it as the scheme takes it: for several lots of the bid, and each combination of them once.",
    ),
    # Looking things up, testing and writing
    "TE070": Code("No bid has this id", "Use an id of the bids file."),
    "TE071": Code("No criterion has this id", "Use an id of the scheme."),
    "TE072": Code("Nothing here has this name", "Use a name that the list command prints."),
    # Records
    "TE081": Code("The record does not say what its inputs come to", "Compare it with a copy whose head is known."),
    "TE082": Code("A price before the marks are locked", "Take it out; prices go into a file for --stage price."),
    "TE083": Code("A stage that is not due", "First evaluate --stage quality, then --stage price, on one record."),
    "TE084": Code(
        "A file of prices that does not fit the locked marks", "Give a price for each recorded bid, and no more."
    ),
    "TE085": Code("An entry that cannot be made", "Say what is asked, as the record stands now."),
    "TE087": Code("An act that is not due", "See tender-eval case status: what is open, and what comes next."),
    "TE088": Code(
        "What goes out only when the award is decided",
        "Enter what comes next, then case decide; --draft writes it all the same, marked on every page.",
    ),
    "TE089": Code("A template that cannot be used", "Print every part that must be told, by its name."),
    "TE086": Code("A key that cannot be used", "Use an Ed25519 key in a PEM file."),
    # Writing, and records
    "TE090": Code("The result cannot be written", "Check the folder and that you may write there."),
    "TE091": Code("The record exists already", "Name another file; a record is never overwritten."),
    "TE092": Code("Not a record, or one that was changed", "Compare it with a copy whose head is known."),
    "TE093": Code("Another process writes the record", "Try again when it is done."),
    "TE094": Code(
        "A time that an entry cannot have", "Write it like 2026-05-02T09:30:00+01:00, not before the last entry."
    ),
    "TE095": Code("A mark without a reason", "Record the panel's reason, by reference to the tender."),
    "TE096": Code("A reason that compares bids", "Say what this tender offers against the criterion and its scale."),
    "TE097": Code("A library that this needs is not installed", "Install the extra that is named."),
    "TE098": Code(
        "A time-stamp that cannot be kept or checked",
        "Keep an authority's reply as it came; give its certificate in PEM.",
    ),
    "TE099": Code("A record that does not commit the parts of bids", "Give a letter; records made now commit them."),
    # Simulations
    "TE510": Code("Lots that leave out an area, or double one", "Put every area in exactly one lot."),
    "TE511": Code("Areas that cannot be cut into equal lots", "Use a number that divides them, or list the lots."),
    "TE512": Code("Amounts of a simulation in more than one currency", "State all of them in one currency."),
    "TE520": Code("A checkpoint of another simulation", "Name another file, or run what it was begun with."),
    "TE521": Code("Not a checkpoint, or one that was changed", "Name another file; this one is left as it was."),
    "TE522": Code("Those that should simulate cannot, or were lost", "See that they run, and run again."),
    # The panel
    "TE530": Code("Nobody of the panel is called so", "Use an id or a name of the panel's file."),
    "TE531": Code("A mark of somebody who may not give it", "Take the mark out; see the panel and case status."),
    "TE532": Code("A mark that was given before as another", "Give --replace with the reason: both stay on record."),
    "TE533": Code("No sheet of marks of this case", "Return the sheet that panel sheets wrote for this person."),
    "TE537": Code("A mark of somebody whose role has no weight", "Give the role, and its weight in the scheme."),
    "TE538": Code("Fewer individual marks than the scheme computes a mark of", "Give the mark of each evaluator."),
    "TE539": Code("A mark that is agreed and computed, and not the same", "Take the agreed mark out; it is computed."),
    "TE540": Code("An agreed mark away from the individual ones", "Agree it again, or let its reason say why."),
    "TE541": Code("The same reason for several marks", "Say of each what the bid states and shows."),
    "TE542": Code("An evaluator spelt in two ways", "Write the name in one way."),
    "TE543": Code("An agreed mark without all the individual ones", "Enter the marks of those who are missing."),
    "TE544": Code("A mark agreed by somebody who was not on that question", "Let those agree it who marked it."),
    "TE545": Code("A reason about another bid", "Say what this tender offers against the criterion."),
    "TE546": Code("An agreed mark without a reason", "Write the panel's reason."),
    "TE547": Code("One bidder's agreed marks all moved the same way", "Let each reason say what earns the mark."),
    "TE548": Code("Agreed marks away from the individual ones turn the award", "Agree them again, or give reasons."),
    "TE549": Code("An evaluator who is called as a bidder", "Let nobody mark who bids or belongs to a bidder."),
}

OWN_CODES: dict[str, Code] = {}
"""The codes that loaded plugins state; see the hook `tender_eval_codes`."""


def code_named(code: str) -> Code | None:
    """What a code stands for, one of ours or of a plugin; None where there is no such code."""
    return CODES.get(code) or OWN_CODES.get(code)
