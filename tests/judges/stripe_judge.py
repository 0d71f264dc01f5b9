"""What Stripe's own library says of webhooks: a list of cases as JSON on standard input, the answers in their order as
JSON on standard output. The first argument is what is asked of it: `sign` or `verify`."""

import json
import sys
import time

import stripe


def sign(case):
    return stripe.WebhookSignature.generate_signature_header(case["body"], case["secret"], case["seconds"])


def verify(case):
    body, header, secret = bytes(case["body"]), case["header"], case["secret"]
    # The library reads the clock itself; the cases are of another time.
    time.time = lambda: case["now_micros"] / 1_000_000
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, stripe.Webhook.DEFAULT_TOLERANCE)
    except Exception as refusal:  # It has no exception of its own for some headers and bodies: it falls over them.
        return {"refused": f"{type(refusal).__name__}: {refusal}"}
    try:
        return {"event": stripe.Webhook.construct_event(body, header, secret)["id"]}
    except Exception as error:
        return {"not_understood": f"{type(error).__name__}: {error}"}


ask = {"sign": sign, "verify": verify}[sys.argv[1]]
json.dump([ask(case) for case in json.load(sys.stdin)], sys.stdout)
