"""Step 6: the price of a bid: the best response to the rivals, as a table over quality and cost.

A table is worked out once, when the equilibrium is solved, and only read afterwards.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array

FADED = 1e-3


class Grid(NamedTuple):
    """Evenly spaced points."""

    start: float
    end: float
    number: int

    @property
    def points(self) -> Array:
        """The points themselves, ``(number,)``."""
        return np.linspace(self.start, self.end, self.number)

    @property
    def step(self) -> float:
        """The distance between two."""
        return (self.end - self.start) / max(self.number - 1, 1)

    def place(self, x: Array) -> tuple[Array, Array]:
        """The point below each figure and how far it is to the next; figures outside are held at the ends."""
        if self.number == 1:
            return np.zeros(x.shape, dtype=np.intp), np.zeros(x.shape)
        at = (x - self.start) * (1.0 / self.step)
        np.clip(at, 0.0, self.number - 1.0, out=at)
        below = at.astype(np.intp)
        np.minimum(below, self.number - 2, out=below)
        at -= below
        return below, at


class Cells(NamedTuple):
    """Bids placed in the tables: the entry below each in quality and cost, and the parts of the way to the next."""

    entry: Array
    quality: Array
    cost: Array

    def of(self, bids: Array) -> Cells:
        """Some of the bids, by their places."""
        return Cells(self.entry.take(bids), self.quality.take(bids), self.cost.take(bids))


class Policy(NamedTuple):
    """What bidders do for lots of one kind.

    Attributes:
        price: share of the lot's value, ``(rows, qualities, costs)``.
        surplus: expected gain as a share of the lot's value, same shape.
        quality, cost: the grids.
        ceiling: highest price that the scheme admits, at most 1.
        chance: probability of winning, same shape as the prices; None where nothing reads it.
    """

    price: Array
    surplus: Array
    quality: Grid
    cost: Grid
    ceiling: float = 1.0
    chance: Array | None = None

    def place(self, row: Array, quality: Array, cost: Array) -> Cells:
        """Where bids stand in the tables; all ``(bids,)``."""
        q, q_part = self.quality.place(quality)
        return self.priced(row * self.quality.number + q, q_part, cost)

    def priced(self, state: Array, part: Array, cost: Array) -> Cells:
        """The same where row and quality are placed already: the entry of both in one, and the part of the quality."""
        c, c_part = self.cost.place(cost)
        return Cells(state * self.cost.number + c, part, c_part)

    def prices(self, cells: Cells) -> Array:
        """The prices, ``(bids,)``."""
        return self._read(self.price, cells)

    def surpluses(self, cells: Cells) -> Array:
        """The expected gains, ``(bids,)``."""
        return self._read(self.surplus, cells)

    def chances(self, cells: Cells) -> Array:
        """The probabilities of winning, ``(bids,)``; none where they are not known."""
        return np.zeros(cells.entry.shape) if self.chance is None else self._read(self.chance, cells)

    def _read(self, table: Array, cells: Cells) -> Array:
        flat = table.ravel()
        low = _between(flat, cells.entry, cells.cost)
        if self.quality.number == 1:
            return low
        high = _between(flat, cells.entry + self.cost.number, cells.cost)
        high -= low
        high *= cells.quality
        high += low
        return high


def _between(flat: Array, entry: Array, part: Array) -> Array:
    low = flat.take(entry)
    high = flat.take(entry + 1)
    high -= low
    high *= part
    high += low
    return high


def by_envelope(win: Array, cost: Grid, ceiling: float) -> tuple[Array, Array]:
    """The prices that go with these probabilities of winning, and the expected gains.

    A bidder that prices best gains, by the envelope theorem, what its probability of winning adds up to over all
    higher costs: U(c) = integral of win from c to the ceiling, so its price is c + U(c) / win(c) (Milgrom, Putting
    Auction Theory to Work, 2004, 4.2). Who wins hardly depends on how high prices are, but on who is cheaper and
    better; so this settles in a few rounds, where chasing the best price itself goes round in circles.

    Args:
        win: probability of winning at each cost in the grid, at the price now asked, ``(..., costs)``.

    Returns:
        Prices and expected gains as shares of the lot's value, of the shape of ``win``.
    """
    falling = np.minimum.accumulate(win, axis=-1)  # who costs more never wins more often
    here, there = falling[..., :-1], falling[..., 1:]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        curved = (here - there) / np.log(here / there)  # exact where it falls exponentially
    parts = np.where((there > 0) & (here > there * (1 + 1e-9)), curved, (here + there) / 2)
    if win.shape[-1] > 2:  # where it dies away, it does so as a power of the distance, read off the step before
        fades = (there[..., 1:] < FADED * here[..., 1:]) & (here[..., 1:] > 0)
        if fades.any():
            last, before = here[..., 1:][fades], here[..., :-1][fades]
            with np.errstate(over="ignore"):
                power = np.clip(np.log2(before / last), 1.0, 50.0)
            parts[..., 1:][fades] = last / (1 + power)
    parts *= cost.step
    gain = np.zeros(win.shape)
    gain[..., :-1] = np.cumsum(parts[..., ::-1], axis=-1)[..., ::-1]
    points = np.broadcast_to(cost.points, win.shape)
    margin = np.where(falling > 0, gain / np.where(falling > 0, falling, 1.0), ceiling - points)
    return np.clip(points + margin, None, np.maximum(points, ceiling)), gain


def best_response(win: Array, price: Grid, cost: Grid) -> tuple[Array, Array]:
    """The price that gains most, and that gain.

    The best price of the grid is polished with the parabola through its neighbours.

    Args:
        win: probability of winning at each price, ``(states, prices)``.

    Returns:
        Prices and expected gains as shares of the lot's value, each ``(states, costs)``; where nothing can be
        gained the price is the ceiling, or the cost above it, and the gain zero.
    """
    prices, costs = price.points, cost.points
    gain = (prices[None, None, :] - costs[None, :, None]) * win[:, None, :]
    at = gain.argmax(axis=2)
    best = np.take_along_axis(gain, at[..., None], axis=2)[..., 0]
    inner = np.clip(at, 1, len(prices) - 2)
    before, here, after = (np.take_along_axis(gain, (inner + step)[..., None], axis=2)[..., 0] for step in (-1, 0, 1))
    bend = before - 2 * here + after
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = np.where((bend < 0) & (inner == at), np.clip((before - after) / (2 * bend), -1, 1), 0.0)
    found = prices[at] + shift * price.step
    peak = best + np.where(inner == at, -(before - after) * shift / 4, 0.0)
    nothing = peak <= 0
    return np.where(nothing, np.maximum(price.end, costs), found), np.where(nothing, 0.0, peak)
