//! Histories page by page, against the lists of the model.

use ledger_core::{
    Account, AccountLine, AccountPage, Cursor, HistoryLine, HistoryPage, Ledger, LedgerError, Order,
    PageRequest, Side,
};

use crate::model::{AccountLineSeen, Line, Model};

/// All lines of a history, by pages of a size.
pub fn all_pages<Row>(
    order: Order,
    lines_max: u32,
    mut page: impl FnMut(&PageRequest) -> Result<(Vec<Row>, Option<Cursor>), LedgerError>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut cursor = None;
    loop {
        let (more, next) = page(&PageRequest { order, cursor, lines_max }).expect("a page");
        assert!(next.is_none() || more.len() == lines_max as usize, "a short page that is not the last");
        rows.extend(more);
        cursor = next;
        if cursor.is_none() {
            return rows;
        }
    }
}

/// A page as its parts.
pub fn of_history(page: HistoryPage) -> (Vec<HistoryLine>, Option<Cursor>) {
    (page.lines, page.next)
}

/// A page as its parts.
pub fn of_account(page: AccountPage) -> (Vec<AccountLine>, Option<Cursor>) {
    (page.lines, page.next)
}

fn seen(line: &HistoryLine) -> Line {
    let minor = |amount: ledger_core::Amount| amount.minor().unsigned_abs();
    Line {
        seq: line.seq,
        time: line.recorded_at.micros(),
        day: line.day,
        kind: line.kind,
        donor: line.donor,
        merged_into: line.merged_into,
        donation: line.donation,
        refund: line.refund,
        adjustment: line.adjustment,
        reallocation: line.reallocation,
        reversal: line.reversal,
        reason: line.reason,
        correction: line.correction,
        visibility: line.visibility,
        minor: line.amount.map(minor),
        causes: line.causes.iter().map(|part| (part.cause, minor(part.amount))).collect(),
    }
}

fn seen_in_account(line: &AccountLine) -> AccountLineSeen {
    AccountLineSeen {
        seq: line.seq,
        day: line.day,
        is_debit: line.posted.side == Side::Debit,
        minor: line.posted.amount_minor,
        debits: line.posted.balance.debits_minor,
        credits: line.posted.balance.credits_minor,
        number: line.posted.number,
    }
}

fn agree<Row, Wanted: PartialEq + core::fmt::Debug>(
    of: &str,
    wanted: &[Wanted],
    lines_max: u32,
    seen: impl Fn(&Row) -> Wanted,
    mut page: impl FnMut(&PageRequest) -> Result<(Vec<Row>, Option<Cursor>), LedgerError>,
) {
    let oldest_first: Vec<Wanted> =
        all_pages(Order::OldestFirst, lines_max, &mut page).iter().map(&seen).collect();
    assert_eq!(oldest_first, wanted, "{of} by pages of {lines_max}");
    let mut newest_first: Vec<Wanted> =
        all_pages(Order::NewestFirst, lines_max, &mut page).iter().map(&seen).collect();
    newest_first.reverse();
    assert_eq!(newest_first, wanted, "{of} newest first by pages of {lines_max}");
}

/// Every history that went on after a record says what the model says, both ways, by pages of a size.
pub(super) fn histories_agree(ledger: &Ledger, model: &Model, lines_max: u32, after_seq: u64) {
    let went_on = |lines: &[Line]| lines.last().is_some_and(|line| line.seq > after_seq);
    for id in model.donors.iter().map(|donor| donor.id) {
        let donor = model.person(id);
        if went_on(&donor.lines) {
            let page = |request: &PageRequest| ledger.donor_history(id, request).map(of_history);
            agree(&id.to_string(), &donor.lines, lines_max, seen, page);
        }
    }
    for cause in model.causes.iter().filter(|cause| went_on(&cause.lines)) {
        let page = |request: &PageRequest| ledger.cause_history(cause.id, request).map(of_history);
        agree(&cause.id.to_string(), &cause.lines, lines_max, seen, page);
    }
    for ((name, code), sheet) in &model.sheets {
        if sheet.lines.last().is_none_or(|line| line.seq <= after_seq) {
            continue;
        }
        let account = Account {
            name: name.parse().expect("a name of the chart"),
            currency: code.parse().expect("a currency"),
        };
        let page = |request: &PageRequest| ledger.account_history(&account, request).map(of_account);
        agree(name, &sheet.lines, lines_max, seen_in_account, page);
    }
}
