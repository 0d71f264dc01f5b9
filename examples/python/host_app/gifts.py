"""Giving: a gift to one or more causes is begun, and a payment of it started."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Annotated

from donation_ledger import Amount, BegunState, CauseId, Delivery, Designation, Visibility
from fastapi import APIRouter, Header, Response
from pydantic import BaseModel, ConfigDict, Field

from host_app.site import AskedSite, LoggedIn, found
from host_app.webhooks import PROVIDER

router = APIRouter(prefix="/api")

# Made by the donor's browser when the button is pressed (`crypto.randomUUID()`), and kept for all retries. It stands in
# the journal in the clear, so it has no room for anything but a random word.
IdempotencyKey = Annotated[str, Header(alias="Idempotency-Key", pattern="^[A-Za-z0-9_-]{8,64}$")]

# Bounded, so that it is short and whole Unicode. What else a text must be, the ledger says.
Text = Annotated[str, Field(max_length=1000)]


class DesignationAsked(BaseModel):
    """So much for this cause. The amount is a text, `"20.00"`: numbers of JSON are floats in most programs."""

    cause: Text
    amount: Text


class GiftAsked(BaseModel):
    """What a donor wants to give. A field that we do not know is refused: it may be a tip, misspelt."""

    model_config = ConfigDict(extra="forbid")

    currency: Text
    designations: list[DesignationAsked]
    tip: Text | None = None
    # Nobody is named who did not ask for it.
    visibility: Visibility = Visibility.ANONYMOUS
    memo: Text | None = None


class GiftBegun(BaseModel):
    """What the browser goes on with. For one key the ids are the same for ever; the state is that of now."""

    donation: str
    payment: str
    amount: str
    currency: str
    state: BegunState


@router.post("/gifts", status_code=201)
def give(asked: GiftAsked, key: IdempotencyKey, site: AskedSite, donor: LoggedIn, response: Response) -> GiftBegun:
    """Begins a gift. Each command has a key made of the browser's: a repeat takes up where the request stopped."""
    # With the donor in it, nobody meets the keys of somebody else, or finds out about them.
    act = f"gift/{donor}/{key}"
    designations = [Designation(CauseId(to.cause), Amount(to.amount, asked.currency)) for to in asked.designations]
    tip = None if asked.tip is None else Amount(asked.tip, asked.currency)
    begun = site.ledger.begin_donation(
        key=act, donor=donor, designations=designations, tip=tip, visibility=asked.visibility, memo=asked.memo
    )
    started = site.ledger.start_payment(key=f"{act}/payment", donation=begun.donation, processor=PROVIDER.processor)
    # Here an app with a real provider calls it, with the id of the payment and the payment's key, and passes on what
    # the browser needs to pay. The sandbox needs no call: see pay_at_sandbox.py.
    if begun.delivery is Delivery.REPLAYED:
        response.headers["Idempotent-Replayed"] = "true"
    total = reduce(add, [to.amount for to in designations] + ([] if tip is None else [tip]))
    return GiftBegun(
        donation=str(begun.donation),
        payment=str(started.payment),
        amount=str(total.decimal),
        currency=total.currency,
        state=found(site.ledger.begun_donation(begun.donation)).state,
    )
