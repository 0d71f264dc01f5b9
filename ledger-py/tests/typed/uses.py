"""What an app writes, as type checkers see it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from donation_ledger import (
    Amount,
    Beneficiary,
    CauseDetails,
    CauseId,
    Committed,
    Designation,
    Donate,
    Donation,
    DonationId,
    DonorId,
    Event,
    HistoryLine,
    Ingested,
    Ledger,
    LedgerError,
    Method,
    Notice,
    NoticeKind,
    RefundScope,
    Sandbox,
    Visibility,
)


def bank_of(method: Method) -> str | None:
    match method:
        case Method.Offline(bank=bank) | Method.CapturedElsewhere(bank=bank):
            return bank
        case _:
            return None


def given_to(donation: Donation) -> list[CauseId]:
    return [part.beneficiary.cause for part in donation.parts if isinstance(part.beneficiary, Beneficiary.Cause)]


def give(ledger: Ledger, donor: DonorId, cause: CauseId, amount: Amount) -> DonationId:
    given: Committed = ledger.donate(
        key="order-1",
        donor=donor,
        designations=[Designation(cause, amount)],
        method=Method.Offline(bank="main"),
        visibility=Visibility.ANONYMOUS,
        occurred_on=date(2026, 1, 31),
    )
    moment: datetime = given.recorded_at
    print(moment, [type(event).__name__ for event in given.events if isinstance(event, Event.DonationCaptured)])
    ledger.refund(key="back-1", donation=given.donation, scope=RefundScope.Everything())
    return given.donation


def net_of(ledger: Ledger, cause: CauseId) -> Decimal:
    found = ledger.cause(cause)
    return Decimal(0) if found is None else found.totals.net + 1


def all_together(ledger: Ledger, commands: list[Donate]) -> list[int]:
    return [answer.code for answer in ledger.submit_all(commands) if isinstance(answer, LedgerError)]


def seen(ledger: Ledger, donor: DonorId) -> list[HistoryLine]:
    return list(ledger.donor_history(donor))


def told(notice: Notice) -> str:
    match notice.kind:
        case NoticeKind.DonationCaptured(donor=donor, donation=donation):
            return f"{donor} {donation}"
        case _:
            return ""


def taken(ledger: Ledger, body: bytes) -> int | None:
    match ledger.ingest_webhook(Sandbox("sandbox"), {"Signature": "1"}, body):
        case Ingested.Applied(committed=committed):
            return committed.seq
        case Ingested.Parked(seq=seq) | Ingested.Duplicate(seq=seq):
            return seq
        case _:
            return None


with Ledger.in_memory() as book:
    water = book.open_cause(currency="EUR", details=CauseDetails(name="Wells", goal=Amount(100, "EUR"))).cause
