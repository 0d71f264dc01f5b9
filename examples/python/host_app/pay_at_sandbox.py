"""Plays the provider: sends the app what it would send once the donor has paid.

python -m host_app.pay_at_sandbox http://127.0.0.1:8000 pay_01... 32.00 EUR
"""

from __future__ import annotations

import sys
from datetime import datetime, timezone

import httpx
from donation_ledger import SANDBOX_SIGNATURE, Amount, PaymentId

from host_app.webhooks import PROVIDER


def pay(app: httpx.Client, payment: PaymentId, amount: Amount) -> list[httpx.Response]:
    """What the app answers to each webhook. The last digits of the amount choose what comes of it: 01 is declined."""
    sent = PROVIDER.pay(payment, amount, at=datetime.now(timezone.utc))
    return [
        app.post("/webhooks/sandbox", content=webhook.body, headers={SANDBOX_SIGNATURE: webhook.signature})
        for webhook in sent
    ]


if __name__ == "__main__":
    address, payment_id, number, currency = sys.argv[1:]
    with httpx.Client(base_url=address) as client:
        for answer in pay(client, PaymentId(payment_id), Amount(number, currency)):
            print(answer.status_code, answer.text)
