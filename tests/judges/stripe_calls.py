"""Calls of Stripe's API, made by its own library to the server whose address is the first argument. One call a line on
standard input, `[resource, method, argument, ...]` as JSON; one answer a line: the object, or the code of the error."""

import json
import sys

import stripe

client = stripe.StripeClient("sk_test_books", base_addresses={"api": sys.argv[1]})
for line in sys.stdin:
    resource, method, *arguments = json.loads(line)
    try:
        answer = getattr(getattr(client.v1, resource), method)(*arguments).to_dict()
    except stripe.StripeError as error:
        answer = {"error": error.code}
    print(json.dumps(answer), flush=True)
