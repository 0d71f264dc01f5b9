"""The site: the one process that writes the books, and serves donors with its threads. Begin to read here.

HOST_APP_FOLDER=var HOST_APP_ADDRESS=http://127.0.0.1:8000 uvicorn --factory host_app.app:from_environment
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from donation_ledger import Ledger, Opening
from fastapi import FastAPI, HTTPException

from host_app import door, gifts, pages, webhooks
from host_app.database import make_tables
from host_app.people import People
from host_app.refusals import answer_refusals
from host_app.sessions import Sessions
from host_app.site import AskedSite, Settings, Site

LARGEST_BODY = 256 * 1024


def create_app(settings: Settings) -> FastAPI:
    """The whole site. Endpoints are plain functions: FastAPI runs each in a thread, where it may wait for the disk."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # Opened as the server starts and not as this module is imported: a handle does not survive a fork. A folder
        # without a ledger is an error: a wrong path would else be a new ledger, and empty.
        with Ledger.open(settings.books, opening=Opening.OPEN_EXISTING) as ledger:
            make_tables(settings.database)
            app.state.site = Site(settings, ledger, People(settings.database), Sessions(settings.database))
            yield
            # The server has let all requests end by now, and leaving closes the ledger.

    app = FastAPI(lifespan=lifespan, max_body_size=LARGEST_BODY)
    answer_refusals(app)
    app.add_api_route("/health", health)
    for part in (door, gifts, webhooks, pages):
        app.include_router(part.router)
    return app


def health(site: AskedSite) -> dict[str, str]:
    """For whoever starts processes again: after some failures of the disk a handle writes no more."""
    if not site.is_healthy:
        raise HTTPException(503, "Start the app again.")
    return {"state": "healthy"}


def from_environment() -> FastAPI:
    """The site, as the environment sets it up."""
    return create_app(Settings.from_environment())
