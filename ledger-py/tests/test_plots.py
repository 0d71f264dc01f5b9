"""What is drawn and written in the pictures is what the ledger says."""

from __future__ import annotations

import io
import subprocess
import sys
from calendar import isleap
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import matplotlib as mpl
import numpy as np
import pytest
from donation_ledger import (
    SANDBOX_SIGNATURE,
    AdjustmentReason,
    Amount,
    Beneficiary,
    BookMode,
    Cause,
    CauseDetails,
    CauseId,
    Designation,
    DisputeBegins,
    DisputeReport,
    Donate,
    DonationId,
    DonorId,
    DonorProfile,
    Event,
    Ingested,
    InvalidError,
    Ledger,
    Method,
    NotFoundError,
    PartShare,
    PaymentId,
    PaymentReport,
    PayoutReport,
    Period,
    RefundReport,
    RefundScope,
    Right,
    Sandbox,
    WhyNothing,
    Wrong,
)
from donation_ledger.plots import cause_progress, gift_sizes, gifts_by_day, ink, raised_over_time, waterfall
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex, to_rgb
from matplotlib.container import BarContainer
from matplotlib.dates import date2num
from matplotlib.image import imread
from matplotlib.patches import Polygon, Rectangle, StepPatch
from matplotlib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

DONOR = "Zebulon Givington"


class Book:
    """A ledger with one donor, and short words for what happens in it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.donor: DonorId = ledger.register_donor(profile=DonorProfile(name=DONOR, email="z@example.org")).donor
        self._keys = 0

    def key(self) -> str:
        self._keys += 1
        return f"key-{self._keys}"

    def cause(self, name: str, currency: str = "EUR", goal: str | None = None) -> CauseId:
        details = CauseDetails(name=name, goal=Amount(goal, currency) if goal else None)
        return self.ledger.open_cause(currency=currency, details=details).cause

    def of(self, cause: CauseId) -> Cause:
        known = self.ledger.cause(cause)
        assert known is not None
        return known

    def gift(
        self,
        *to: tuple[CauseId, str],
        on: date = date(2026, 3, 4),
        currency: str = "EUR",
        fee: str | None = None,
    ) -> DonationId:
        return self.ledger.submit(self.giving(*to, on=on, currency=currency, fee=fee)).donation

    def giving(self, *to: tuple[CauseId, str], on: date, currency: str = "EUR", fee: str | None = None) -> Donate:
        return Donate(
            key=self.key(),
            donor=self.donor,
            designations=[Designation(cause, Amount(amount, currency)) for cause, amount in to],
            tip=Amount("2", currency),
            fee=Amount(fee, currency) if fee else None,
            method=Method.Processor(processor="stripe"),
            occurred_on=on,
        )

    def back(self, gift: DonationId, on: date, amount: str | None = None, currency: str = "EUR") -> None:
        scope = RefundScope.Proportional(Amount(amount, currency)) if amount else RefundScope.Everything()
        self.ledger.refund(key=self.key(), donation=gift, scope=scope, occurred_on=on)

    def adjust(self, cause: CauseId, amount: str, reason: AdjustmentReason, on: date) -> None:
        self.ledger.adjust(
            key=self.key(),
            donor=self.donor,
            cause=cause,
            amount=Amount(amount, "EUR"),
            reason=reason,
            method=Method.Offline(bank="main"),
            occurred_on=on,
        )


@pytest.fixture
def book() -> Iterator[Book]:
    with Ledger.in_memory() as ledger:
        yield Book(ledger)


class Appeal(NamedTuple):
    book: Book
    water: CauseId
    roof: CauseId

    @property
    def ledger(self) -> Ledger:
        return self.book.ledger


@pytest.fixture
def appeal(book: Book) -> Appeal:
    """Two causes to which nearly everything happened that can."""
    ledger = book.ledger
    water, roof = book.cause("Wells", goal="400"), book.cause("A roof")
    for number in range(12):
        book.gift((water, "30.10"), (roof, "5.55"), on=date(2026, 1, 28) + timedelta(6 * number), fee="1.20")
    book.back(book.gift((water, "40.00")), date(2026, 4, 2))
    book.back(book.gift((water, "20.00"), (roof, "10.01")), date(2026, 4, 20), amount="7.77")
    _a_refund_that_fails(book, water)
    _disputes(book, water)
    _refunds_told_in_another_order(book, water, roof)
    # A refund that was entered and never made.
    in_cash = Donate(
        key=book.key(),
        donor=book.donor,
        designations=[Designation(water, Amount("9.00", "EUR"))],
        method=Method.Offline(bank="till"),
        occurred_on=date(2026, 3, 8),
    )
    kept = ledger.submit(in_cash).donation
    book.back(kept, date(2026, 3, 9), amount="1.50")
    refund = ledger.refund(key=book.key(), donation=kept, scope=RefundScope.Everything(), occurred_on=date(2026, 3, 9))
    never = Right.Nothing(key=book.key(), why=WhyNothing.NEVER_HAPPENED)
    ledger.correct(wrong=Wrong.Refund(refund.refund), right=never)
    for reason in AdjustmentReason:
        book.adjust(water, "3.21", reason, date(2026, 5, 5))
    wrong = book.gift((water, "500.00"), on=date(2026, 2, 14))
    ledger.correct(
        wrong=Wrong.Donation(wrong),
        right=Right.Nothing(key=book.key(), why=WhyNothing.NEVER_HAPPENED),
        reversed_on=date(2026, 6, 1),
    )
    wrong = book.gift((water, "700.00"), on=date(2026, 2, 15))
    right = Right.Donation(book.giving((water, "70.00"), on=date(2026, 7, 2)))
    ledger.correct(wrong=Wrong.Donation(wrong), right=right)
    ledger.reallocate(key=book.key(), from_=roof, to=water, amount=Amount("6.00", "EUR"))
    for amount, report in (("150.00", PayoutReport.PAID), ("25.00", PayoutReport.IN_TRANSIT)):
        payout = ledger.propose_payout(key=book.key(), cause=water, amount=Amount(amount, "EUR"), bank="main").payout
        ledger.report_payout(key=book.key(), payout=payout, report=report)
    assert ledger.audit().difference is None
    return Appeal(book, water, roof)


def _a_refund_that_fails(book: Book, cause: CauseId) -> None:
    ledger = book.ledger
    payment = _begun(book, [Designation(cause, Amount("15.00", "EUR"))])
    donation = ledger.donation_of_payment(payment)
    assert donation
    captured, on = PaymentReport.Captured(), date(2026, 3, 1)
    ledger.report_payment(key=book.key(), payment=payment, report=captured, occurred_on=on)
    everything = RefundScope.Everything()
    refund = ledger.refund(key=book.key(), donation=donation, scope=everything, occurred_on=date(2026, 3, 2)).refund
    ledger.report_refund(key=book.key(), refund=refund, report=RefundReport.FAILED, occurred_on=date(2026, 4, 3))


def _begun(book: Book, to: list[Designation], tip: str | None = None) -> PaymentId:
    with_tip = Amount(tip, "EUR") if tip else None
    begun = book.ledger.begin_donation(key=book.key(), donor=book.donor, designations=to, tip=with_tip).donation
    return book.ledger.start_payment(key=book.key(), donation=begun, processor="stripe").payment


def _disputes(book: Book, cause: CauseId) -> None:
    for amount, ends in (("11.00", DisputeReport.LOST), ("12.00", DisputeReport.WON), ("13.00", None)):
        dispute = book.ledger.open_dispute(
            key=book.key(),
            donation=book.gift((cause, amount), on=date(2026, 3, 20)),
            amount=Amount(amount, "EUR"),
            begins=DisputeBegins.WITH_MONEY,
            occurred_on=date(2026, 3, 25),
        ).dispute
        if ends:
            book.ledger.report_dispute(key=book.key(), dispute=dispute, report=ends, occurred_on=date(2026, 4, 9))


def _refunds_told_in_another_order(book: Book, water: CauseId, roof: CauseId) -> None:
    """The provider made two refunds by itself and tells of the second first, so what they took is divided anew."""
    sandbox, now = Sandbox("stripe"), book.ledger.now()
    to = [Designation(water, Amount("0.24", "EUR")), Designation(roof, Amount("0.07", "EUR"))]
    payment = _begun(book, to, tip="0.02")
    told = sandbox.pay(payment, Amount("0.33", "EUR"), at=now)
    told += sandbox.refund(payment, Amount("0.16", "EUR"), number=2, at=now + timedelta(seconds=20))
    told += sandbox.refund(payment, Amount("0.09", "EUR"), number=1, at=now + timedelta(seconds=10))
    more = 0
    for webhook in told:
        ingested = book.ledger.ingest_webhook(sandbox, {SANDBOX_SIGNATURE: webhook.signature}, webhook.body)
        assert isinstance(ingested, Ingested.Applied)
        for event in ingested.committed.events:
            if isinstance(event, Event.TakingsRedivided):
                more += sum(_of(water, taking.after) - _of(water, taking.before) for taking in event.takings)
    assert more == 1


def _of(cause: CauseId, shares: tuple[PartShare, ...]) -> int:
    return sum(share.share_minor for share in shares if share.beneficiary == Beneficiary.Cause(cause))


def words_of(figure: Figure) -> list[str]:
    """Everything that is written in a figure, its parts in the order in which they were written."""
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]


def bars(axes: Axes, label: str) -> list[Rectangle]:
    return [
        bar
        for group in axes.containers
        if isinstance(group, BarContainer) and group.get_label() == label
        for bar in group.patches
    ]


def widths(axes: Axes, label: str) -> list[float]:
    return [bar.get_width() for bar in bars(axes, label)]


def steps(figure: Figure) -> dict[float, float]:
    """What was raised from each day on, by the number of the day."""
    drawn = next(patch for patch in figure.axes[0].patches if isinstance(patch, StepPatch))
    values, edges, _ = drawn.get_data()
    return dict(zip(map(float, edges[:-1]), map(float, values), strict=True))


def corners(line: Line2D) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in np.asarray(line.get_xydata())]


def number(day: date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call]


def light(colour: str) -> float:
    """How light a colour is in black and white, from 0 to 1."""
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


# Progress of causes.


def test_a_bar_is_what_was_raised_in_percent_of_the_goal(book: Book) -> None:
    half, over = book.cause("Half", goal="80"), book.cause("Over", goal="20.00")
    book.gift((half, "50.00"))
    book.back(book.gift((half, "10.00")), date(2026, 4, 1))
    book.adjust(half, "10.00", AdjustmentReason.CHARGEBACK, date(2026, 5, 1))
    book.gift((over, "25.00"))
    figure = cause_progress(book.ledger, currency="EUR")
    axes = figure.axes[0]
    assert widths(axes, "raised") == [100.0, 50.0]
    assert widths(axes, "beyond the goal") == [25.0, 0.0]
    assert [bar.get_x() for bar in bars(axes, "beyond the goal")] == [100.0, 100.0]
    assert {bar.get_hatch() for bar in bars(axes, "beyond the goal")} == {ink.MORE_HATCH}
    words = words_of(figure)
    assert {"Half", "50%", "40.00", "of 80.00", "Over", "125%", "25.00", "of 20.00"} <= set(words)
    assert "65.00 EUR in all: what was given, less refunds and lost disputes" in words
    assert not any(isinstance(patch, Polygon) for patch in axes.patches)


def test_a_bar_far_beyond_its_goal_is_broken_and_its_words_are_exact(book: Book) -> None:
    book.gift((book.cause("Wells", goal="10"), "1234.56"))
    figure = cause_progress(book.ledger, currency="EUR")
    assert widths(figure.axes[0], "beyond the goal") == [150.0]
    assert sum(isinstance(patch, Polygon) for patch in figure.axes[0].patches) == 1
    assert {"over 9,999%", "1,234.56"} <= set(words_of(figure))


def test_a_goal_is_reached_by_its_last_unit_only(book: Book) -> None:
    nearly, hardly = book.cause("Nearly", goal="1000"), book.cause("Hardly", goal="1000")
    book.gift((nearly, "999.99"), (hardly, "0.01"))
    assert {"99%", "under 1%"} <= set(words_of(cause_progress(book.ledger, currency="EUR")))
    book.gift((nearly, "0.01"))
    assert {"100%", "under 1%"} <= set(words_of(cause_progress(book.ledger, currency="EUR")))


def test_causes_without_a_goal_are_plain_amounts_and_can_be_below_zero(book: Book) -> None:
    more, less, owes = book.cause("More"), book.cause("Less"), book.cause("Owes")
    book.gift((more, "70.00"), (less, "30.00"))
    book.adjust(owes, "5.00", AdjustmentReason.UNLINKED_REFUND, date(2026, 5, 1))
    figure = cause_progress(book.ledger, currency="EUR")
    (axes,) = figure.axes
    assert widths(axes, "raised") == [70.0, 30.0, -5.0]
    assert [bar.get_hatch() for bar in bars(axes, "raised")] == [None, None, ink.LESS_HATCH]
    assert {"without a goal", "70.00", "30.00", "\N{MINUS SIGN}5.00"} <= set(words_of(figure))
    assert not any("%" in word for word in words_of(figure))


def test_of_a_hundred_causes_the_others_are_one_bar(book: Book) -> None:
    causes = [book.cause(f"Cause {at}", goal="100" if at % 2 else None) for at in range(100)]
    for at, cause in enumerate(causes):
        book.gift((cause, f"{at + 1}.00"))
    figure = cause_progress(book.ledger, currency="EUR", top=5)
    towards, without = figure.axes
    words = words_of(figure)
    assert words.count("45 others together") == 2
    assert "5,050.00 EUR in all: what was given, less refunds and lost disputes" in words
    assert widths(towards, "raised")[:5] == [100.0, 98.0, 96.0, 94.0, 92.0]
    # The odd ones that are left are 2 to 90, of goals of 100 each.
    assert widths(towards, "raised")[5] == pytest.approx(100 * sum(range(2, 91, 2)) / 4500)
    assert {"2,070.00", "of 4,500.00", "46%"} <= set(words)
    assert widths(without, "raised") == [99.0, 97.0, 95.0, 93.0, 91.0, float(sum(range(1, 90, 2)))]


def test_one_cause_more_than_the_top_has_its_own_name(book: Book) -> None:
    for at in range(4):
        book.gift((book.cause(f"Cause {at}"), "1.00"))
    assert "Cause 3" in words_of(cause_progress(book.ledger, currency="EUR", top=3))
    assert "2 others together" in words_of(cause_progress(book.ledger, currency="EUR", top=2))


# Raised over time.


@pytest.mark.parametrize("by", ["day", "month"])
def test_it_ends_at_what_the_totals_say(appeal: Appeal, by: Literal["day", "month"]) -> None:
    """After refunds that fail, disputes, adjustments, corrections and takings that were divided anew."""
    each = []
    for cause in (appeal.water, appeal.roof):
        known = appeal.book.of(cause)
        figure = raised_over_time(appeal.ledger, cause, by=by)
        end = known.totals.raised
        assert list(steps(figure).values())[-1] == pytest.approx(float(end), abs=1e-9)
        assert f"{end:,f} EUR" in words_of(figure)
        taken = f"in all refunded {known.totals.refunded}"
        assert any(taken in word for word in words_of(figure))
        each.append(end)
    of_all = raised_over_time(appeal.ledger, currency="EUR", by=by)
    assert f"{sum(each):,f} EUR" in words_of(of_all)
    assert list(steps(of_all).values())[-1] == pytest.approx(float(sum(each)), abs=1e-9)


def test_the_months_of_the_totals_are_those_that_the_journal_tells(appeal: Appeal) -> None:
    """All causes by month are read from the ledger's totals, by day from the journal: two ways to the same."""
    by_day = steps(raised_over_time(appeal.ledger, currency="EUR", by="day"))
    by_month = steps(raised_over_time(appeal.ledger, currency="EUR", by="month"))
    starts = [*by_month, float("inf")]
    for (start, end), value in zip(pairwise(starts), by_month.values(), strict=True):
        last = max(day for day in by_day if start <= day < end)
        assert by_day[last] == pytest.approx(value, abs=1e-9)
    assert len(by_month) == len({(each.period, each.totals.currency) for each in appeal.ledger.totals_by(Period.MONTH)})


def test_what_was_given_back_is_hatched_and_marked_on_its_day(book: Book) -> None:
    wells = book.cause("Wells", goal="100")
    gift = book.gift((wells, "60.00"), on=date(2026, 3, 4))
    book.back(gift, date(2026, 3, 10), amount="31.00")
    book.adjust(wells, "5.00", AdjustmentReason.CHARGEBACK, date(2026, 3, 12))
    figure = raised_over_time(book.ledger, wells, by="day")
    axes = figure.axes[0]
    assert steps(figure) == {
        number(date(2026, 3, 4)): 60.0,
        number(date(2026, 3, 10)): 30.0,
        number(date(2026, 3, 12)): 25.0,
    }
    given_back = bars(axes, "given back")
    assert [(bar.get_x(), bar.get_y(), bar.get_height()) for bar in given_back] == [
        (number(date(2026, 3, 10)), 30.0, 30.0),
        (number(date(2026, 3, 12)), 25.0, 5.0),
    ]
    assert {bar.get_hatch() for bar in given_back} == {ink.LESS_HATCH}
    marks = next(line for line in axes.lines if line.get_label() == "marks of what was given back")
    assert [y for _, y in corners(marks)] == [60.0, 30.0]
    words = words_of(figure)
    assert (
        "\N{BLACK DOWN-POINTING TRIANGLE} given back on that day; in all refunded 30.00 and lost to disputes 5.00"
        in words
    )
    assert {"25.00 EUR", "goal 100.00"} <= set(words)


def test_by_month_a_step_is_a_whole_month(book: Book) -> None:
    wells = book.cause("Wells")
    book.back(book.gift((wells, "60.00"), on=date(2026, 3, 31)), date(2026, 3, 31), amount="31.00")
    book.gift((wells, "1.00"), on=date(2028, 2, 1))
    figure = raised_over_time(book.ledger, wells)
    assert steps(figure) == {number(date(2026, 3, 1)): 30.0, number(date(2028, 2, 1)): 31.0}
    (bar,) = bars(figure.axes[0], "given back")
    assert (bar.get_x(), bar.get_width(), bar.get_height()) == (number(date(2026, 3, 1)), 31.0, 30.0)


def test_what_was_entered_later_counts_on_its_day(book: Book) -> None:
    wells = book.cause("Wells")
    book.gift((wells, "2.00"), on=date(2026, 3, 2))
    book.gift((wells, "1.00"), on=date(2026, 3, 1))
    drawn = steps(raised_over_time(book.ledger, wells, by="day"))
    assert drawn == {number(date(2026, 3, 1)): 1.0, number(date(2026, 3, 2)): 3.0}


# From what was given to what is held.


def test_the_waterfall_ends_at_what_is_held(appeal: Appeal) -> None:
    standing = appeal.ledger.standing(appeal.water)
    assert standing
    totals = standing.totals
    changes = [-totals.refunded, -totals.disputed, -totals.fees, totals.adjusted, -totals.paid_out]
    held = totals.gross + sum(changes)
    assert held == totals.held == standing.available + standing.held + standing.in_transit - standing.owed
    # Of 13.00 that are disputed of 13.00 and a tip of 2.00.
    assert standing.held == Decimal("11.27")
    figure = waterfall(appeal.ledger, appeal.water)
    axes = figure.axes[0]
    first, last = bars(axes, "total")
    assert (first.get_x(), first.get_width()) == (0.0, float(totals.gross))
    assert (last.get_x(), last.get_width()) == (0.0, float(held))
    between = sorted(bars(axes, "less") + bars(axes, "more"), key=lambda bar: bar.get_y())
    assert [bar.get_width() for bar in between] == pytest.approx(list(map(float, changes)), abs=1e-9)
    ends = [first.get_width(), *(bar.get_x() + bar.get_width() for bar in between)]
    # Each step begins where the one before it ended, and a line leads there.
    assert [bar.get_x() for bar in between] == pytest.approx(ends[:-1], abs=1e-9)
    assert ends[-1] == pytest.approx(float(held), abs=1e-9)
    lines = [line for line in axes.lines if line.get_color() == ink.QUIET]
    assert [x for line in lines for x in {x for x, _ in corners(line)}] == pytest.approx(ends, abs=1e-9)
    parts = bars(axes, "part")
    assert [part.get_width() for part in parts] == pytest.approx(
        [float(standing.available), float(standing.held), float(standing.in_transit)], abs=1e-9
    )
    assert parts[-1].get_x() + parts[-1].get_width() == pytest.approx(float(held), abs=1e-9)


def test_the_waterfall_says_every_amount_with_its_sign(appeal: Appeal) -> None:
    standing = appeal.ledger.standing(appeal.water)
    assert standing
    totals = standing.totals
    words = words_of(waterfall(appeal.ledger, appeal.water))
    said = dict(pairwise(words))
    minus = "\N{MINUS SIGN}"
    assert said["Given"] == str(totals.gross)
    assert said["Refunded"] == f"{minus}{totals.refunded}"
    assert said["Lost to disputes"] == f"{minus}{totals.disputed}"
    assert said["Fees"] == f"{minus}{totals.fees}"
    assert said["Adjusted"] == f"{'+' if totals.adjusted > 0 else minus}{abs(totals.adjusted)}"
    assert said["Paid out"] == f"{minus}150.00"
    assert said["Still held"] == str(totals.net - totals.paid_out)
    assert said["on its way to the cause"] == "25.00"


def test_a_cause_that_owes_ends_below_zero(book: Book) -> None:
    wells = book.cause("Wells")
    book.gift((wells, "20.00"))
    payout = book.ledger.propose_payout(key="out", cause=wells, amount=Amount("20", "EUR"), bank="main").payout
    book.ledger.report_payout(key="paid", payout=payout, report=PayoutReport.PAID)
    book.adjust(wells, "5.00", AdjustmentReason.UNLINKED_REFUND, date(2026, 5, 1))
    figure = waterfall(book.ledger, wells)
    assert dict(pairwise(words_of(figure)))["Still held"] == "\N{MINUS SIGN}5.00"
    assert bars(figure.axes[0], "less")[-1].get_width() == -5.0


def test_books_of_a_charity_have_a_waterfall_too() -> None:
    with Ledger.in_memory(mode=BookMode.PRINCIPAL) as ledger:
        book = Book(ledger)
        wells = book.cause("Wells")
        book.gift((wells, "20.00"), fee="1.10")
        said = dict(pairwise(words_of(waterfall(ledger, wells))))
        assert (said["Given"], said["Fees"], said["Still held"]) == ("20.00", "\N{MINUS SIGN}1.00", "19.00")


# Sizes of gifts.


def test_classes_are_round_and_hold_every_gift_once(appeal: Appeal) -> None:
    for cause in (appeal.water, appeal.roof):
        figure = gift_sizes(appeal.ledger, cause)
        heights = [bar.get_height() for bar in bars(figure.axes[0], "gifts")]
        assert sum(heights) == appeal.book.of(cause).totals.donations
    figure = gift_sizes(appeal.ledger, currency="EUR")
    heights = [bar.get_height() for bar in bars(figure.axes[0], "gifts")]
    assert sum(heights) == sum(month.totals.donations for month in appeal.ledger.totals_by(Period.MONTH))
    edges = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    assert edges == ["0.2", "0.5", "1", "2", "5", "10", "20", "50", "100"]


def test_a_size_on_an_edge_is_in_the_class_that_begins_there(book: Book) -> None:
    wells, roof = book.cause("Wells"), book.cause("A roof")
    for amount in ("4.99", "5.00", "9.99", "10.00", "1999.99"):
        book.gift((wells, amount))
    book.back(book.gift((wells, "10.00"), (roof, "90.00")), date(2026, 4, 1))
    figure = gift_sizes(book.ledger, wells)
    labels = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    counts = [bar.get_height() for bar in bars(figure.axes[0], "gifts")]
    assert labels == ["2", "5", "10", "20", "50", "100", "200", "500", "1,000", "2,000"]
    assert counts == [1, 2, 2, 0, 0, 0, 0, 0, 1]
    assert "How large gifts are: 6 gifts, 2,039.97 EUR as they were given" in words_of(figure)
    # Of all causes the whole gift counts, 100.00, without its tip.
    of_all = gift_sizes(book.ledger, currency="EUR")
    assert [bar.get_height() for bar in bars(of_all.axes[0], "gifts")] == [1, 2, 1, 0, 0, 1, 0, 0, 1]


def test_the_median_is_written_and_where_it_is_in_its_class(book: Book) -> None:
    wells = book.cause("Wells")
    for amount in ("10.00", "20.00", "80.00", "500.00"):
        book.gift((wells, amount))
    figure = gift_sizes(book.ledger, wells)
    assert "median 50.00 EUR" in words_of(figure)
    (line,) = (line for line in figure.axes[0].lines if line.get_label() == "median")
    # 50 begins the third class.
    assert {x for x, _ in corners(line)} == {2.0}
    book.gift((wells, "30.00"))
    assert "median 30.00 EUR" in words_of(gift_sizes(book.ledger, wells))


def test_what_a_correction_took_back_is_not_a_gift(book: Book) -> None:
    wells = book.cause("Wells")
    wrong = book.gift((wells, "5000.00"), on=date(2026, 2, 3))
    book.gift((wells, "50.00"))
    nothing = Right.Nothing(key=book.key(), why=WhyNothing.ENTERED_TWICE)
    book.ledger.correct(wrong=Wrong.Donation(wrong), right=nothing, reversed_on=date(2026, 7, 1))
    assert "How large gifts are: 1 gift, 50.00 EUR as they were given" in words_of(gift_sizes(book.ledger, wells))
    grid = days_of(gifts_by_day(book.ledger, currency="EUR", year=2026))
    assert grid == Counter({date(2026, 3, 4): 1})


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=20))
def test_any_sizes_are_in_classes(sizes: list[int]) -> None:
    with Ledger.in_memory() as ledger:
        book = Book(ledger)
        wells = book.cause("Wells")
        for minor in sizes:
            book.gift((wells, str(Amount.from_minor(minor, "EUR").decimal)))
        axes = gift_sizes(ledger, wells).axes[0]
        counts = [bar.get_height() for bar in bars(axes, "gifts")]
        assert sum(counts) == len(sizes)
        # The classes end where they have to: only those that fill up a small picture are empty at the ends.
        assert len(counts) >= 5
        assert len(counts) == 5 or (counts[0] > 0 and counts[-1] > 0)


# Gifts by day.


def days_of(figure: Figure) -> Counter[date]:
    """The gifts of each day, as they are drawn: weeks from left to right, Monday above."""
    (drawn,) = (each for each in figure.axes[0].collections if isinstance(each, QuadMesh))
    cells = drawn.get_array()
    assert cells is not None
    title = figure.texts[0].get_text()
    first = date(int(title[-4:]), 1, 1)
    found: Counter[date] = Counter()
    for weekday, row in enumerate(cells.tolist()):
        for week, count in enumerate(row):
            number_of_day = 7 * week + weekday - first.weekday()
            # Squares of other years are empty.
            assert (count is None) == (not 0 <= number_of_day < 365 + isleap(first.year))
            if count:
                found[first + timedelta(number_of_day)] += int(count)
    return found


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2028, 2000, 1900])
def test_each_day_is_where_it_belongs(book: Book, year: int) -> None:
    wells, roof = book.cause("Wells"), book.cause("A roof")
    meant = Counter({date(year, 1, 1): 2, date(year, 2, 28): 1, date(year, 12, 31): 3, date(year, 7, 14): 11})
    for day, count in meant.items():
        for _ in range(count):
            book.gift((wells, "1.00"), (roof, "2.00"), on=day)
    book.gift((wells, "1.00"), on=date(year - (year > 1900), 12, 31) if year > 1900 else date(1901, 1, 1))
    figure = gifts_by_day(book.ledger, currency="EUR", year=year)
    assert days_of(figure) == meant
    assert "17 gifts in EUR, at most 11 on a day: first on 14 Jul, which has a dot" in words_of(figure)


def test_all_days_together_are_the_gifts_of_the_year(appeal: Appeal) -> None:
    years = {each.period: each.totals for each in appeal.ledger.totals_by(Period.YEAR)}
    for year, totals in years.items():
        figure = gifts_by_day(appeal.ledger, currency="EUR", year=int(year))
        assert days_of(figure).total() == totals.donations


def test_the_key_says_what_each_shade_means(book: Book) -> None:
    wells = book.cause("Wells")
    for day, count in enumerate([1, 2, 5, 11, 32], start=1):
        for _ in range(count):
            book.gift((wells, "1.00"), on=date(2026, 3, day))
    figure = gifts_by_day(book.ledger, currency="EUR", year=2026)
    key = [text.get_text() for text in figure.axes[0].texts][-7:]
    assert set(key) == {"gifts:", "0", "1", "2\N{EN DASH}3", "4\N{EN DASH}7", "8\N{EN DASH}15", "16\N{EN DASH}32"}
    (drawn,) = (each for each in figure.axes[0].collections if isinstance(each, QuadMesh))
    shades = [light(to_hex(tuple(colour))) for colour in drawn.to_rgba(np.array([0, 1, 2, 5, 11, 32])).tolist()]
    assert shades == pytest.approx([light(colour) for colour in (ink.TRACK, *ink.FEW_TO_MANY)], abs=0.01)


# All of them.


def pictures(ledger: Ledger, cause: CauseId, currency: str, year: int) -> dict[str, Figure]:
    return {
        "progress": cause_progress(ledger, currency=currency),
        "by day": raised_over_time(ledger, cause, by="day"),
        "by month": raised_over_time(ledger, currency=currency),
        "waterfall": waterfall(ledger, cause),
        "sizes": gift_sizes(ledger, cause),
        "days": gifts_by_day(ledger, currency=currency, year=year),
    }


def test_an_empty_ledger_says_that_there_is_nothing_yet() -> None:
    with Ledger.in_memory() as ledger:
        for figure in (
            cause_progress(ledger, currency="EUR"),
            raised_over_time(ledger, currency="EUR"),
            raised_over_time(ledger, currency="EUR", by="day"),
            gift_sizes(ledger, currency="EUR"),
            gifts_by_day(ledger, currency="EUR", year=2026),
        ):
            assert sum(word.startswith("Nothing yet: ") for word in words_of(figure)) == 1
            figure.savefig(io.BytesIO())


def test_a_cause_without_gifts_says_so_and_has_a_bar_of_nothing(book: Book) -> None:
    wells = book.cause("Wells", goal="10")
    for figure in (raised_over_time(book.ledger, wells), waterfall(book.ledger, wells), gift_sizes(book.ledger, wells)):
        assert words_of(figure) == ["Nothing yet: no gift has been received.", "Wells"]
    progress = cause_progress(book.ledger, currency="EUR")
    assert {"0%", "0.00", "of 10.00"} <= set(words_of(progress))
    assert widths(progress.axes[0], "raised") == [0.0]


@pytest.mark.parametrize(
    ("currency", "amount", "written"),
    [("EUR", "1234.5", "1,234.50"), ("JPY", "1234567", "1,234,567"), ("KWD", "1234.567", "1,234.567")],
)
def test_one_gift_is_written_in_the_digits_of_its_currency(
    book: Book, currency: str, amount: str, written: str
) -> None:
    wells = book.cause("Wells", currency)
    book.gift((wells, amount), currency=currency)
    for name, figure in pictures(book.ledger, wells, currency, 2026).items():
        words = words_of(figure)
        assert any(currency in word for word in words), name
        assert name == "days" or any(written in word for word in words), name
        image = drawn(figure)
        assert image.min() < 0.5 < image.max() == 1.0, name


def drawn(figure: Figure) -> Any:
    file = io.BytesIO()
    figure.savefig(file, format="png")
    file.seek(0)
    return imread(file)[:, :, :3]


def test_amounts_are_exact_where_a_float_is_not(book: Book) -> None:
    wells = book.cause("Wells")
    # As a float this is 90071992547409.94.
    book.gift((wells, "90071992547409.93"))
    for name, figure in pictures(book.ledger, wells, "EUR", 2026).items():
        assert name == "days" or any("90,071,992,547,409.93" in word for word in words_of(figure)), name
        assert drawn(figure).min() < 0.5


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(9999, 12, 31)])
def test_the_first_and_the_last_day_can_be_drawn(book: Book, day: date) -> None:
    wells = book.cause("Wells")
    book.gift((wells, "5.00"), on=day)
    for figure in pictures(book.ledger, wells, "EUR", day.year).values():
        assert drawn(figure).min() < 0.5
    assert days_of(gifts_by_day(book.ledger, currency="EUR", year=day.year)) == Counter({day: 1})


def test_no_donor_is_named(appeal: Appeal) -> None:
    for figure in pictures(appeal.ledger, appeal.water, "EUR", 2026).values():
        file = io.StringIO()
        figure.savefig(file, format="svg")
        for word in [*words_of(figure), file.getvalue()]:
            assert "Zebulon" not in word
            assert "Givington" not in word
            assert str(appeal.book.donor) not in word


def test_long_names_are_cut_at_a_word_and_no_name_turns_a_text_around(book: Book) -> None:
    book.gift((book.cause("A cause whose founders wanted to say everything at once, and did " * 2), "1.00"))
    book.gift((book.cause("Turned\N{RIGHT-TO-LEFT OVERRIDE}around for $5 and $10"), "1.00"))
    book.gift((book.cause("\u5b57" * 50), "1.00"))
    words = words_of(cause_progress(book.ledger, currency="EUR"))
    assert "A cause whose founders wanted\nto say everything at once\N{HORIZONTAL ELLIPSIS}" in words
    assert "Turned around for $5 and $10" in words
    # Letters that are as wide as two.
    assert "\u5b57" * 15 + "\n" + "\u5b57" * 14 + "\N{HORIZONTAL ELLIPSIS}" in words


@pytest.mark.parametrize(
    "name", ["\u0412\u043e\u0434\u0430", "\u05de\u05d9\u05dd", "\u0645\u0627\u0621", "Cost $5, $10 or $x^2$"]
)
def test_names_of_other_scripts_and_dollar_signs_are_drawn_as_they_are(book: Book, name: str) -> None:
    wells = book.cause(name)
    book.gift((wells, "1.00"))
    figure = waterfall(book.ledger, wells)
    assert name in words_of(figure)
    assert drawn(figure).min() < 0.5


def test_nothing_that_is_written_is_outside_of_the_figure(appeal: Appeal) -> None:
    long = appeal.book.cause("W" * 200, goal="90071992547409.92")
    appeal.book.gift((long, "90071992547409.93"))
    for cause in (appeal.water, long):
        for name, figure in pictures(appeal.ledger, cause, "EUR", 2026).items():
            figure.draw_without_rendering()
            width, height = figure.get_size_inches()
            box = figure.get_tightbbox()
            assert (box.x0 >= 0, box.y0 >= 0, box.x1 <= width, box.y1 <= height) == (True,) * 4, name


def test_what_differs_in_meaning_differs_without_colour() -> None:
    assert light(ink.MONEY) + 0.2 < light(ink.MORE) < light(ink.LESS) - 0.1
    assert len({ink.MORE_HATCH, ink.LESS_HATCH}) == 2
    assert all(light(few) - light(many) > 0.1 for few, many in pairwise(ink.FEW_TO_MANY))
    assert light(ink.TRACK) - light(ink.FEW_TO_MANY[0]) > 0.05


def test_a_cause_that_is_not_there_and_currencies_that_do_not_fit(book: Book) -> None:
    with Ledger.in_memory() as other:
        stranger = Book(other).cause("Elsewhere")
    with pytest.raises(NotFoundError) as own:
        book.ledger.cause_history(stranger).take(1)
    for draw in (waterfall, raised_over_time, gift_sizes):
        with pytest.raises(NotFoundError) as raised_error:
            draw(book.ledger, stranger)
        assert (
            (raised_error.value.code, raised_error.value.name)
            == (own.value.code, own.value.name)
            == (2002, "UnknownCause")
        )
        assert raised_error.value.cause == stranger
    wells = book.cause("Wells")
    for choose in (raised_over_time, gift_sizes):
        with pytest.raises(ValueError, match="the cause takes EUR, not USD"):
            choose(book.ledger, wells, currency="USD")
        with pytest.raises(ValueError, match="amounts of two are never added"):
            choose(book.ledger)
    with pytest.raises(InvalidError) as no_currency:
        gifts_by_day(book.ledger, currency="EURO", year=2026)
    assert no_currency.value.code == 1005


def test_a_currency_is_drawn_alone(book: Book) -> None:
    wells, mizu = book.cause("Wells"), book.cause("Mizu", "JPY")
    book.gift((wells, "5.00"))
    book.gift((mizu, "700"), currency="JPY")
    assert "700 JPY" in words_of(raised_over_time(book.ledger, currency="JPY"))
    assert "5.00 EUR" in words_of(raised_over_time(book.ledger, currency="EUR", by="day"))
    assert "How large gifts are: 1 gift, 700 JPY as they were given" in words_of(
        gift_sizes(book.ledger, currency="JPY")
    )
    assert days_of(gifts_by_day(book.ledger, currency="JPY", year=2026)).total() == 1
    assert "Wells" not in words_of(cause_progress(book.ledger, currency="JPY"))


def test_drawing_changes_no_setting_and_opens_no_window(appeal: Appeal) -> None:
    before = dict(mpl.rcParams)
    for figure in pictures(appeal.ledger, appeal.water, "EUR", 2026).values():
        figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
        figure.savefig(io.BytesIO(), format="pdf")
    assert dict(mpl.rcParams) == before
    assert in_another_process("import sys, donation_ledger.plots; print('matplotlib.pyplot' in sys.modules)") == "False"


def test_without_matplotlib_it_says_what_to_install() -> None:
    without = "import sys; sys.modules['matplotlib'] = None; import donation_ledger\n"
    tried = "try:\n    import donation_ledger.plots\nexcept ImportError as error:\n    print(error.name, error)"
    told = in_another_process(without + tried)
    assert told.startswith("matplotlib pictures are drawn with matplotlib")
    assert told.endswith("pip install 'donation-ledger[plots]'")


def test_the_package_itself_does_not_import_matplotlib() -> None:
    assert in_another_process("import sys, donation_ledger; print('matplotlib' in sys.modules)") == "False"


def in_another_process(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.strip()
