"""Areas cut into lots: so many equal ones, or as the spec lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location, place

Partition = tuple[tuple[int, ...], ...]


def equal_lots(number: int, areas: Sequence[str], where: Location, problems: Problems) -> Partition:
    """So many lots of as many areas each, in the order of the areas."""
    if not areas:
        return ((),)  # that there are none is told where they are named
    if number > len(areas):
        message = f"{number} lots of {len(areas)} area{'s' * (len(areas) > 1)}: no lot is smaller than an area"
        hint = f"state smaller areas, at least {number}, such as areas: {number} in the parameters, or take fewer lots"
        problems.add("TE511", where, message, hint)
        return (tuple(range(len(areas))),)
    if len(areas) % number:
        fitting = ", ".join(str(n) for n in range(1, len(areas) + 1) if len(areas) % n == 0)
        message = f"{len(areas)} areas cannot be cut into {number} equal lots"
        hint = f"these divide them: {fitting}; or list the areas of each lot under designs: [{{partition: ...}}]"
        problems.add("TE511", where, message, hint)
        return (tuple(range(len(areas))),)
    each = len(areas) // number
    return tuple(tuple(range(start, start + each)) for start in range(0, len(areas), each))


def checked_partition(
    listed: Sequence[Sequence[str]], areas: Sequence[str], where: Location, problems: Problems
) -> Partition:
    """The lots as they are listed; that an area is unknown, left out or in two lots is noted."""
    index = {name: n for n, name in enumerate(areas)}
    for name in (name for lot in listed for name in lot if name not in index):
        problems.add("TE021", place(name, where), f'there is no area "{name}"', did_you_mean(name, index))
    times = Counter[str]()
    for name in (name for lot in listed for name in lot):
        times[name] += 1
        if times[name] == 2 and name in index:
            problems.add("TE510", place(name, where), f'the area "{name}" stands twice', "put it in one lot")
    missing = [name for name in areas if name not in times]
    if missing and all(name in index for name in times):
        listed_text = ", ".join(f'"{name}"' for name in missing[:10]) + (" and more" if len(missing) > 10 else "")
        problems.add("TE510", where, f"the partition leaves out {listed_text}", "put every area in one lot")
    return tuple(tuple(index[name] for name in lot if name in index) for lot in listed)
