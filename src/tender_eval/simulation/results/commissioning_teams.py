"""How long the evaluation of the bids takes the teams that commission."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.simulation.results.outcome import TeamLoad

PEOPLE = {1: 0.24, 2: 0.16, 3: 0.21, 4: 0.13, 5: 0.13, 6: 0.06, 7: 0.02, 8: 0.01, 9: 0.01, 10: 0.02}
"""Share of local authorities by the number of people in the team (they add up to 99% in the report): Mapping of local
authority, PCC and CCG domestic abuse commissioning leads, May 2020, Staffing."""

FULL_TIME = (34.9 + 104.8) / (95 + 186)
"""Full-time equivalent of one person: 95 people who only commission are 34.9, and 186 who also do other work on
domestic abuse are 104.8. The second may be fewer days of commissioning than that: then a team takes longer."""

DAYS_A_WEEK = 5


def team_loads(days: Mapping[str, float | None]) -> tuple[TeamLoad, ...]:
    """Weeks of a whole team's work by design, for each size of team, from the evaluation days of the design."""
    return tuple(
        TeamLoad(people, share, {d: n / (people * FULL_TIME * DAYS_A_WEEK) for d, n in days.items() if n is not None})
        for people, share in PEOPLE.items()
    )
