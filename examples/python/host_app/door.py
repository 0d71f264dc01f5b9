"""Signing up, logging in and out.

Other sites cannot do this, or give, in a donor's name: their forms come without the cookie, which is `SameSite=Lax`.
And writes are JSON, which FastAPI takes from nothing else: a form cannot send it, and a script of another site has to
ask first (CORS), and nobody here says yes.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Cookie, HTTPException, Response
from pydantic import BaseModel, Field

from host_app.people import AlreadyRegisteredError
from host_app.sessions import COOKIE, LASTS_SECONDS
from host_app.site import AskedSite, Site

router = APIRouter(prefix="/api")


class LogIn(BaseModel):
    """Who somebody says they are. Lengths are bounded, because hashing is work."""

    email: Annotated[str, Field(max_length=254)]
    password: Annotated[str, Field(max_length=200)]


class SignUp(LogIn):
    """Somebody new."""

    password: Annotated[str, Field(min_length=12, max_length=200)]
    name: Annotated[str, Field(max_length=200)]


@router.post("/sign-up", status_code=204)
def sign_up(asked: SignUp, site: AskedSite) -> Response:
    """Registers a donor and logs them in."""
    try:
        person = site.people.sign_up(site.ledger, email=asked.email, password=asked.password, name=asked.name)
    except AlreadyRegisteredError:
        raise HTTPException(409, "This e-mail address is registered already: log in.") from None
    return _let_in(site, person)


@router.post("/log-in", status_code=204)
def log_in(asked: LogIn, site: AskedSite) -> Response:
    """Logs in; with one answer for a wrong password and for an unknown address."""
    person = site.people.log_in(email=asked.email, password=asked.password)
    if person is None:
        raise HTTPException(401, "The e-mail address or the password is wrong.")
    return _let_in(site, person)


@router.post("/log-out", status_code=204)
def log_out(site: AskedSite, token: Annotated[str, Cookie(alias=COOKIE)] = "") -> Response:
    """Logs out."""
    site.sessions.end(token)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE)
    return response


def _let_in(site: Site, person: str) -> Response:
    token, is_encrypted = site.sessions.begin(person), site.settings.address.startswith("https://")
    response = Response(status_code=204)
    response.set_cookie(COOKIE, token, max_age=LASTS_SECONDS, httponly=True, secure=is_encrypted, samesite="lax")
    return response
