"""What the provider tells us, as often as it likes and in any order."""

from __future__ import annotations

import logging

from donation_ledger import Ingested, Sandbox, WebhookRejected
from fastapi import APIRouter, HTTPException, Request

from host_app.site import AskedSite, RawBody

LOG = logging.getLogger("host_app")

# A provider that takes no money, and as which anybody can sign. Before real money comes, put yours in its place:
# Stripe(processor="stripe", bank="main", secrets=[os.environ["STRIPE_WEBHOOK_SECRET"]], mode=StripeMode.LIVE).
PROVIDER = Sandbox("sandbox")

router = APIRouter()


@router.post("/webhooks/sandbox")
def take_in(request: Request, body: RawBody, site: AskedSite) -> dict[str, str]:
    """Verifies a webhook and commits what it says, once for ever.

    With 200 the provider is content: what it said is done, was known, waits for something else, or is nothing to us.
    With 400 it hears that we did not believe it. A failure of the disk is 503, and then it comes again by itself.
    """
    # The very bytes that came: a body that was parsed and written again has another signature.
    ingested = site.ledger.ingest_webhook(PROVIDER, request.headers, body)
    if isinstance(ingested, Ingested.Rejected):
        why = ingested.why
        LOG.warning("a webhook was rejected: %s", why.refusal if isinstance(why, WebhookRejected.ByProvider) else why)
        raise HTTPException(400, "Not a webhook of ours.")
    return {"outcome": type(ingested).__name__.lower()}
