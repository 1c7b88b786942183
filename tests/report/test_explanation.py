import json
from fractions import Fraction

from markdown_it import MarkdownIt
from worked import worked

from tender_eval import Evaluation
from tender_eval.documents.html import document_html
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.terminal import document_text
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.explanation.formulas import Column, OwnWords
from tender_eval.model.explanation.labels import CommonFigure
from tender_eval.model.location import Location
from tender_eval.report.explanation import Explained, explanation
from tender_eval.report.json.explanation import explain_json


def explain_text(evaluation: Evaluation, bid: BidResult, step: Step) -> str:
    return document_text(explanation([Explained(evaluation, bid, step)]))


def test_the_tree_of_one_criterion(ordinary: Evaluation) -> None:
    bid = ordinary.bid("a")
    assert bid is not None
    price = bid.criterion("price")
    assert price is not None
    text = explain_text(ordinary, bid, price.step)
    assert text.startswith(
        "Refuge services (demo)\nbid a, A: rank 2\n\nPrice = 33.333333...\n│  score x points available\n"
    )
    assert (
        "└─ score = 0.833333... (83.33%)\n   │  lowest / figure\n   │  = 10000 / 12000\n   │  by ratio_to_lowest"
        in text
    )
    assert "   ├─ price = 12000\n" in text
    assert "   └─ lowest: price of bid b = 10000\n" in text


def test_a_score_is_told_in_per_cent_of_full_marks_too(ordinary: Evaluation) -> None:
    bid = ordinary.bid("a")
    assert bid is not None
    for value, share in (
        (Fraction(3, 5), "0.6 (60%)"),
        (Fraction(-1, 8), "-0.125 (-12.50%)"),
        (Fraction(1), "1 (100%)"),
    ):
        assert explain_text(ordinary, bid, Step(CommonFigure.SCORE, value)).splitlines()[-1] == f"score = {share}"
    assert explain_text(ordinary, bid, Step(OwnWords("points"), Fraction(3, 5))).splitlines()[-1] == "points = 0.6"


def test_where_a_figure_was_read_and_by_whom_it_was_scored(ordinary: Evaluation) -> None:
    bid = ordinary.bid("a")
    assert bid is not None
    step = Step(
        OwnWords("top"), where=Location("b.yaml", 3, 5), inputs=(Step(Column("x\x1b"), True, by="plugin \u202e"),)
    )
    assert explain_text(ordinary, bid, step).splitlines()[3:] == [
        "top",
        "│  at b.yaml:3:5",
        r"└─ x\x1b = true",
        r"      by plugin \u202e",
    ]


def test_reasons_of_a_rejected_bid_come_first(ordinary: Evaluation) -> None:
    bid = ordinary.bid("c")
    assert bid is not None
    lines = explain_text(ordinary, bid, bid.step).splitlines()
    assert lines[1:3] == ["bid c, C: rejected", '  "quality" (Quality): 12 of 60 points is below the minimum 50% = 30']


def test_as_json_every_step_keeps_its_exact_value(ordinary: Evaluation) -> None:
    bid = ordinary.bid("a")
    assert bid is not None
    data = json.loads(explain_json([(ordinary, bid, bid.step)]))
    assert (data["format"], data["bid"], data["rank"]) == ("tender-eval/explanation/1", "a", 2)

    def steps(step: dict[str, object]) -> list[dict[str, object]]:
        parts = step["inputs"]
        assert isinstance(parts, list)
        return [step, *(s for part in parts for s in steps(part))]

    exact = {s["label"]: s["exact"] for s in steps(data["step"])}
    assert exact["points"] == "268/3"
    assert exact["Price"] == "100/3"


def test_lots_as_json(by_lot: dict[str, Evaluation]) -> None:
    found = [(e, bid, bid.step) for e in by_lot.values() if (bid := e.find("a"))]
    assert list(json.loads(explain_json(found))["lots"]) == ["north", "south"]


def test_several_steps_of_a_working_stand_one_below_the_other(ordinary: Evaluation) -> None:
    bid = ordinary.bid("a")
    assert bid is not None
    how = worked(
        ("mean = total / bids", {"mean": 2, "total": 4, "bids": 2}),
        ("max(0, 1 - figure / mean), held", {"figure": 3, "mean": 2}),
    )
    step = Step(CommonFigure.SCORE, Fraction(0), how)
    assert explain_text(ordinary, bid, step).splitlines()[3:] == [
        "score = 0 (0%)",
        "   mean = total / bids",
        "   2 = 4 / 2",
        "   max(0, 1 - figure / mean), held",
        "   = max(0, 1 - 3 / 2), held",
    ]


def test_every_lot_has_its_tree(by_lot: dict[str, Evaluation]) -> None:
    document = explanation([Explained(e, bid, bid.step) for e in by_lot.values() if (bid := e.find("a"))])
    lines = document_text(document).splitlines()
    assert lines[:2] == ["Refuge services (demo)", "bid a, A"]
    assert [line for line in lines if line.startswith("Lot ")] == ["Lot north: rank 1", "Lot south: rank 1="]
    assert document_html(document).count('class="tree"') == 2


def test_in_markdown_each_line_of_a_figure_stands_by_itself(ordinary: Evaluation) -> None:
    bid = ordinary.bid("a")
    assert bid is not None
    step = Step(CommonFigure.SCORE, Fraction(1, 2), worked(("a / *b*", {"a": 1, "*b*": 2})), by="ratio_to_lowest")
    html = MarkdownIt().render(document_markdown(explanation([Explained(ordinary, bid, step)])))
    lines = ["score = 0.5 (50%)", "<code>a / *b*</code>", "= <code>1 / 2</code>", "by ratio_to_lowest"]
    assert "<br />\n".join(lines) in html
