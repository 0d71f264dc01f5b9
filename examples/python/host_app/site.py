"""What the parts of the site share, and how an endpoint asks for it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from donation_ledger import DonorId, Ledger
from fastapi import Cookie, Depends, HTTPException, Request

from host_app.people import People
from host_app.sessions import COOKIE, Sessions

T = TypeVar("T")


@dataclass(frozen=True)
class Settings:
    """What differs from one computer to the next. Nothing of it is secret."""

    folder: Path
    # As donors type it, such as https://give.example.org: links are made of it, not of what a request says of its host.
    address: str

    @staticmethod
    def from_environment() -> Settings:
        return Settings(Path(os.environ["HOST_APP_FOLDER"]), os.environ["HOST_APP_ADDRESS"].rstrip("/"))

    @property
    def books(self) -> Path:
        return self.folder / "books"

    @property
    def database(self) -> Path:
        return self.folder / "people.sqlite"


@dataclass
class Site:
    """The site while it runs."""

    settings: Settings
    ledger: Ledger
    people: People
    sessions: Sessions
    is_healthy: bool = True


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    # Where the books are open for reading only, this takes up what was committed since. The writer has it anyway.
    site.ledger.refresh()
    return site


def _donor(site: Annotated[Site, Depends(_site)], token: Annotated[str, Cookie(alias=COOKIE)] = "") -> DonorId:
    person = site.sessions.person(token)
    donor = None if person is None else site.people.donor(person)
    if donor is None:
        raise HTTPException(401, "Log in first.")
    return donor


async def _body(request: Request) -> bytes:
    # Read on the event loop, so that the endpoint itself can be a plain function in a thread.
    return await request.body()


AskedSite = Annotated[Site, Depends(_site)]
LoggedIn = Annotated[DonorId, Depends(_donor)]
RawBody = Annotated[bytes, Depends(_body)]


def found(thing: T | None) -> T:
    """What was asked for, or 404."""
    if thing is None:
        raise HTTPException(404, "There is no such thing here.")
    return thing
