"""What donors and visitors see. Each page is read from the books as it is asked for, and kept nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from donation_ledger import (
    Cause,
    CauseId,
    Designation,
    DonationId,
    Giver,
    Ledger,
    LineKind,
    Order,
    PublicGift,
    ShareCard,
)
from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from host_app.site import AskedSite, LoggedIn, found

router = APIRouter()

LINES = 20
# Nothing on a page runs, so a name that is no name runs nothing, even where an `escape` was forgotten.
SAFE = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
OF_ONE_DONOR = {"Cache-Control": "no-store"}
# What of their history donors are told; the rest is the way there: payments, fees, changes of the profile.
TOLD = {
    LineKind.DONATION_BEGUN: "begun",
    LineKind.DONATION: "given",
    LineKind.REFUND: "given back",
    LineKind.DONATION_CANCELLED: "given up",
    LineKind.DISPUTE: "disputed",
    LineKind.REVERSAL: "taken back by a correction",
}


@router.get("/")
def causes(site: AskedSite, cursor: str | None = None) -> HTMLResponse:
    """All causes, and how far they are."""
    pages = site.ledger.causes(cursor=cursor)
    lines = [
        f'<li><a href="/causes/{cause.id}">{escape(cause.details.name)}</a>: {_progress(cause)}</li>'
        for cause in pages.take(LINES)
    ]
    return _page("Causes", _listed(lines, "/", pages.cursor))


@router.get("/causes/{cause_id}")
def cause(cause_id: str, site: AskedSite, cursor: str | None = None) -> HTMLResponse:
    """A cause, for whoever has the link: its card, and the gifts that it got."""
    shown = found(site.ledger.cause(CauseId(cause_id)))
    card = site.ledger.share_cause(shown.id, f"{site.settings.address}/causes/{shown.id}")
    # The ledger says of each gift what the public may know: a name only where the gift is public, and no id at all.
    pages = site.ledger.public_gifts(shown.id, order=Order.NEWEST_FIRST, cursor=cursor)
    gifts = [_public_line(gift) for gift in pages.take(LINES)]
    return _shared(card, f"<p>{_progress(shown)}</p>" + _listed(gifts, f"/causes/{shown.id}", pages.cursor))


@router.get("/causes/{cause_id}/card.svg")
def card_of_cause(cause_id: str, site: AskedSite) -> Response:
    """The picture of a cause."""
    return _picture(site.ledger.share_cause(CauseId(cause_id), site.settings.address))


@router.get("/history")
def history(site: AskedSite, donor: LoggedIn, cursor: str | None = None) -> HTMLResponse:
    """What the donor gave, newest first."""
    pages = site.ledger.donor_history(donor, order=Order.NEWEST_FIRST, cursor=cursor)
    lines = [
        f'<li>{line.day}: <a href="/gifts/{line.donation}">{line.amount}</a> {TOLD[line.kind]}'
        f"{_designated(site.ledger, line.causes)}</li>"
        for line in pages.take(LINES)
        if line.kind in TOLD
    ]
    return _page("My gifts", _listed(lines, "/history", pages.cursor), OF_ONE_DONOR)


@router.get("/gifts/{donation_id}")
def thanks(donation_id: str, site: AskedSite, donor: LoggedIn) -> HTMLResponse:
    """Thanks for a gift, for its donor. For everybody else there is no such page, whether there is a gift or not."""
    life = found(site.ledger.gift_life(DonationId(donation_id)))
    giver = life.donation.donor if life.donation else found(life.begun).donor
    # A donor who was merged has several ids, and a gift keeps the one that gave it: donors are compared, not ids.
    if found(site.ledger.donor(giver)).id != found(site.ledger.donor(donor)).id:
        raise HTTPException(404, "There is no such thing here.")
    if life.donation is None:
        return _page("Your gift", "<p>We have not heard that it is paid.</p>", OF_ONE_DONOR)
    link = f"{site.settings.address}/shared/{life.id}"
    given = _designated(site.ledger, life.donation.designations)
    return _page("Thank you", f'{given}<p>Tell others: <a href="{escape(link)}">{escape(link)}</a></p>', OF_ONE_DONOR)


@router.get("/shared/{donation_id}")
def shared_gift(donation_id: str, site: AskedSite) -> HTMLResponse:
    """A gift, for whoever has the link: what the lists of its causes say; of an anonymous one, its causes alone."""
    donation = DonationId(donation_id)
    return _shared(site.ledger.share_gift(donation, f"{site.settings.address}/shared/{donation}"))


@router.get("/shared/{donation_id}/card.svg")
def card_of_gift(donation_id: str, site: AskedSite) -> Response:
    """The picture of a gift."""
    return _picture(site.ledger.share_gift(DonationId(donation_id), site.settings.address))


def _page(title: str, body: str, headers: dict[str, str] | None = None, head: str = "") -> HTMLResponse:
    top = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>{head}'
    links = '<a href="/">Causes</a> <a href="/history">My gifts</a>'
    return HTMLResponse(f"{top}{links}<h1>{escape(title)}</h1>{body}</html>", headers=SAFE | (headers or {}))


def _shared(card: ShareCard, body: str = "") -> HTMLResponse:
    # Other sites show a link by these. Most show no SVG: draw a PNG of the card, with what your app draws with.
    told = {
        "og:title": card.title,
        "og:description": card.text,
        "og:url": card.link,
        "og:image": f"{card.link}/card.svg",
    }
    head = "".join(f'<meta property="{name}" content="{escape(text)}">' for name, text in told.items())
    image = f'<img src="{escape(card.link)}/card.svg" alt="" width="600" height="315">'
    return _page(card.title, f"<p>{escape(card.text)}</p>{image}{body}", head=head)


def _picture(card: ShareCard) -> Response:
    return Response(card.svg, media_type="image/svg+xml", headers=SAFE)


def _listed(lines: list[str], address: str, cursor: str | None) -> str:
    further = "" if cursor is None else f'<a rel="next" href="{address}?cursor={quote(cursor)}">Further</a>'
    return f"<ul>{''.join(lines)}</ul>{further}"


def _progress(cause: Cause) -> str:
    totals, goal = cause.totals, cause.details.goal
    raised = totals.gross - totals.refunded - totals.disputed
    if goal is None:
        return f"{raised} {cause.currency}"
    percent = int(raised * 100 // goal.decimal)
    return f'<progress max="100" value="{percent}"></progress> {raised} of {goal} ({percent} %)'


def _designated(ledger: Ledger, designations: Sequence[Designation]) -> str:
    named = [(to.amount, found(ledger.cause(to.cause)).details.name) for to in designations]
    return f"<ul>{''.join(f'<li>{amount} for {escape(name)}</li>' for amount, name in named)}</ul>"


def _public_line(gift: PublicGift) -> str:
    giver = gift.giver.name if isinstance(gift.giver, Giver.Named) else "Somebody"
    back = "" if gift.refunded is None else f", {gift.refunded} given back"
    return f"<li>{gift.day}: {gift.amount} by {escape(giver)}{back}</li>"
