"""The host app over real HTTP: a server on a port, a client beside it, and the books checked once both are done."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import httpx
import pytest
import uvicorn
from donation_ledger import (
    SANDBOX_SIGNATURE,
    Amount,
    CauseDetails,
    CauseId,
    DonationId,
    DonorProfile,
    Ledger,
    LedgerError,
    LimitError,
    Opening,
    PaymentId,
    StorageError,
)
from fastapi import FastAPI
from host_app.app import create_app
from host_app.pay_at_sandbox import pay
from host_app.people import AlreadyRegisteredError, People
from host_app.refusals import refusal
from host_app.site import Settings

PASSWORD = "correct horse battery"


class Server(uvicorn.Server):
    """A server that says when it serves."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(uvicorn.Config(app, log_level="critical"))
        self.serves = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.serves.set()


def listening() -> socket.socket:
    """A free port. With its protocol named, asyncio sends small answers at once; else each waits 40 ms for more."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


@contextmanager
def serving(app: FastAPI, listener: socket.socket) -> Iterator[None]:
    server = Server(app)
    thread = Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        assert server.serves.wait(30)
        yield
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def visitor(address: str) -> Iterator[httpx.Client]:
    """A browser with cookies of its own."""
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        yield client


@dataclass
class Place:
    """A folder with books of two causes, and the site that serves it."""

    settings: Settings
    app: FastAPI
    water: CauseId
    roof: CauseId

    @property
    def address(self) -> str:
        return self.settings.address

    @property
    def ledger(self) -> Ledger:
        """The handle of the site that runs."""
        ledger: Ledger = self.app.state.site.ledger
        return ledger


def prepared(folder: Path) -> tuple[CauseId, CauseId]:
    """What the operator does before the site opens."""
    with Ledger.open(folder / "books", opening=Opening.CREATE_NEW) as ledger:
        wells = CauseDetails(name="Wells & <pumps>", goal=Amount("80.00", "EUR"))
        water = ledger.open_cause(currency="EUR", details=wells).cause
        return water, ledger.open_cause(currency="EUR", details=CauseDetails(name="A roof")).cause


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """The site, served; after each test the books are opened again and audited."""
    water, roof = prepared(tmp_path)
    with listening() as listener:
        settings = Settings(tmp_path, f"http://127.0.0.1:{listener.getsockname()[1]}")
        app = create_app(settings)
        with serving(app, listener):
            yield Place(settings, app, water, roof)
    with Ledger.open(settings.books, opening=Opening.OPEN_EXISTING) as ledger:
        assert ledger.audit().difference is None


@pytest.fixture
def ada(place: Place) -> Iterator[httpx.Client]:
    """A donor who is logged in."""
    with visitor(place.address) as client:
        assert sign_up(client, "ada@example.org", "Ada Example").status_code == 204
        yield client


def sign_up(client: httpx.Client, email: str, name: str) -> httpx.Response:
    return client.post("/api/sign-up", json={"email": email, "password": PASSWORD, "name": name})


def gift_to(place: Place, water: str, roof: str, **more: str) -> dict[str, Any]:
    designations = [{"cause": str(place.water), "amount": water}, {"cause": str(place.roof), "amount": roof}]
    return {"currency": "EUR", "designations": designations, "visibility": "public", **more}


def give(client: httpx.Client, key: str, gift: dict[str, Any]) -> httpx.Response:
    # Written by `json` itself, which sends half a character as it is told to.
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    return client.post("/api/gifts", content=json.dumps(gift), headers=headers)


def given_and_paid(client: httpx.Client, key: str, gift: dict[str, Any]) -> DonationId:
    begun = give(client, key, gift).json()
    outcomes = pay(client, PaymentId(begun["payment"]), Amount(begun["amount"], begun["currency"]))
    assert [answer.json() for answer in outcomes] == [{"outcome": "applied"}] * 3  # processing, captured, its fee
    return DonationId(begun["donation"])


def refused_with(answer: httpx.Response) -> tuple[int, int]:
    assert set(answer.json()) == {"code", "message"}
    return answer.status_code, answer.json()["code"]


def raised(ledger: Ledger, cause: CauseId) -> tuple[Decimal, Decimal, int]:
    found = ledger.cause(cause)
    assert found is not None
    return found.totals.gross, found.totals.fees, found.totals.donations


# Who somebody is


def test_signing_up_registers_a_donor_whose_name_is_in_the_ledger_alone(place: Place) -> None:
    with visitor(place.address) as client:
        answer = sign_up(client, "  Ada@Example.org ", "Ada Example")
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie

    donor = place.ledger.donor_by_email("ada@example.org")
    assert donor is not None
    assert donor.profile.name == "Ada Example"
    with sqlite3.connect(place.settings.database) as tables:
        people = tables.execute("SELECT email, password_hash, donor FROM people").fetchall()
        sessions = tables.execute("SELECT id, secret_hash FROM sessions").fetchall()
    assert [(email, donor_id) for email, _, donor_id in people] == [("ada@example.org", str(donor.id))]
    assert people[0][1].startswith("$argon2id$")
    assert PASSWORD not in people[0][1]
    token = client.cookies["session"]
    assert [token.partition(".")[0]] == [session for session, _ in sessions]
    assert token.partition(".")[2].encode() != sessions[0][1]
    kept = b"".join(file.read_bytes() for file in place.settings.folder.glob("people.sqlite*"))
    assert b"Ada Example" not in kept
    assert token.partition(".")[2].encode() not in kept


def test_an_address_is_registered_once_however_it_is_written(place: Place, ada: httpx.Client) -> None:
    with visitor(place.address) as other:
        answer = sign_up(other, "ADA@example.org", "Somebody Else")
        assert refused_with(answer) == (409, 409)
        assert "don_" not in answer.text
        assert "session" not in other.cookies
    assert place.ledger.stats().donors == 1


def test_an_address_of_a_donor_who_never_signed_up_is_not_given_away(place: Place) -> None:
    place.ledger.register_donor(profile=DonorProfile(name="Grace Example", email="grace@example.org"))
    with visitor(place.address) as client:
        answer = sign_up(client, "grace@example.org", "Not Grace")
        assert refused_with(answer) == (409, 409)
        assert "don_" not in answer.text
        assert "session" not in client.cookies


def test_of_many_who_sign_up_at_once_with_one_address_one_gets_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    people: People = place.app.state.site.people
    all_have_hashed = Barrier(8)

    def hashed_together(password: str) -> str:
        all_have_hashed.wait(30)
        return f"hash of {password}"

    def attempt(number: int) -> str:
        try:
            people.sign_up(place.ledger, email="ada@example.org", password=f"of {number}", name="Ada Example")
        except AlreadyRegisteredError:
            return "taken"
        return f"hash of of {number}"

    monkeypatch.setattr("host_app.people._hash", hashed_together)
    with ThreadPoolExecutor(8) as browsers:
        came_of_it = sorted(browsers.map(attempt, range(8)))
    assert came_of_it[1:] == ["taken"] * 7
    with sqlite3.connect(place.settings.database) as tables:
        assert tables.execute("SELECT password_hash FROM people").fetchall() == [(came_of_it[0],)]
    assert place.ledger.stats().donors == 1


def test_where_donors_come_by_https_the_cookie_is_sent_in_no_other_way(place: Place, ada: httpx.Client) -> None:
    login = {"email": "ada@example.org", "password": PASSWORD}
    assert "Secure" not in ada.post("/api/log-in", json=login).headers["set-cookie"]
    place.app.state.site.settings = Settings(place.settings.folder, "https://give.example.org")
    assert "Secure" in ada.post("/api/log-in", json=login).headers["set-cookie"]


def test_a_wrong_password_and_an_unknown_address_get_one_answer(place: Place, ada: httpx.Client) -> None:
    with visitor(place.address) as client:
        wrong = client.post("/api/log-in", json={"email": "ada@example.org", "password": "wrong horse battery"})
        unknown = client.post("/api/log-in", json={"email": "nobody@example.org", "password": PASSWORD})
        assert refused_with(wrong) == (401, 401)
        assert wrong.content == unknown.content
        assert wrong.status_code == unknown.status_code
        assert "session" not in client.cookies


def test_logging_in_opens_the_history_and_logging_out_ends_the_token(place: Place, ada: httpx.Client) -> None:
    with visitor(place.address) as client:
        assert refused_with(client.get("/history")) == (401, 401)
        answer = client.post("/api/log-in", json={"email": "Ada@example.org", "password": PASSWORD})
        assert answer.status_code == 204
        token = client.cookies["session"]
        assert token != ada.cookies["session"]
        assert client.get("/history").status_code == 200
        assert client.post("/api/log-out").status_code == 204
        assert "session" not in client.cookies
        client.cookies.set("session", token)
        assert refused_with(client.get("/history")) == (401, 401)
        client.cookies.set("session", ada.cookies["session"][:-1])
        assert refused_with(client.get("/history")) == (401, 401)
    assert ada.get("/history").status_code == 200


def test_a_sign_up_that_broke_off_is_taken_up_where_it_stopped(place: Place) -> None:
    people: People = place.app.state.site.people
    with sqlite3.connect(place.settings.database) as tables:
        tables.execute("INSERT INTO people VALUES ('left-behind', 'ada@example.org', 'of a password that is lost', '')")
    profile = DonorProfile(name="Ada Example", email="ada@example.org")
    registered = place.ledger.register_donor(key="person/left-behind", profile=profile).donor

    assert people.log_in(email="ada@example.org", password=PASSWORD) is None
    # Who types the name in another way is the same donor still: the key was used, and the ledger says for whom.
    person = people.sign_up(place.ledger, email="ada@example.org", password=PASSWORD, name="Ada E. Example")
    assert person == "left-behind"
    assert people.donor(person) == registered
    assert people.log_in(email="ada@example.org", password=PASSWORD) == "left-behind"
    assert place.ledger.stats().donors == 1
    with pytest.raises(AlreadyRegisteredError):
        people.sign_up(place.ledger, email="ada@example.org", password=PASSWORD, name="Ada Example")


def test_an_address_that_the_ledger_refuses_leaves_no_row_behind(place: Place) -> None:
    with visitor(place.address) as client:
        assert refused_with(sign_up(client, "no address", "Ada Example")) == (400, 1013)
    with sqlite3.connect(place.settings.database) as tables:
        assert tables.execute("SELECT count(*) FROM people").fetchone() == (0,)


def test_a_form_of_another_site_cannot_write(place: Place, ada: httpx.Client) -> None:
    gift = gift_to(place, "20.00", "12.00")
    headers = {"Idempotency-Key": "button-1"}
    plain = ada.post("/api/gifts", content=httpx.Request("POST", "/", json=gift).content, headers=headers)
    form = ada.post("/api/gifts", data={"currency": "EUR"}, headers=headers)
    assert refused_with(plain) == (400, 400)
    assert refused_with(form) == (400, 400)
    assert place.ledger.stats().donations == 0


# Giving


def test_a_gift_to_two_causes_is_begun_paid_and_counted_exactly(place: Place, ada: httpx.Client) -> None:
    answer = give(ada, "button-1", gift_to(place, "20.00", "10.00", tip="2.00"))
    assert answer.status_code == 201
    begun = answer.json()
    assert begun["state"] == "awaiting_payment"
    assert (begun["amount"], begun["currency"]) == ("32.00", "EUR")
    assert raised(place.ledger, place.water) == (Decimal("0.00"), Decimal("0.00"), 0)

    assert given_and_paid(ada, "button-1", gift_to(place, "20.00", "10.00", tip="2.00")) == DonationId(
        begun["donation"]
    )
    # The sandbox keeps 1.4 % and 0.25, which is 0.69 of 32.00; divided by what each part was given.
    assert raised(place.ledger, place.water) == (Decimal("20.00"), Decimal("0.43"), 1)
    assert raised(place.ledger, place.roof) == (Decimal("10.00"), Decimal("0.22"), 1)
    assert place.ledger.balance("income:platform:tips", "EUR").net == Decimal("2.00")
    assert place.ledger.balance("assets:processor:sandbox:pending", "EUR").net == Decimal("31.31")
    home = ada.get("/").text
    assert "Wells &amp; &lt;pumps&gt;" in home
    assert '<progress max="100" value="25"></progress> 20.00 of 80.00 EUR (25 %)' in home


def test_the_same_key_gets_the_same_answer_and_other_content_a_conflict(place: Place, ada: httpx.Client) -> None:
    gift = gift_to(place, "20.00", "10.00", memo="Good luck!")
    first = give(ada, "button-1", gift)
    again = give(ada, "button-1", gift)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"

    for other in (gift | {"memo": "Good night!"}, gift | {"visibility": "anonymous"}, gift_to(place, "20.01", "10.00")):
        assert refused_with(give(ada, "button-1", other)) == (409, 3001)
    assert place.ledger.stats().donations == 0
    assert pay(ada, PaymentId(first.json()["payment"]), Amount("30.00", "EUR"))[1].status_code == 200
    assert give(ada, "button-1", gift).json() == first.json() | {"state": "captured"}
    assert place.ledger.stats().donations == 1


def test_two_donors_may_have_the_same_key(place: Place, ada: httpx.Client) -> None:
    with visitor(place.address) as ben:
        sign_up(ben, "ben@example.org", "Ben Example")
        of_ada = give(ada, "button-1", gift_to(place, "20.00", "10.00"))
        of_ben = give(ben, "button-1", gift_to(place, "1.00", "1.00"))
    assert (of_ada.status_code, of_ben.status_code) == (201, 201)
    assert of_ada.json()["donation"] != of_ben.json()["donation"]


def test_twenty_requests_at_once_with_five_keys_are_five_gifts(place: Place, ada: httpx.Client) -> None:
    gift = gift_to(place, "3.00", "2.00")
    with ThreadPoolExecutor(20) as browsers:
        answers = list(browsers.map(lambda number: give(ada, f"button-{number % 5}", gift), range(20)))
        assert [answer.status_code for answer in answers] == [201] * 20
        payments = {answer.json()["payment"] for answer in answers}
        assert len(payments) == len({answer.json()["donation"] for answer in answers}) == 5
        assert sum("idempotent-replayed" in answer.headers for answer in answers) == 15
        # And the provider says everything four times at once.
        paid = list(browsers.map(lambda payment: pay(ada, PaymentId(payment), Amount("5.00", "EUR")), [*payments] * 4))
    outcomes = [answer.json()["outcome"] for answers_of_one in paid for answer in answers_of_one]
    assert outcomes.count("applied") == 15
    assert outcomes.count("duplicate") == 45
    # 1.4 % of 5.00 and 0.25 are 0.32, of which 3/5 and 2/5 are 0.19 and 0.13.
    assert raised(place.ledger, place.water) == (Decimal("15.00"), Decimal("0.95"), 5)
    assert raised(place.ledger, place.roof) == (Decimal("10.00"), Decimal("0.65"), 5)
    assert place.ledger.stats().donations == 5
    assert place.ledger.audit().difference is None


# What the provider says


def test_a_webhook_is_believed_once_and_a_forged_one_never(
    place: Place, ada: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    begun = give(ada, "button-1", gift_to(place, "20.00", "10.00")).json()
    payment, amount = PaymentId(begun["payment"]), Amount(begun["amount"], "EUR")
    forged = ada.post(
        "/webhooks/sandbox", content=b'{"id": "x", "facts": []}', headers={SANDBOX_SIGNATURE: "1700000000.00"}
    )
    unsigned = ada.post("/webhooks/sandbox", content=b"{}")
    assert refused_with(forged) == (400, 400)
    assert refused_with(unsigned) == (400, 400)
    assert [record.getMessage() for record in caplog.records if record.name == "host_app"] == [
        "a webhook was rejected: WebhookRefusal.WrongSignature()",
        "a webhook was rejected: WebhookRefusal.NoSignature()",
    ]
    assert raised(place.ledger, place.water) == (Decimal("0.00"), Decimal("0.00"), 0)

    once = pay(ada, payment, amount)
    before = place.ledger.stats().seq
    twice = pay(ada, payment, amount)
    assert [(answer.status_code, answer.json()["outcome"]) for answer in once] == [(200, "applied")] * 3
    assert [(answer.status_code, answer.json()["outcome"]) for answer in twice] == [(200, "duplicate")] * 3
    assert place.ledger.stats().seq == before
    assert raised(place.ledger, place.water) == (Decimal("20.00"), Decimal("0.45"), 1)


def test_a_card_that_is_declined_gives_nothing(place: Place, ada: httpx.Client) -> None:
    begun = give(ada, "button-1", gift_to(place, "20.00", "10.01")).json()
    declined = pay(ada, PaymentId(begun["payment"]), Amount("30.01", "EUR"))
    assert [answer.json() for answer in declined] == [{"outcome": "applied"}]
    assert raised(place.ledger, place.water) == (Decimal("0.00"), Decimal("0.00"), 0)
    assert "We have not heard that it is paid." in ada.get(f"/gifts/{begun['donation']}").text
    assert refused_with(ada.get(f"/shared/{begun['donation']}")) == (409, 3024)


# What donors and visitors see


def test_the_history_shows_each_gift_once_on_one_of_its_pages(place: Place, ada: httpx.Client) -> None:
    given = [given_and_paid(ada, f"button-{number:02}", gift_to(place, "1.00", f"{number}.50")) for number in range(12)]
    shown, links, pages = [], ["/history"], 0
    while links:
        page = ada.get(links[0])
        assert page.headers["cache-control"] == "no-store"
        shown += re.findall(r'<a href="/gifts/(\w+)">([\d.]+ EUR)</a> given', page.text)
        links = re.findall(r'rel="next" href="([^"]+)"', page.text)
        pages += 1
    assert shown == [(str(gift), f"{number + 1}.50 EUR") for number, gift in reversed(list(enumerate(given)))]
    assert pages == 4  # of 20 lines: the donor's own, and for each gift begun, three of its payment, given, its fee
    assert refused_with(ada.get("/history?cursor=nonsense")) == (400, 1023)


def test_only_its_donor_is_thanked_for_a_gift(place: Place, ada: httpx.Client) -> None:
    gift = given_and_paid(ada, "button-1", gift_to(place, "20.00", "10.00"))
    thanks = ada.get(f"/gifts/{gift}")
    assert thanks.status_code == 200
    assert "20.00 EUR for Wells &amp; &lt;pumps&gt;" in thanks.text
    assert f'href="{place.address}/shared/{gift}"' in thanks.text
    with visitor(place.address) as ben:
        assert refused_with(ben.get(f"/gifts/{gift}")) == (401, 401)
        sign_up(ben, "ben@example.org", "Ben Example")
        others = ben.get(f"/gifts/{gift}")
        nobodys = ben.get("/gifts/gft_01JA0000000000000000000000")
        assert refused_with(others) == (404, 404)
        assert others.content == nobodys.content
        assert str(gift) not in ben.get("/history").text


def test_a_donor_who_was_merged_keeps_the_gifts_of_both_ids(place: Place, ada: httpx.Client) -> None:
    gift = given_and_paid(ada, "button-1", gift_to(place, "20.00", "10.00"))
    with visitor(place.address) as again:
        sign_up(again, "ada.twice@example.org", "Ada Example")
        kept = place.ledger.donor_by_email("ada.twice@example.org")
        gone = place.ledger.donor_by_email("ada@example.org")
        assert kept is not None
        assert gone is not None
        place.ledger.merge_donors(keep=kept.id, gone=gone.id)
        assert again.get(f"/gifts/{gift}").status_code == 200
        assert ada.get(f"/gifts/{gift}").status_code == 200


def test_cards_name_who_gave_in_public_and_nobody_who_did_not(place: Place, ada: httpx.Client) -> None:
    public = given_and_paid(ada, "button-1", gift_to(place, "20.00", "10.00"))
    unsaid = gift_to(place, "7.00", "4.00")
    del unsaid["visibility"]
    secret = given_and_paid(ada, "button-2", unsaid)
    with visitor(place.address) as anybody:
        of_public = anybody.get(f"/shared/{public}").text
        assert "Ada Example gave" in of_public
        assert f'<meta property="og:image" content="{place.address}/shared/{public}/card.svg">' in of_public
        picture = anybody.get(f"/shared/{public}/card.svg")
        assert picture.headers["content-type"] == "image/svg+xml"
        assert "Ada Example" in picture.text
        assert "default-src 'none'" in picture.headers["content-security-policy"]
        for address in (f"/shared/{secret}", f"/shared/{secret}/card.svg"):
            of_secret = anybody.get(address)
            assert of_secret.status_code == 200
            assert "A roof" in of_secret.text
            assert "Ada" not in of_secret.text
            assert "7.00" not in of_secret.text


def test_a_cause_lists_its_gifts_without_ids_and_names_no_anonymous_donor(place: Place, ada: httpx.Client) -> None:
    gifts = [
        given_and_paid(ada, "button-1", gift_to(place, "20.00", "10.00")),
        given_and_paid(ada, "button-2", gift_to(place, "7.00", "4.00", visibility="anonymous")),
    ]
    with visitor(place.address) as anybody:
        page = anybody.get(f"/causes/{place.water}").text
        assert re.findall(r"<li>[\d-]+: ([^<]+)</li>", page) == ["7.00 EUR by Somebody", "20.00 EUR by Ada Example"]
        assert not any(str(gift) in page for gift in gifts)
        assert "27.00 EUR of 80.00 EUR raised (33 %), 2 gifts." in page
        card = anybody.get(f"/causes/{place.water}/card.svg").text
        assert "Wells &amp; &lt;pumps&gt;" in card
        assert "Ada" not in card


def test_a_name_is_a_name_and_no_part_of_a_page(place: Place) -> None:
    with visitor(place.address) as client:
        sign_up(client, "mallory@example.org", "<script>alert(1)</script>")
        gift = given_and_paid(client, "button-1", gift_to(place, "20.00", "10.00"))
        for address in (f"/causes/{place.water}", f"/shared/{gift}", f"/shared/{gift}/card.svg"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "&lt;script&gt;" in answer.text
            assert "<script" not in answer.text


# What is refused, and how


def test_each_refusal_has_its_status_and_the_code_of_the_ledger(place: Place, ada: httpx.Client) -> None:
    good = gift_to(place, "20.00", "10.00")
    nowhere = [{"cause": "cau_01JA0000000000000000000000", "amount": "1.00"}]
    refused = [
        (good | {"currency": "euro"}, (400, 1005)),
        (good | {"tip": "0.00"}, (400, 1001)),
        (good | {"currency": "USD"}, (400, 1006)),
        (good | {"designations": []}, (400, 1018)),
        (good | {"designations": [{"cause": "water", "amount": "1.00"}]}, (400, 1007)),
        (good | {"designations": nowhere}, (404, 2002)),
        (good | {"tpi": "2.00"}, (400, 400)),
        (good | {"tip": 2.5}, (400, 400)),
        (good | {"memo": "\ud800"}, (400, 400)),
    ]
    for gift, answer in refused:
        assert refused_with(give(ada, "button-1", gift)) == answer
    assert refused_with(give(ada, "no key", good)) == (400, 400)
    assert refused_with(ada.post("/api/gifts", json=good)) == (400, 400)
    assert refused_with(ada.get("/gifts/nonsense")) == (400, 1007)
    assert refused_with(ada.get("/nowhere")) == (404, 404)
    assert refused_with(ada.get("/causes/cau_01JA0000000000000000000000")) == (404, 404)
    assert place.ledger.stats().donations == 0
    # None of them took the key.
    assert give(ada, "button-1", good).status_code == 201


def test_a_refusal_of_input_does_not_repeat_the_input(place: Place) -> None:
    with visitor(place.address) as client:
        asked = {"email": "ada@example.org", "password": "too short", "name": "Ada Example"}
        answer = client.post("/api/sign-up", json=asked)
    assert refused_with(answer) == (400, 400)
    assert answer.json()["message"] == "Not as it must be: body.password"


def test_a_body_that_is_too_large_is_not_read(place: Place) -> None:
    with visitor(place.address) as client:
        assert client.post("/webhooks/sandbox", content=b"x" * 300_000).status_code == 413


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [
        (LimitError("too many payments", 4007, "TooManyPayments"), 429, None),
        (LimitError("too many commands", 4002, "TooManyCommands"), 413, None),
        (StorageError("/srv/books is full", 5001, "NotCommitted", True), 503, "1"),
        (StorageError("/srv/books is gone", 5002, "OutcomeUnknown"), 503, None),
    ],
)
def test_failures_are_told_without_paths(error: LedgerError, status: int, retry_after: str | None) -> None:
    answer = refusal(error)
    assert answer.status_code == status
    assert answer.headers.get("retry-after") == retry_after
    assert f'"code":{error.code}'.encode() in answer.body
    assert b"/srv" not in answer.body


def test_after_an_unknown_outcome_the_site_asks_to_be_started_again_and_shows_pages_meanwhile(place: Place) -> None:
    def fail() -> None:
        raise StorageError("/srv/books is gone", 5002, "OutcomeUnknown", False)

    place.app.add_api_route("/fail", fail)
    with visitor(place.address) as client:
        assert client.get("/health").json() == {"state": "healthy"}
        assert refused_with(client.get("/fail")) == (503, 5002)
        assert refused_with(client.get("/health")) == (503, 503)
        assert client.get("/").status_code == 200


def test_books_that_were_closed_are_503_and_no_more_healthy(place: Place, ada: httpx.Client) -> None:
    place.ledger.close()
    assert refused_with(give(ada, "button-1", gift_to(place, "20.00", "10.00"))) == (503, 5003)
    assert ada.get("/health").status_code == 503


def test_a_folder_without_books_does_not_become_a_new_ledger(tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path, "https://give.example.org"))

    async def start() -> None:
        async with app.router.lifespan_context(app):
            pass

    with pytest.raises(LedgerError) as refused:
        asyncio.run(start())
    assert refused.value.code == 2004
    assert not (tmp_path / "people.sqlite").exists()


# Several processes


def test_a_worker_in_another_process_reads_by_itself_and_hands_writes_over(tmp_path: Path) -> None:
    water, roof = prepared(tmp_path)
    at_writer = str(tmp_path / "writer.socket")
    with (
        listening() as port,
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener,
    ):
        listener.bind(at_writer)
        settings = Settings(tmp_path, f"http://127.0.0.1:{port.getsockname()[1]}")
        app = create_app(settings)
        place = Place(settings, app, water, roof)
        with serving(app, listener), worker_process(settings, at_writer, port), visitor(place.address) as client:
            assert client.get("/").status_code == 200
            assert sign_up(client, "ada@example.org", "Ada Example").status_code == 204
            gift = given_and_paid(client, "button-1", gift_to(place, "20.00", "10.00"))
            assert "20.00 of 80.00 EUR (25 %)" in client.get("/").text
            assert f"/shared/{gift}" in client.get(f"/gifts/{gift}").text
            assert give(client, "button-1", gift_to(place, "20.00", "10.00")).headers["idempotent-replayed"] == "true"
            assert refused_with(give(client, "button-1", gift_to(place, "1.00", "1.00"))) == (409, 3001)
            assert place.ledger.stats().donations == 1
    with Ledger.open(settings.books, opening=Opening.OPEN_EXISTING) as ledger:
        assert ledger.audit().difference is None
        assert raised(ledger, water) == (Decimal("20.00"), Decimal("0.45"), 1)


@contextmanager
def worker_process(settings: Settings, at_writer: str, listener: socket.socket) -> Iterator[None]:
    """A worker that accepts what comes to a socket. Who connects before it is up waits in the socket's queue."""
    environment = os.environ | {
        "HOST_APP_FOLDER": str(settings.folder),
        "HOST_APP_ADDRESS": settings.address,
        "HOST_APP_WRITER": at_writer,
    }
    served = [
        "--factory",
        "host_app.worker:from_environment",
        "--fd",
        str(listener.fileno()),
        "--log-level",
        "critical",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", *served],
        cwd=Path(__file__).parent,
        env=environment,
        pass_fds=[listener.fileno()],
    )
    try:
        yield
    finally:
        process.terminate()
        assert process.wait(30) in (0, -15)
