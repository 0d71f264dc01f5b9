"""Every public item of ledger-core is in Python, or it is said here where it is instead."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import donation_ledger
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import declare

RULES = "how core decides, posts and stores; answers and totals show what comes of it"
WORDS = "the value of the member: `.value`"

ELSEWHERE = {
    # Types that are Python's own there.
    "Currency": "str, the code; wrong ones are refused with 1005 wherever one is taken",
    "Date": "datetime.date",
    "Timestamp": "datetime.datetime in UTC; naive ones are refused",
    "Sum": "decimal.Decimal",
    "AccountName": "str, such as 'assets:bank:main'",
    "Cursor": "str: Pages.cursor",
    "TakenBack": "tuple of Event",
    "Results": "list of Committed and LedgerError: Ledger.submit_all",
    # Arguments.
    "Options": "keywords of Ledger.open",
    "Settings": "keywords of Ledger.open",
    "PageRequest": "keywords of the histories, and Pages.take",
    "AsOf": "keyword `at` of Ledger.balance and Ledger.trial_balance: a date or a seq",
    "StatementOf": "first argument of Ledger.statement: a CauseId, a DonorId or an account's name",
    "Webhook": "arguments of Ledger.ingest_webhook",
    "ImportWatch": "keywords on_progress and on_reject of Ledger.import_rows",
    "ImportFlow": "what on_progress returns: False stops",
    "RejectedRow": "arguments of on_reject",
    "Importer": "Ledger.import_rows",
    "Query": "the methods of Ledger, by the same names",
    # Answers.
    "Answer": "what the methods of Ledger return",
    "HistoryPage": "Pages[HistoryLine]: Ledger.donor_history, Ledger.cause_history",
    "AccountPage": "Pages[AccountLine]: Ledger.account_history",
    "PublicPage": "Pages[PublicGift]: Ledger.public_gifts",
    "DonationPage": "Pages[Donation]: Ledger.donations",
    "CauseChangePage": "Pages[CauseChange]: Ledger.cause_changes",
    "KeyStatus": "Committed or None: Ledger.status",
    # Errors.
    "Rejection": "LedgerError.fields, under LedgerError.code and LedgerError.name",
    "ErrorCode": "LedgerError.code, LedgerError.name",
    "MoneyError": "InvalidError 1001 to 1006",
    "IdError": "InvalidError 1007",
    "DateError": "InvalidError 1008",
    "AccountNameError": "InvalidError 1007",
    "MappingError": "InvalidError 1024",
    "ImportError": "LedgerError with the code of the cause",
    "RowFault": "the code and the reason that on_reject is called with",
    "Unbalanced": "cannot happen: no entry is made in Python",
    # Pieces that only Rust composes.
    "JournalEntry": "entries of Change, and Ledger.entries()",
    "Posting": "PostedLine",
    "Balance": "debits and credits of AccountBalance and PostedLine",
    "PaymentProvider": "a provider of your own: verify and read its webhooks, and call Ledger.ingest_facts",
    "ProviderEvent": "arguments of Ledger.ingest_facts",
}

METHODS_ELSEWHERE = {
    "Ledger.donations_after": "Ledger.donations",
    "Ledger.cause_changes_after": "Ledger.cause_changes",
    "Ledger.balance_as_of": "Ledger.balance(..., at=)",
    "Ledger.trial_balance_as_of": "Ledger.trial_balance(at=)",
    "Follower.promote": "Ledger.promote",
    "Amount.parse": "Amount(text, currency)",
    "Amount.from_decimal": "Amount(decimal, currency)",
    "Amount.to_decimal": "Amount.decimal",
    "Amount.checked_add": "+",
    "Amount.checked_sub": "-",
    "Stripe.new": "Stripe(...)",
    "Stripe.also_signed_with": "the second of Stripe(secrets=...)",
    "Stripe.signature": "of the header that Stripe sends; Ledger.ingest_webhook verifies it",
    "Sandbox.new": "Sandbox(...)",
    "SandboxCard.of_amount": "Sandbox.pay without a card",
    "Totals.net_minor": "Totals.net",
    "Totals.raised_minor": "Totals.raised",
    "Totals.held_minor": "Totals.held",
    "Totals.zero": RULES,
    "Totals.negated": RULES,
    "Totals.add": RULES,
    "Totals.add_in_currency": RULES,
    "Totals.add_gift": RULES,
    "Totals.add_refund": RULES,
    "Totals.add_adjustment": RULES,
    "Importer.new": "the arguments mapping and mode of Ledger.import_rows",
    "Importer.read": "the argument source of Ledger.import_rows",
    "Importer.report": "what Ledger.import_rows returns",
    "Options.new": "Ledger.open without keywords",
    "AccountBalance.net_minor": "AccountBalance.net",
    "LedgerError.code": "LedgerError.code, which an instance has",
    "LedgerError.is_retryable": "LedgerError.retryable",
    "Notice.id": "Notice.seq and Notice.ordinal",
    "Settlement.unexplained_minor": "amount less lines_minor of Settlement",
    "Reconciled.agrees": "ReconciledLine.reconciled: expected and found, compared",
    "Reconciled.difference_minor": "the same two, subtracted",
    "ReconciledLine.agrees": "the same",
    "CauseStanding.is_negative": "CauseStanding.available below zero, or owed above",
    "Donation.as_entered": "Ledger.as_entered",
    "DonationPart.refundable_minor": "given_minor - refunded_minor - disputed_minor",
    "SettlementLine.net_minor": "gross_minor - fee_minor",
    "DonorProfile.is_empty": "profile == DonorProfile()",
    "Diagnosis.worst": "the severities of Diagnosis.findings",
    "Diagnosis.is_whole": "the same",
    "Diagnosis.first_damage": "the same",
    "Followed.is_level": "Followed.seq == Followed.source_seq",
    "OpeningReport.is_clean": "the fields of OpeningReport",
    "ImportReport.counts": "the fields of ImportReport",
    "Method.money_account": "the accounts of Committed.balances",
    "Method.processor": "the field of Method.Processor and Method.Exchanged",
}
#: Types that are elsewhere, and whose methods are looked for one by one all the same.
IN_PIECES = {"Importer", "Options"}
#: Methods that say something of a rule, by their type: no app asks for them.
OF_RULES = {
    "Side",
    "AccountType",
    "AdjustmentReason",
    "CauseDetails",
    "DisputeState",
    "DisputeReport",
    "PaymentState",
    "PaymentReport",
    "PayoutState",
    "PayoutReport",
    "RefundState",
    "RefundReport",
    "Right",
    "Command",
    "Event",
}
#: What an argument of core is called in Python, or what stands for it there: a parameter, several, or none.
ARGUMENTS = {
    "after": {"cursor"},
    "after_seq": {"seq"},
    "from": {"from_day"},
    "id": {"settlement"},
    "limit": set(),
    "options": {"opening", "mode", "durability", "segment_bytes", "cache_bytes", "checkpoint_records", "state"},
    "out": {"to"},
    "request": {"order", "cursor"},
    "skip": set(),
    "webhook": {"headers", "body"},
}
#: Arguments of functions that are called otherwise.
FUNCTIONS = {"backup.from": "folder", "backup_keys.from": "folder", "drill.to": "beside"}
#: Where they are others.
ARGUMENTS_OF = {
    "Ledger.statement.to": {"to_day"},
    "Ledger.unsettled.to": {"to_day"},
    "Ledger.in_memory.options": {"mode"},
    "Ledger.open_damaged.options": set(),
    "Ledger.open_read_only.options": set(),
}


def arguments_of(text: str) -> dict[str, str]:
    """The arguments of a function by their types."""
    return {name: of.strip() for name, of in re.findall(r"(?:mut )?\b(\w+): ((?:[^,()]|\([^()]*\)|<[^<>]*>)+)", text)}


def functions() -> Iterator[tuple[str, dict[str, str]]]:
    """Every function that core exports."""
    for path in sorted(declare.CORE.rglob("*.rs")):
        for name, arguments in re.findall(
            r"^pub fn (\w+)(?:<[^(]*>)?\((.*?)\)(?: ->| \{)", path.read_text(), re.M | re.S
        ):
            if name in declare.exported():
                yield name, arguments_of(arguments)


def methods() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every public method of every exported type with the types of its arguments, those of the test kit and of UniFFI aside."""
    names = declare.exported()
    for path in sorted(set(declare.CORE.rglob("*.rs")) - {declare.CORE / "foreign.rs"}):
        text = re.split(r"^#\[cfg\(test\)\]\nmod \w+ \{", path.read_text(), flags=re.M)[0]
        for name, body in re.findall(r"^impl(?:<[^>]*>)? (\w+)(?:<[^{]*>)? \{\n(.*?)^\}", text, re.M | re.S):
            if name in names:
                for attributes, method, arguments in re.findall(
                    r"((?:^    #\[[^\n]*\n)*)^    pub (?:const )?fn (\w+)(?:<[^(]*>)?\((.*?)\)(?: ->| \{)",
                    body,
                    re.M | re.S,
                ):
                    if "testkit" not in attributes:
                        yield name, method, arguments_of(arguments)


@pytest.mark.parametrize("name", sorted(declare.exported()))
def test_every_item_is_somewhere(name: str) -> None:
    if name in ELSEWHERE:
        assert not hasattr(donation_ledger, name), "it is in Python: take it off the list"
    else:
        assert hasattr(donation_ledger, name) or hasattr(donation_ledger.Event, name)


def test_every_method_is_somewhere() -> None:
    missing = []
    for name, method, _ in methods():
        if name == "Options" and method != "new":
            found = method in inspect.signature(donation_ledger.Ledger.open).parameters
        else:
            found = f"{name}.{method}" in METHODS_ELSEWHERE or hasattr(getattr(donation_ledger, name, None), method)
        told = name in OF_RULES or (name in ELSEWHERE and name not in IN_PIECES) or method in ("word", "from_word")
        if not found and not told:
            missing.append(f"{name}.{method}")
    assert missing == []


def test_every_argument_is_taken() -> None:
    missing, compared = [], 0
    for name, method, arguments in methods():
        here = getattr(getattr(donation_ledger, name, None), method, None)
        if not callable(here) or f"{name}.{method}" in METHODS_ELSEWHERE:
            continue
        taken = set(inspect.signature(here).parameters)
        for argument, of in arguments.items():
            if argument == "command" and argument not in taken:
                wanted = set(getattr(donation_ledger, of).__struct_fields__)
            else:
                wanted = ARGUMENTS_OF.get(f"{name}.{method}.{argument}", ARGUMENTS.get(argument, {argument}))
            missing += [f"{name}.{method}({word})" for word in sorted(wanted - taken)]
            compared += 1
    for name, arguments in functions():
        taken = set(inspect.signature(getattr(donation_ledger, name)).parameters)
        missing += [
            f"{name}({word})" for word in sorted({FUNCTIONS.get(f"{name}.{of}", of) for of in arguments} - taken)
        ]
        compared += len(arguments)
    assert missing == []
    assert compared > 140


def test_the_lists_name_what_there_is() -> None:
    """So that an entry goes with what it was for."""
    known = {f"{name}.{method}" for name, method, _ in methods()}
    assert set(METHODS_ELSEWHERE) - known == set()
    assert set(ELSEWHERE) - declare.exported() == set()
    assert len(known) > 150
    assert len(declare.exported()) > 250


def test_what_is_declared_is_what_core_has() -> None:
    stale = [path.name for path, text in declare.files().items() if path.read_text() != text]
    assert stale == [], "run: python tools/declare.py"
