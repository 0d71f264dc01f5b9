"""Every scenario is played through the Python API, and answers what it answers in Rust: results, codes and messages.

The scenarios are played in Rust first, which writes down every call and its answer (`cargo run -p ledger-tests --example
transcribe`); `tests/run python` does that. LEDGER_TRANSCRIPTS says where they are.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import donation_ledger
import donation_ledger._ledger as native
import pytest
from donation_ledger import (
    BookMode,
    CauseId,
    DisputeId,
    DonationId,
    DonorId,
    ErrorKind,
    Follower,
    Ledger,
    LedgerError,
    Mapping,
    MergeDonors,
    Opening,
    Order,
    PayoutId,
    Period,
    RefundId,
    SettlementId,
    Stripe,
    StripeMode,
    SuspenseId,
)
from plain import command, record, to_plain

REPOSITORY = Path(__file__).parents[2]
TRANSCRIPTS = Path(os.environ.get("LEDGER_TRANSCRIPTS", REPOSITORY / "target" / "transcripts"))
SCENARIOS = {path.stem for path in (REPOSITORY / "tests" / "scenarios").glob("*.txt")}
SEED = 7


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Play:
    """A scenario that is being played."""

    def __init__(self, folder: Path, calls: list[dict[str, Any]]) -> None:
        time, mode, in_folder = calls[0]["with"]
        self.folder = folder
        self.clock = native.Clock(moment(time))  # type: ignore[attr-defined]
        self.settings: dict[str, Any] = {
            "mode": BookMode(mode),
            "clock": self.clock,
            "entropy_seed": SEED,
            "segment_bytes": 64 << 10,
        }
        self.ledger: Any
        if in_folder:
            self.ledger = Ledger.open(folder / "ledger", **self.settings)
        else:
            self.ledger = Ledger.in_memory(**self.settings)

    def open(self, folder: str, how: str, seed: int) -> Any:
        at = self.folder / folder
        if how == "again":
            self.ledger = None  # Dropped as it is, where it was not closed.
        if how == "read_only":
            self.ledger = Ledger.open_read_only(at)
        else:
            opening = {"existing": Opening.OPEN_EXISTING, "new": Opening.CREATE_NEW}.get(how, Opening.OPEN_OR_CREATE)
            self.ledger = Ledger.open(at, opening=opening, **self.settings | {"entropy_seed": seed})
        return self.ledger.opening_report()

    def follow(self, source: str, copy: str) -> Any:
        with Follower.open(self.folder / source, self.folder / copy) as follower:
            return follower.step()

    def promote(self, copy: str) -> int:
        settings = {name: value for name, value in self.settings.items() if name != "mode"}
        with Ledger.promote(self.folder / copy, **settings) as promoted:
            return promoted.epoch()

    def submit_all(self, commands: list[dict[str, Any]]) -> Any:
        answers = self.ledger.submit_all([command(each) for each in commands])
        return [failed(each) if isinstance(each, LedgerError) else {"ok": to_plain(each)} for each in answers]

    def import_(self, mapping: str, rows: str) -> Any:
        rejects: list[tuple[int, int, str]] = []
        stopped = None
        try:
            report = self.ledger.import_rows(
                io.BytesIO(bytes.fromhex(rows)),
                Mapping.shipped(mapping),
                on_reject=lambda line, code, reason, _: rejects.append((line, code, reason)),
            )
        except LedgerError as error:
            report, stopped = error.report, failed(error)["error"]
        return {"report": report, "rejects": [list(each) for each in rejects], "stopped": stopped}

    def webhook(self, told: dict[str, str], headers: list[list[str]], body: str) -> Any:
        stripe = Stripe(
            processor=told["processor"], bank=told["bank"], secrets=[told["secret"]], mode=StripeMode(told["mode"])
        )
        return self.ledger.ingest_webhook(stripe, [(name, value) for name, value in headers], body.encode())

    def status(self, key: str) -> Any:
        committed = self.ledger.status(key)
        return {"status": "unseen"} if committed is None else {"status": "committed", "committed": committed}

    def page(self, pages: Any, request: dict[str, Any], lines: str = "lines") -> Any:
        return {lines: pages.take(request["lines_max"]), "next": pages.cursor}

    def call(self, name: str, given: list[Any]) -> Any:
        if name == "open":
            return self.open(*given)
        if name in {"follow", "promote"}:
            return getattr(self, name)(*given)
        if name in {"backup", "backup_keys", "restore"}:
            return getattr(donation_ledger, name)(*(self.folder / each for each in given))
        ledger = self.ledger

        def at(moment: dict[str, Any]) -> date | int:
            return date.fromisoformat(moment["day"]) if "day" in moment else int(moment["record"])

        of = {
            "submit": lambda plain: ledger.submit(command(plain)),
            "submit_all": self.submit_all,
            "import": self.import_,
            "ingest_webhook": self.webhook,
            "status": self.status,
            "dry_run_of_merge": lambda plain: ledger.dry_run_of_merge(record(MergeDonors, plain)),
            "donors": lambda after, limit: ledger.donors(cursor=after).take(limit),
            "causes": lambda after, limit: ledger.causes(cursor=after).take(limit),
            "changes": lambda seq, limit: ledger.changes(seq).take(limit),
            "notices_after": lambda seq, limit: {"notices": ledger.notices_after(seq).take(limit)},
            "reconcile_settlement": lambda id, skip, limit: list(ledger.reconcile_settlement(SettlementId(id)))[
                skip : skip + limit
            ],
            "donor_history": lambda id, request: self.page(
                ledger.donor_history(DonorId(id), **where(request)), request
            ),
            "cause_history": lambda id, request: self.page(
                ledger.cause_history(CauseId(id), **where(request)), request
            ),
            "public_gifts": lambda id, request: self.page(
                ledger.public_gifts(CauseId(id), **where(request)), request, "gifts"
            ),
            "account_history": lambda account, request: self.page(
                ledger.account_history(account["name"], account["currency"], **where(request)), request
            ),
            "balance": lambda account: ledger.balance(account["name"], account["currency"]),
            "balance_as_of": lambda account, moment: ledger.balance(
                account["name"], account["currency"], at=at(moment)
            ),
            "trial_balance_as_of": lambda moment: ledger.trial_balance(at=at(moment)),
            "balance_sheets": lambda day: ledger.balance_sheets(date.fromisoformat(day)),
            "totals_by": lambda period: ledger.totals_by(Period(period)),
            "statement": self.statement,
            "unsettled": lambda processor, currency, first, last: ledger.unsettled(
                processor, currency, date.fromisoformat(first), date.fromisoformat(last)
            ),
        }
        if name in of:
            return of[name](*given)
        if name in IDS:
            return getattr(ledger, name)(IDS[name](given[0]))
        return getattr(ledger, name)(*given)

    def statement(self, of: dict[str, Any], first: str, last: str) -> Any:
        days = date.fromisoformat(first), date.fromisoformat(last)
        if "cause" in of:
            return self.ledger.statement(CauseId(of["cause"]), *days)
        if "donor" in of:
            return self.ledger.statement(DonorId(of["donor"]["donor"]), *days, currency=of["donor"]["currency"])
        return self.ledger.statement(of["account"]["name"], *days, currency=of["account"]["currency"])


IDS: dict[str, Callable[[str], Any]] = {
    "donor": DonorId,
    "cause": CauseId,
    "donation": DonationId,
    "begun_donation": DonationId,
    "gift_life": DonationId,
    "refund_under_way": RefundId,
    "payout": PayoutId,
    "standing": CauseId,
    "dispute": DisputeId,
    "suspense": SuspenseId,
    "settlement": SettlementId,
}


def where(request: dict[str, Any]) -> dict[str, Any]:
    return {"order": Order(request["order"]), "cursor": request["cursor"]}


#: What each exception is called elsewhere.
KINDS = {getattr(donation_ledger, f"{kind.name.title().replace('_', '')}Error"): kind.value for kind in ErrorKind}


def failed(error: LedgerError) -> dict[str, Any]:
    fields = {name: value for name, value in error.fields.items() if name != "report"}
    told = {"code": error.code, "name": error.name, "kind": KINDS[type(error)], "message": error.args[0]}
    return {"error": told | {"retryable": error.retryable, "fields": to_plain(fields)}}


def told(message: str) -> str:
    """Without what differs between two runs: folders, processes, places in files."""
    return re.sub(r"/\S*/|(?<=process )\d+|(?<=at byte )\d+", "", message)


def same(answer: Any) -> Any:
    if not isinstance(answer, dict) or "error" not in answer:
        return answer
    error = answer["error"]
    fields = {name: told(value) if isinstance(value, str) else value for name, value in error["fields"].items()}
    fields |= {"holder": None} if "holder" in fields else {}
    return {"error": error | {"message": told(error["message"]), "fields": fields}}


def steps(name: str) -> Iterator[dict[str, Any]]:
    with open(TRANSCRIPTS / f"{name}.jsonl") as lines:
        *all_steps, end = map(json.loads, lines)
    assert (end["call"], end["with"]) == ("end", [len(all_steps)]), "a script that was cut short"
    yield from all_steps


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_it_answers_as_in_rust(name: str, tmp_path: Path) -> None:
    calls = list(steps(name))
    play = Play(tmp_path, calls)
    for number, call in enumerate(calls[1:], 1):
        if call["call"] == "clock":
            play.clock.set(moment(call["with"][0]))
            continue
        if call["call"] == "mishap":
            native.let_happen(tmp_path / "ledger", json.dumps(call["with"][0]))  # type: ignore[attr-defined]
            continue
        try:
            answer: Any = {"ok": to_plain(play.call(call["call"], call["with"]))}
        except LedgerError as error:
            answer = failed(error)
        if call["call"] == "import":
            answer = answer["ok"]
        wanted = call["answer"]
        # Pages read on by themselves, until they are full or nothing follows: where one of core's ends is core's business.
        if call["call"] == "notices_after":
            wanted["ok"].pop("through")
        page = wanted.get("ok") if call["call"] == "public_gifts" else None
        if page and page["next"]:
            assert answer["ok"]["gifts"][: len(page["gifts"])] == page["gifts"]
            continue
        assert same(answer) == same(wanted), f"call {number} of {name}: {call['call']} {call['with']}"


def test_all_were_transcribed() -> None:
    assert {path.stem for path in TRANSCRIPTS.glob("*.jsonl")} == SCENARIOS
    assert len(SCENARIOS) > 80
