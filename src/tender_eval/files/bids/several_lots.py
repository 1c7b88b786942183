"""What a bid offers for several lots together, as pydantic models, and what must hold of it."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from tender_eval.files import mends
from tender_eval.files.bids.fields import DiscountFigure, MoneyFigure, Names
from tender_eval.files.fields import Ident, Located, Whole, fault, kind
from tender_eval.files.sound_parts import FaultyParts
from tender_eval.model.bids import Bid, Figure, Tender
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location, place
from tender_eval.model.pricing.offers import Discount, Package, Prices, amounts, is_of_several_lots

_BY_LOT = "cannot be one for several lots: state it of each, below by_lot:"


class PricesFile(Located):
    """What a bid asks for: for the tender, for a lot, or for several lots together."""

    price: MoneyFigure | None = None
    prices: dict[Ident, MoneyFigure] = {}
    rates: dict[Ident, MoneyFigure] = Field({}, description="of one unit of each line of the scheme's schedule")
    totals: dict[Ident, MoneyFigure] = Field({}, description="of each line of the schedule, as the bidder added it up")
    discount: DiscountFigure | None = Field(None, description="where prices are discounts off a sum of the scheme's")
    costs: dict[Ident, MoneyFigure] = Field(
        {}, description="the lines of the bid's own cost sheet; sealed as prices are"
    )

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        if self.price is not None and self.discount is not None:
            raise fault("TE062", "the bid gives both price and discount", "give the one that the scheme reads")
        if self.price is not None and self.prices:
            raise fault("TE062", "the bid gives both price and prices", "give the one that the scheme reads")
        return self

    def figures(self) -> dict[str, Figure]:
        """The prices by dotted name."""
        found = {"price": self.price} if self.price is not None else {}
        found |= {"discount": self.discount} if self.discount is not None else {}
        for of in ("prices", "rates", "totals", "costs"):
            found |= {f"{of}.{k}": v for k, v in getattr(self, of).items()}
        return found


class PricesOfLotFile(PricesFile):
    """The prices of one lot in a package."""

    @model_validator(mode="before")
    @classmethod
    def _under_price(cls, value: object) -> object:
        if isinstance(value, str):
            raise fault("TE012", f"{kind(value)} stands where the prices of the lot do", f"write {{price: {value}}}")
        return value


class PackageFile(PricesFile):
    """Prices for several lots, which the bid is awarded together or not at all."""

    # Said for each lot alone, and refused here with that mend: none of them is what a misspelt key may stand for.
    rates: dict[Ident, MoneyFigure] = Field({}, description=_BY_LOT, exclude=True)
    totals: dict[Ident, MoneyFigure] = Field({}, description=_BY_LOT, exclude=True)
    costs: dict[Ident, MoneyFigure] = Field({}, description=_BY_LOT, exclude=True)
    discount: DiscountFigure | None = Field(None, description=_BY_LOT, exclude=True)
    lots: Names = Field((), description="the lots, where one price is stated for all of them")
    by_lot: dict[Ident, PricesOfLotFile] = Field({}, description="the lots, with the price of each in this package")

    @model_validator(mode="after")
    def _priced_one_way(self) -> Self:
        in_one = super().figures()
        if self.by_lot and (self.lots or in_one):
            message = "the package states its prices by lot, and beside that for all lots"
            raise fault("TE504", message, "keep by_lot: alone, or lots: with the one price")
        if not self.by_lot and not self.lots:
            raise fault("TE011", "the package names no lots", "add lots: [..., ...] with its price, or by_lot: {...}")
        if self.lots and not in_one:
            raise fault("TE011", "the package states no price", "add price: ... to it")
        for name in in_one:
            if not is_of_several_lots(name):
                message = f"{name} cannot be stated for several lots at once"
                raise fault("TE504", message, "state by_lot: {...}, with what is said for each lot in its braces")
        return self

    def record(self) -> Package:
        by_lot = {lot: part.figures() for lot, part in self.by_lot.items()}
        return Package(self.lots or tuple(by_lot), by_lot, self.figures() if self.lots else {}, self.where)


class DiscountForLotsFile(Located):
    """What the bid takes off its prices where several lots are awarded together."""

    lots: Names = Field((), description="the lots whose prices it lowers; default: all that the bid is for alone")
    at_least: Whole | None = Field(None, description="of how many of them it must be awarded; default: of all")
    off: DiscountFigure | None = Field(None, description="the share that is taken off each of its prices there")
    sum_off: MoneyFigure | None = Field(
        None, description="the sum that is taken off all of them together, where all are awarded"
    )

    @model_validator(mode="after")
    def _says_how_much(self) -> Self:
        if self.off is not None and self.sum_off is not None:
            raise fault("TE504", "the discount is a share and a sum", "keep off: or sum_off:")
        if self.off is None and self.sum_off is None:
            raise fault("TE011", "the discount says nothing", "add off: 5%, or sum_off: with an amount")
        return self

    def record(self, of_bid: tuple[str, ...]) -> Discount:
        """The discount; ``of_bid`` are the lots that the bid is for alone."""
        lots = self.lots or of_bid
        return Discount(lots, self.at_least or len(lots), self.off, self.sum_off, self.where)


def check_offers(bid: Bid, tender: Tender, problems: Problems, faulty: FaultyParts) -> None:
    """Note what is wrong with what a bid offers for several lots together, but where faulty parts were taken out."""
    seen: dict[frozenset[str], Package] = {}
    alone = bid.alone if bid.packages or bid.discounts else {}
    for package in bid.packages:
        before = len(problems)
        _check_lots(bid, package, "package", tender, problems)
        other = seen.setdefault(frozenset(package.lots), package)
        if len(problems) == before and other is not package:
            message = f'bid "{bid.id}" offers two packages of {_listed(package.lots)}; the first is at {other.where}'
            problems.add("TE504", package.where, message, "remove the one that does not count")
        elif len(problems) == before:
            _check_shared_out(bid, package, alone, problems)
            _tell_of_no_saving(bid, package, alone, problems)
    for discount in bid.discounts:
        before = len(problems)
        _check_lots(bid, discount, "discount", tender, problems)
        if len(problems) == before:
            _check_discount(bid, discount, alone, problems)
    _check_beside(bid, [discount for discount in bid.discounts if not faulty.at(discount.where)], problems)


def _check_lots(bid: Bid, offer: Package | Discount, what: str, tender: Tender, problems: Problems) -> None:
    known, before = [lot.id for lot in tender.lots], len(problems)
    for n, lot in enumerate(offer.lots):
        where = place(lot, offer.where)
        if lot in offer.lots[:n]:
            problems.add("TE020", where, f'the {what} names lot "{lot}" twice', "name each lot once")
        elif lot not in known:
            message = f'the {what} is for lot "{lot}", which the tender does not list'
            problems.add("TE056", where, message, _meant(lot, known, where))
        elif lot not in bid.lots:
            message = f'the {what} is for lot "{lot}", which the bid "{bid.id}" is not for'
            hint = mends.for_lot_alone(lot, "price", bid, where)
            if what == "package":
                hint += f", or {mends.in_packages_only(lot, bid, where)} where it is for the lot in packages only"
            problems.add("TE504", where, message, hint)
    if len(problems) == before and (len(offer.lots) == 1 or (isinstance(offer, Discount) and offer.at_least == 1)):
        message = f"the {what} is for one lot, whose price the bid states for it alone"
        problems.add("TE504", offer.where, message, f"remove the {what}, or let it be for several lots")


def _meant(lot: str, known: list[str], where: Location) -> str:
    """What is meant by a lot that the tender does not list: another, or several in one text."""
    parts = [part.strip() for part in lot.split(",")]
    if len(parts) > 1 and {*parts} <= {*known}:
        if mends.in_table(where):
            return f"separate them by semicolons: {'; '.join(parts)}"
        return f"write them as a list: [{', '.join(parts)}]"
    return did_you_mean(lot, known) or f"the tender's lots: {', '.join(known)}"


def _check_shared_out(bid: Bid, package: Package, alone: Mapping[str, Prices], problems: Problems) -> None:
    """Note a lot of a package with one price for which the bid states none alone: by what is it to be shared out?"""
    for lot in package.lots if package.in_one else ():
        missing = [name for name in package.in_one if name not in alone.get(lot, {})]
        if missing:
            message = (
                f"the package states one {missing[0]}, which is shared out as the prices for each lot alone are; "
                f'for lot "{lot}" alone bid "{bid.id}" states none'
            )
            hint = mends.for_lot_alone(lot, missing[0], bid, package.where)
            problems.add("TE504", place(lot, package.where), message, hint)


def _tell_of_no_saving(bid: Bid, package: Package, alone: Mapping[str, Prices], problems: Problems) -> None:
    """Tell of a package that costs more than its lots by themselves, which can be no more than a slip."""
    parts = [package.in_one] if package.in_one else [package.figures.get(lot, {}) for lot in package.lots]
    own = [alone.get(lot, {}) for lot in package.lots]
    together, apart = (sum(map(amounts, prices), Fraction(0)) for prices in (parts, own))
    if all(map(amounts, own)) and together > apart:
        from tender_eval.model.digits import shown  # loads arrays, which no sound file needs

        message = (
            f"the package of {_listed(package.lots)} comes to {shown(together)}, more than the {shown(apart)} that bid "
            f'"{bid.id}" asks for these lots alone'
        )
        problems.tell("TE504", package.where, message, "ask the bidder whether that is what is meant")


def _check_discount(bid: Bid, discount: Discount, alone: Mapping[str, Prices], problems: Problems) -> None:
    where, own = discount.where, {lot: alone.get(lot, {}) for lot in discount.lots}
    for lot, figures in own.items():
        if not figures:
            message = f'a discount is taken off the prices for each lot alone, and for lot "{lot}" the bid states none'
            hint = f"{mends.for_lot_alone(lot, 'price', bid, where)}, or leave the lot out of the discount"
            problems.add("TE504", place(lot, where), message, hint)
        elif "discount" in figures:
            message = f'the price for lot "{lot}" is a discount already, of which no other is taken off'
            problems.add("TE504", where, message, "state packages, with by_lot: and the discount of each lot in them")
    if discount.at_least > len(discount.lots):
        message = f"the discount asks for {discount.at_least} lots, and is for {len(discount.lots)}"
        problems.add("TE504", where, message, f"write at_least: {len(discount.lots)}, or fewer")
    if discount.sum_off is None:
        return
    if discount.at_least < len(discount.lots):
        message = "a sum off is for all lots of the discount together, and this asks for some of them"
        problems.add("TE504", where, message, "remove at_least:, or write off: with a share such as 5%")
    together, off = sum(map(amounts, own.values()), Fraction(0)), discount.sum_off.value
    if isinstance(off, Fraction) and not 0 <= off < together:
        from tender_eval.model.digits import shown  # loads arrays, which no sound file needs

        message = f"the sum off must be at least 0 and below {shown(together)}, to which the prices come"
        problems.add("TE015", discount.sum_off.where, message, "correct it")


def _check_beside(bid: Bid, discounts: Sequence[Discount], problems: Problems) -> None:
    """Note offers that would count beside each other and of which nothing says how."""
    for n, one in enumerate(discounts):
        lots = frozenset(one.lots)
        for other in discounts[:n]:
            if lots == frozenset(other.lots) and one.at_least != other.at_least:
                continue
            if not lots.isdisjoint(other.lots):
                message = (
                    f"the discounts here and at {other.where} are both for {_listed(sorted(lots & {*other.lots}))}"
                )
                hint = "let both be for the same lots, each from another number of them on; or state packages"
                problems.add("TE504", one.where, message, hint)
                break
        for package in bid.packages:
            if not lots.isdisjoint(package.lots):
                message = f"the discount is for lots of the package at {package.where}: which of the two counts?"
                problems.add("TE504", one.where, message, "remove the discount, and state packages at the lower price")
                break


def _listed(lots: Iterable[str]) -> str:
    return ", ".join(lots)
