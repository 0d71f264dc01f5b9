"""Random commands, from one thread and from several, against a model of a few lines that shares no code with the ledger."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from donation_ledger import (
    Amount,
    CauseDetails,
    CauseId,
    Committed,
    Delivery,
    Designation,
    DonationId,
    DonorId,
    FeeBearer,
    Ledger,
    LedgerError,
    Method,
    RefundScope,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TIP = -1


def shares(total: int, weights: list[int]) -> list[int]:
    """Largest remainder, ties to the earlier."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts


@dataclass
class Gift:
    parts: dict[int, int]  # by the number of the cause, or TIP; in order
    left: dict[int, int]


@dataclass
class Model:
    """Cents of causes, by the number of the cause."""

    gross: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    refunded: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    fees: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    gifts: dict[str, Gift] = field(default_factory=dict)
    acts: dict[str, Any] = field(default_factory=dict)

    def known(self, key: str, act: Any) -> int | None:
        """A code where the key stands for something else, 0 for a repeat, none for a new act."""
        if key in self.acts:
            return 0 if self.acts[key] == act else 3001
        return None

    def donate(self, key: str, parts: dict[int, int], fee: int, bearer: FeeBearer) -> int:
        act = ("gift", tuple(parts.items()), fee, bearer)
        if (known := self.known(key, act)) is not None:
            return known
        causes = {cause: cents for cause, cents in parts.items() if cause != TIP}
        if not causes:
            return 1018
        if bearer is FeeBearer.CAUSES and fee > sum(parts.values()):
            return 1021
        self.acts[key] = act
        self.gifts[key] = Gift(parts, dict(parts))
        for cause, cents in causes.items():
            self.gross[cause] += cents
        if fee and bearer is FeeBearer.CAUSES:
            for cause, share in zip(parts, shares(fee, list(parts.values())), strict=False):
                self.fees[cause] += share
        return 0

    def refund(self, key: str, gift: str, cents: int | None) -> int:
        act = ("refund", gift, cents)
        if (known := self.known(key, act)) is not None:
            return known
        left = self.gifts[gift].left
        whole = sum(left.values())
        if whole == 0:
            return 3006
        if cents is not None and cents > whole:
            return 3007
        self.acts[key] = act
        for cause, share in zip(left, shares(whole if cents is None else cents, list(left.values())), strict=False):
            left[cause] -= share
            self.refunded[cause] += share
        return 0


KEYS = st.sampled_from([f"key {number}" for number in range(12)])
CENTS = st.one_of(st.integers(1, 9), st.integers(1, 5_000), st.just(333))
GIFTS = st.tuples(
    st.just("donate"),
    KEYS,
    st.dictionaries(st.integers(0, 2), CENTS, max_size=3),
    st.one_of(st.none(), CENTS),
    st.one_of(st.just(0), CENTS),
    st.sampled_from(FeeBearer),
)
REFUNDS = st.tuples(st.just("refund"), KEYS, st.integers(0, 30), st.one_of(st.none(), CENTS))


class Played:
    """A ledger, and what a model says of it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.model = ledger, Model()
        self.causes: list[CauseId] = [
            ledger.open_cause(currency="EUR", details=CauseDetails(name=f"cause {number}")).cause for number in range(3)
        ]
        self.donor: DonorId = ledger.register_donor().donor
        self.donations: dict[str, DonationId] = {}

    def give(self, key: str, causes: dict[int, int], tip: int | None, fee: int, bearer: FeeBearer) -> Committed:
        return self.ledger.donate(
            key=key,
            donor=self.donor,
            designations=[Designation(self.causes[cause], euros(cents)) for cause, cents in causes.items()],
            tip=euros(tip) if tip else None,
            fee=euros(fee) if fee else None,
            fee_bearer=bearer,
            method=Method.Offline(bank="main"),
        )

    def step(self, act: tuple[Any, ...]) -> None:
        if act[0] == "donate":
            _, key, causes, tip, fee, bearer = act
            wanted = self.model.donate(key, causes | ({TIP: tip} if tip else {}), fee, bearer)
            answer = outcome(lambda: self.give(key, causes, tip, fee, bearer))
            if isinstance(answer, Committed):
                self.donations[key] = answer.donation
        else:
            _, key, which, cents = act
            gifts = list(self.model.gifts)
            if not gifts:
                return
            gift = gifts[which % len(gifts)]
            wanted = self.model.refund(key, gift, cents)
            scope = RefundScope.Everything() if cents is None else RefundScope.Proportional(euros(cents))
            answer = outcome(lambda: self.ledger.refund(key=key, donation=self.donations[gift], scope=scope))
        assert (answer.code if isinstance(answer, LedgerError) else 0) == wanted, act
        self.agrees()

    def agrees(self) -> None:
        for number, id_ in enumerate(self.causes):
            cause = self.ledger.cause(id_)
            assert cause is not None
            totals = cause.totals
            assert [totals.gross, totals.refunded, totals.fees] == [
                Decimal(of[number]).scaleb(-2) for of in (self.model.gross, self.model.refunded, self.model.fees)
            ]
            assert totals.net == totals.gross - totals.refunded - totals.fees
        for key, gift in self.model.gifts.items():
            found = self.ledger.donation(self.donations[key])
            assert found is not None
            assert [part.given_minor - part.refunded_minor for part in found.parts] == list(gift.left.values())


def euros(cents: int) -> Amount:
    return Amount.from_minor(cents, "EUR")


def outcome(call: Any) -> Committed | LedgerError:
    try:
        answer = call()
    except LedgerError as error:
        return error
    assert isinstance(answer, Committed)
    return answer


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(GIFTS, REFUNDS), min_size=5, max_size=40))
def test_random_acts_come_to_what_the_model_says(acts: list[tuple[Any, ...]]) -> None:
    with Ledger.in_memory() as ledger:
        played = Played(ledger)
        for act in acts:
            played.step(act)
        assert ledger.audit().difference is None


GOOD_GIFTS = st.tuples(
    st.just("donate"),
    KEYS,
    st.dictionaries(st.integers(0, 2), CENTS, min_size=1, max_size=3),
    st.one_of(st.none(), CENTS),
    st.one_of(st.just(0), CENTS),
    st.sampled_from(FeeBearer),
).map(lambda act: (*act[:4], min(act[4], sum(act[2].values())), act[5]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(GOOD_GIFTS, min_size=8, max_size=40))
def test_threads_that_give_at_once_come_to_the_same(acts: list[tuple[Any, ...]]) -> None:
    """Each key of one content: in which order they come in makes no difference, and a repeat is none."""
    once = list({act[1]: act for act in acts}.values())
    with Ledger.in_memory() as ledger:
        played = Played(ledger)
        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(lambda act: (act[1], played.give(*act[1:])), once * 3))
        firsts = [key for key, answer in answers if answer.delivery is Delivery.FIRST]
        assert sorted(firsts) == sorted(act[1] for act in once)
        for key, answer in answers:
            assert played.donations.setdefault(key, answer.donation) == answer.donation
        for _, key, causes, tip, fee, bearer in once:
            assert played.model.donate(key, causes | ({TIP: tip} if tip else {}), fee, bearer) == 0
        played.agrees()
        assert ledger.audit().difference is None
