"""What the ledger refuses, said in HTTP. The answer is `{"code": ..., "message": ...}`."""

from __future__ import annotations

import logging

from donation_ledger import LedgerError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

LOG = logging.getLogger("host_app")

STATUS_OF_KIND = {"invalid": 400, "not_found": 404, "conflict": 409, "limit": 429, "storage": 503, "corrupt": 500}
# These limits are of one request, which is too large; the others are of what has piled up.
TOO_LARGE = {4002, 4003}
# After these the handle writes no more, and the process has to be started again.
STOPPED = {5002, 5003}


def refusal(error: LedgerError) -> JSONResponse:
    """The answer to a call that the ledger did not do."""
    status = 413 if error.code in TOO_LARGE else STATUS_OF_KIND.get(error.kind, 500)
    message = str(error)
    if status >= 500:
        # The message is for the operator: it may name files. Ours says what holds in each case, as keys make it so.
        LOG.error("the ledger failed with %s %s", error.code, error.name)
        message = "The books cannot be reached now. Try again with the same key: nothing is taken twice."
    headers = {"Retry-After": "1"} if error.retryable else None
    return JSONResponse({"code": error.code, "message": message}, status, headers)


def answer_refusals(app: FastAPI) -> None:
    """Makes the app answer so. Codes below 1000 are those of HTTP; the ledger's begin above."""

    @app.exception_handler(LedgerError)
    def of_ledger(request: Request, error: LedgerError) -> JSONResponse:
        if error.code in STOPPED:
            request.app.state.site.is_healthy = False
        return refusal(error)

    @app.exception_handler(HTTPException)
    def of_app(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"code": error.status_code, "message": error.detail}, error.status_code, error.headers)

    @app.exception_handler(RequestValidationError)
    def of_shape(_: Request, error: RequestValidationError) -> JSONResponse:
        # Which fields, and not what was in them: FastAPI's own answer would repeat a password.
        fields = ", ".join(sorted({".".join(map(str, wrong["loc"])) for wrong in error.errors()}))
        return JSONResponse({"code": 400, "message": f"Not as it must be: {fields}"}, 400)
