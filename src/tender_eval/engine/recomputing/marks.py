"""What marks earn on a scale, marks between those of the scale among them."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.model.numeric import exact_array
from tender_eval.model.scheme import Scale
from tender_eval.model.tables import interpolate


def share_for(mark: Fraction, scale: Scale) -> Fraction:
    """The share of full marks that a mark earns, in straight lines between those of the scale.

    >>> from tender_eval.model.scheme import ScaleStep
    >>> share_for(Fraction(3), Scale("s", tuple(ScaleStep(Fraction(m), Fraction(m, 4)) for m in (0, 2, 4))))
    Fraction(3, 4)
    """
    (share,) = interpolate(exact_array([mark]), scale.marks, tuple(step.score for step in scale.steps))
    return Fraction(share)
