"""One evaluation in either arithmetic: score, weigh, gate, and hand to the award rule."""
