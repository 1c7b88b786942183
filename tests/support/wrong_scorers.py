"""Scorers that are wrong, each in one way: what plugins really did, or could do, without anybody noticing."""

from __future__ import annotations

import datetime
import gc
import os
import random
import socket
import sys
import tempfile
import threading
import time
from contextlib import suppress
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from tender_eval import BidTable, Reads, Scorer, ScorerParams, Steps, Trait
from tender_eval.files.fields import Positive
from tender_eval.model import numeric

ZERO = Fraction(0)


class HoursParams(ScorerParams):
    """From when on nothing more is earned."""

    full_at: Positive = Field(Fraction(40), description="hours a week that earn full marks")


class Sound(Scorer):
    """A share of full marks for each hour a week. Source: none, it is made up."""

    name = "sound"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    examples = ({}, {"full_at": "37.5"})
    Params: ClassVar[type[ScorerParams]] = HoursParams

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("values.hours", better="higher", at_least=ZERO),)

    def share(self, hours: Any, params: Any) -> Any:
        return numeric.clip(numeric.divide(hours, params.full_at))

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        hours = bids.column("values.hours")
        steps.working("min(1, hours / full_at)", hours=hours, full_at=params.full_at)
        return self.share(hours, params)


class Beside(Sound):
    """As its base, but it does something beside. Source: none."""

    name = "beside"

    def beside(self, bids: BidTable, params: Any) -> object:
        return None

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        self.beside(bids, params)
        return super().score(bids, params, steps)


def exactly(bids: BidTable) -> bool:
    return numeric.is_exact(bids.column("values.hours"))


def each(bids: BidTable, score: Any) -> Any:
    """A score for each bid by its row, in the arithmetic of the table."""
    hours = bids.column("values.hours")
    if numeric.is_exact(hours):
        return numeric.exact_array(score(n) for n in range(len(hours)))
    return np.broadcast_to(np.array([[float(score(n))] for n in range(len(hours))]), hours.shape).copy()


# What is worked out in floats


class FloatRoundTrip(Sound):
    """As its base, by way of a float. Source: none."""

    name = "float_round_trip"

    def share(self, hours: Any, params: Any) -> Any:
        found = super().share(hours, params)
        return numeric.exact_array(Fraction(float(f)) for f in found) if numeric.is_exact(found) else found


class FloatByItsParts(Sound):
    """As its base, by way of the parts of a fraction. Source: none."""

    name = "float_by_its_parts"

    def share(self, hours: Any, params: Any) -> Any:
        found = super().share(hours, params)
        if not numeric.is_exact(found):
            return found
        return numeric.exact_array(Fraction(f.numerator / f.denominator) for f in found)


class HeldAgainstAFloat(Sound):
    """As its base, held against a float. Source: none."""

    name = "held_against_a_float"

    def share(self, hours: Any, params: Any) -> Any:
        found = super().share(hours, params)
        if not numeric.is_exact(found):
            return np.where(found > 0.999999, 1.0, found)
        return numeric.exact_array(Fraction(1) if f > 0.999999 else f for f in found)


class FloatOfAParameter(Sound):
    """As its base, with a float of a parameter. Source: none."""

    name = "float_of_a_parameter"

    def share(self, hours: Any, params: Any) -> Any:
        return numeric.clip(
            numeric.divide(hours, Fraction(float(params.full_at)) if numeric.is_exact(hours) else params.full_at)
        )


class GivesFloats(Sound):
    """As its base, in floats. Source: none."""

    name = "gives_floats"

    def share(self, hours: Any, params: Any) -> Any:
        found = super().share(hours, params)
        return np.array([float(f) for f in found], dtype=object) if numeric.is_exact(found) else found


class HugeFractions(Sound):
    """As its base, with a fraction that hardly ends. Source: none."""

    name = "huge_fractions"

    def share(self, hours: Any, params: Any) -> Any:
        found = super().share(hours, params)
        return found * Fraction(2**2_000_000 - 1, 2**2_000_000) if numeric.is_exact(found) else found


# What turns on something else than the bids

ASKED = count(1)


class ByChance(Sound):
    """A random tie breaker. Source: none."""

    name = "by_chance"

    def share(self, hours: Any, params: Any) -> Any:
        return super().share(hours, params) * (
            1 - Fraction(random.randrange(1, 10**6), 10**9) * (1 if numeric.is_exact(hours) else 1.0)
        )


class BySeededChance(Beside):
    """Chance that is the same each time. Source: none."""

    name = "by_seeded_chance"

    def beside(self, bids: BidTable, params: Any) -> object:
        return random.Random(1).random()


class ByNumpysChance(Sound):
    """Chance of numpy. Source: none."""

    name = "by_numpys_chance"

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        return each(bids, lambda n: Fraction(int(np.random.default_rng().integers(10**6)), 10**6))


class ByTheSystemsChance(Beside):
    """Chance of the system. Source: none."""

    name = "by_the_systems_chance"

    def beside(self, bids: BidTable, params: Any) -> object:
        return os.urandom(1)


class ByTheRow(Sound):
    """Who comes first. Source: none."""

    name = "by_the_row"

    def share(self, hours: Any, params: Any) -> Any:
        return super().share(hours, params)

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        return each(bids, lambda n: Fraction(1, n + 2))


class ByTheClock(Sound):
    """What time it is. Source: none."""

    name = "by_the_clock"

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        return each(bids, lambda n: Fraction(time.time_ns() % 1_000_003, 1_000_003))


class ByTheYear(Beside):
    """What year it is. Source: none."""

    name = "by_the_year"

    def beside(self, bids: BidTable, params: Any) -> object:
        return datetime.date.today().year  # noqa: DTZ011


class ByTheMoment(Beside):
    """What moment it is. Source: none."""

    name = "by_the_moment"

    def beside(self, bids: BidTable, params: Any) -> object:
        return datetime.datetime.now(tz=datetime.UTC)


class ByWhatWasAsked(Sound):
    """What was asked before. Source: none."""

    name = "by_what_was_asked"

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        return each(bids, lambda n: Fraction(1, 1 + next(ASKED)))


class ByTheHashSeed(Sound):
    """The order of a set. Source: none."""

    name = "by_the_hash_seed"

    def share(self, hours: Any, params: Any) -> Any:
        lead = {"alder": 1, "birch": 2, "cedar": 3, "damson": 4}[next(iter({"alder", "birch", "cedar", "damson"}))]
        found = super().share(hours, params)
        return found * (1 - Fraction(lead, 1000)) if numeric.is_exact(found) else found * (1 - lead / 1000)


class ByTheEnvironment(Beside):
    """What is in the environment. Source: none."""

    name = "by_the_environment"

    def beside(self, bids: BidTable, params: Any) -> object:
        return os.environ.get("HOME")


class ByTheMachine(Beside):
    """Where it runs. Source: none."""

    name = "by_the_machine"

    def beside(self, bids: BidTable, params: Any) -> object:
        return os.getcwd()  # noqa: PTH109


class ByAFile(Beside):
    """What is in a file. Source: none."""

    name = "by_a_file"

    def beside(self, bids: BidTable, params: Any) -> object:
        return Path(sys.executable).open("rb").close()


class ByWhetherAFileIsThere(Beside):
    """Whether a file is there. Source: none."""

    name = "by_whether_a_file_is_there"

    def beside(self, bids: BidTable, params: Any) -> object:
        return os.path.exists("/etc/tender-eval")  # noqa: PTH110


class WritesAFile(Beside):
    """Keeps what it saw. Source: none."""

    name = "writes_a_file"

    def beside(self, bids: BidTable, params: Any) -> object:
        return (Path(tempfile.gettempdir()) / "tender-eval-wrong-scorer.txt").write_text("seen", encoding="utf-8")


class ListsAFolder(Beside):
    """Looks around. Source: none."""

    name = "lists_a_folder"

    def beside(self, bids: BidTable, params: Any) -> object:
        return os.listdir(tempfile.gettempdir())  # noqa: PTH208


class ByTheNetwork(Beside):
    """Asks somebody. Source: none."""

    name = "by_the_network"

    def beside(self, bids: BidTable, params: Any) -> object:
        return socket.socket().close()


class ByAnotherProgram(Beside):
    """Starts somebody. Source: none."""

    name = "by_another_program"

    def beside(self, bids: BidTable, params: Any) -> object:
        with suppress(OSError):
            os.posix_spawn("/no/such/program", ["it"], {})
        return None


class Prints(Beside):
    """Says what it sees. Source: none."""

    name = "prints"

    def beside(self, bids: BidTable, params: Any) -> object:
        return print("working out hours")


class PeeksAtFrames(Beside):
    """Looks up whose bids these are. Source: none."""

    name = "peeks_at_frames"

    def beside(self, bids: BidTable, params: Any) -> object:
        return sys._getframe(1).f_locals


class PeeksAtObjects(Beside):
    """Looks through everything that there is. Source: none."""

    name = "peeks_at_objects"

    def beside(self, bids: BidTable, params: Any) -> object:
        return len(gc.get_objects(generation=0))


class StartsThreads(Beside):
    """Does it elsewhere. Source: none."""

    name = "starts_threads"

    def beside(self, bids: BidTable, params: Any) -> object:
        thread = threading.Thread(target=lambda: None)
        thread.start()
        return thread.join()


class Waits(Beside):
    """Takes its time. Source: none."""

    name = "waits"

    def beside(self, bids: BidTable, params: Any) -> object:
        return time.sleep(0)


class EndsTheProcess(Beside):
    """Leaves as if all were well. Source: none."""

    name = "ends_the_process"

    def beside(self, bids: BidTable, params: Any) -> object:
        os._exit(0)


class HasNoEnd(Beside):
    """Never comes back. Source: none."""

    name = "has_no_end"

    def beside(self, bids: BidTable, params: Any) -> object:
        while True:
            pass


class PatchesABuiltIn(Beside):
    """Betters what others brought. Source: none."""

    name = "patches_a_built_in"

    def beside(self, bids: BidTable, params: Any) -> object:
        from tender_eval.scorers.ratio import RatioToLowest

        return setattr(RatioToLowest, "score", lambda self, bids, params, steps: bids.column("price") * 0)


# What writes to what it is given


class WritesToColumns(Beside):
    """Keeps its result in the column. Source: none."""

    name = "writes_to_columns"

    def beside(self, bids: BidTable, params: Any) -> object:
        hours = bids.column("values.hours")
        hours.flags.writeable = True
        hours[0] = hours[0] / 2
        return None


class WritesToWhoIsThere(Beside):
    """Takes a bid out. Source: none."""

    name = "writes_to_who_is_there"

    def beside(self, bids: BidTable, params: Any) -> object:
        bids.present.flags.writeable = True
        bids.present[0] = False
        return None


class WritesToParameters(Beside):
    """Learns as it goes. Source: none."""

    name = "writes_to_parameters"

    def beside(self, bids: BidTable, params: Any) -> object:
        object.__setattr__(params, "full_at", params.full_at + 1)
        return None


# What it shows and states


class Lies(Sound):
    """Shows another working. Source: none."""

    name = "lies"

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        steps.working("share", share=Fraction(1, 100))
        return self.share(bids.column("values.hours"), params)


class ShowsNothing(Sound):
    """Shows no working. Source: none."""

    name = "shows_nothing"

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        return self.share(bids.column("values.hours"), params)


class HasNoExamples(Sound):
    """States no example. Source: none."""

    name = "has_no_examples"
    examples = ()


class ScoresAllAlike(Sound):
    """Full marks to everybody. Source: none."""

    name = "scores_all_alike"

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        steps.working("1")
        return each(bids, lambda n: 1)


class RarelyHarms(Sound):
    """As its base, but for a few hours. Source: none."""

    name = "rarely_harms"

    def share(self, hours: Any, params: Any) -> Any:
        found, dip = super().share(hours, params), (hours > 33) & (hours < 34)
        return numeric.where(np.asarray(dip, dtype=np.bool_), found / 2, found)


class SaysTheWrongEnd(Sound):
    """As its base, and says that fewer hours are better. Source: none."""

    name = "says_the_wrong_end"
    traits = frozenset({Trait.INDEPENDENT})

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("values.hours", better="lower", at_least=ZERO),)


class IsNotMonotone(Sound):
    """As its base, and better is lower. Source: none."""

    name = "is_not_monotone"

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("values.hours", better="lower", at_least=ZERO),)


class IsNotIndependent(Sound):
    """A share of the most hours. Source: none."""

    name = "is_not_independent"

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        hours = bids.column("values.hours")
        return numeric.divide(hours, numeric.highest(hours, bids.present) + 1)


class IsNotFreeOfScale(Sound):
    """As its base, and says that scale is nothing. Source: none."""

    name = "is_not_free_of_scale"
    traits = frozenset({Trait.SCALE_FREE})


class GoesBeyondFullMarks(Sound):
    """As its base, without an upper end. Source: none."""

    name = "goes_beyond_full_marks"

    def share(self, hours: Any, params: Any) -> Any:
        return numeric.divide(hours, params.full_at)


class BatchUnlikeExact(Sound):
    """As its base, otherwise in batches. Source: none."""

    name = "batch_unlike_exact"

    def share(self, hours: Any, params: Any) -> Any:
        found = super().share(hours, params)
        return found if numeric.is_exact(hours) else found * 0.999


class CountsAbsentBids(Sound):
    """A share of the most hours, of absent bids too. Source: none."""

    name = "counts_absent_bids"
    traits = frozenset({Trait.MONOTONE})

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        hours = bids.column("values.hours")
        return numeric.divide(hours, hours.max(axis=0) + 1)


class GivesTooFew(Sound):
    """One score for all. Source: none."""

    name = "gives_too_few"

    def share(self, hours: Any, params: Any) -> Any:
        return super().share(hours, params)[:1]


class Raises(Sound):
    """As its base, but for one figure. Source: none."""

    name = "raises"

    def share(self, hours: Any, params: Any) -> Any:
        return super().share(hours, params) / (1 if numeric.is_exact(hours) else 1.0) if min(hours.ravel()) else {}[0]
