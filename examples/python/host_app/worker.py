"""A further process of the site: it reads the books by itself, and hands every write to the one process that may.

HOST_APP_WRITER=var/writer.socket ... uvicorn --workers 4 --factory host_app.worker:from_environment
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from donation_ledger import SANDBOX_SIGNATURE, Ledger
from fastapi import FastAPI, HTTPException, Request, Response

from host_app import pages
from host_app.app import LARGEST_BODY, health
from host_app.people import People
from host_app.refusals import answer_refusals
from host_app.sessions import Sessions
from host_app.site import RawBody, Settings, Site

# What the writer has to know of a request, and the donor of its answer. Nothing else passes.
ASKED = ("content-type", "cookie", "idempotency-key", SANDBOX_SIGNATURE)
ANSWERED = ("content-type", "set-cookie", "retry-after", "idempotent-replayed")


def create_worker(settings: Settings, writer_socket: str) -> FastAPI:
    """The pages, from a handle for reading that takes up what is new; and what is posted, from the writer."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        transport = httpx.HTTPTransport(uds=writer_socket)
        with (
            Ledger.open_read_only(settings.books) as ledger,
            httpx.Client(base_url="http://writer", transport=transport, trust_env=False, timeout=30) as writer,
        ):
            app.state.site = Site(settings, ledger, People(settings.database), Sessions(settings.database))
            app.state.writer = writer
            yield

    app = FastAPI(lifespan=lifespan, max_body_size=LARGEST_BODY)
    answer_refusals(app)
    app.add_api_route("/health", health)
    app.include_router(pages.router)
    app.add_api_route("/{path:path}", hand_over, methods=["POST"])
    return app


def hand_over(path: str, request: Request, body: RawBody) -> Response:
    """Asks the writer and answers what it answers. What it wrote is on the next page of any worker."""
    writer: httpx.Client = request.app.state.writer
    headers = {name: request.headers[name] for name in ASKED if name in request.headers}
    try:
        answer = writer.post(f"/{path}", content=body, headers=headers)
    except httpx.TransportError:
        # It may be written. The browser repeats it with its key, so nobody has to know.
        raise HTTPException(503, "Try again with the same key.", {"Retry-After": "1"}) from None
    passed_on = {name: value for name, value in answer.headers.items() if name in ANSWERED}
    return Response(answer.content, answer.status_code, passed_on)


def from_environment() -> FastAPI:
    """A worker, as the environment sets it up."""
    return create_worker(Settings.from_environment(), os.environ["HOST_APP_WRITER"])
