//! What a ledger can be asked, where the answer is a list of any length.

use core::str::FromStr;

use ledger_core::{
    Account, AccountName, CauseId, Currency, Cursor, DonorId, LedgerError, Order, PageRequest, Rejection,
    SettlementId,
};
use pyo3::prelude::*;

use crate::arguments::Arg;
use crate::ledger::PyLedger;
use crate::lists::{Item, Page, Pages};
use crate::tables::{Kind, Table};

/// Which lines, of what was asked for.
fn request(order: Order, cursor: Option<&str>, lines_max: u32) -> Result<PageRequest, LedgerError> {
    Ok(PageRequest { order, cursor: cursor.map(Cursor::from_str).transpose()?, lines_max })
}

/// A cursor that is a number.
pub fn seq_of(cursor: Option<&str>) -> Result<u64, LedgerError> {
    cursor.map_or(Ok(0), |text| text.parse().map_err(|_| Rejection::InvalidCursor.into()))
}

/// A page of a list that is asked for by the last one before it.
fn page<T>(found: Vec<T>, limit: u32, item: impl Fn(Box<T>) -> Item, place: impl Fn(&T) -> String) -> Page {
    let full = found.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let next = found.last().filter(|_| full).map(place);
    Page { items: found.into_iter().map(|each| item(Box::new(each))).collect(), next }
}

#[pymethods]
impl PyLedger {
    /// All donors, in the order in which they were registered; after a cursor, which is the id of one.
    #[pyo3(signature = (*, cursor = None))]
    fn donors(&self, cursor: Option<String>) -> Pages {
        Pages::of(&self.0, cursor, |ledger, after, limit| {
            let after = after.map(DonorId::from_str).transpose()?;
            Ok(page(ledger.donors(after, limit)?, limit, Item::Donor, |donor| donor.id.to_string()))
        })
    }

    /// All causes, in the order in which they were opened; after a cursor, which is the id of one. A table too.
    #[pyo3(signature = (*, cursor = None))]
    fn causes(&self, cursor: Option<String>) -> Pages {
        Pages::of(&self.0, cursor, |ledger, after, limit| {
            let after = after.map(CauseId::from_str).transpose()?;
            Ok(page(ledger.causes(after, limit)?, limit, Item::Cause, |cause| cause.id.to_string()))
        })
        .and_table(Kind::Causes)
    }

    /// The donations that were captured, in the order of their capture, each as it stands now; those that a correction took
    /// back among them; after a cursor, which is the seq of a record. A table too, with a row for each cause of a gift and for its tip.
    #[pyo3(signature = (*, cursor = None))]
    fn donations(&self, cursor: Option<String>) -> Pages {
        Pages::of(&self.0, cursor, |ledger, after, limit| {
            let after = seq_of(after)?;
            let found = ledger.donations_after(after, limit)?;
            let next = found.through.to_string();
            Ok(page(found.donations, limit, Item::Donation, |_| next.clone()))
        })
        .and_table(Kind::Donations)
    }

    /// Every posted line, as a table: debits equal credits in every currency.
    fn entries(&self) -> Table {
        Table::of(&self.0, Kind::Entries)
    }

    /// All balances, as a table.
    fn balances(&self) -> Table {
        Table::of(&self.0, Kind::Balances)
    }

    /// What happened to a donor, line by line.
    ///
    /// Args:
    ///     donor: The donor.
    ///     order: Oldest first (the default) or newest first.
    ///     cursor: Where to go on: the `cursor` of an earlier list of the same donor in the same order.
    #[pyo3(signature = (donor, *, order = None, cursor = None))]
    fn donor_history(&self, donor: Arg<DonorId>, order: Option<Arg<Order>>, cursor: Option<String>) -> Pages {
        let order = order.map(|order| order.0).unwrap_or_default();
        Pages::of(&self.0, cursor, move |ledger, cursor, lines| {
            let found = ledger.donor_history(donor.0, &request(order, cursor, lines)?)?;
            let items = found.lines.into_iter().map(|line| Item::History(Box::new(line))).collect();
            Ok(Page { items, next: found.next.map(|cursor| cursor.to_string()) })
        })
    }

    /// What happened to a cause, line by line: its own part of each gift, never the whole.
    #[pyo3(signature = (cause, *, order = None, cursor = None))]
    fn cause_history(&self, cause: Arg<CauseId>, order: Option<Arg<Order>>, cursor: Option<String>) -> Pages {
        let order = order.map(|order| order.0).unwrap_or_default();
        Pages::of(&self.0, cursor, move |ledger, cursor, lines| {
            let found = ledger.cause_history(cause.0, &request(order, cursor, lines)?)?;
            let items = found.lines.into_iter().map(|line| Item::History(Box::new(line))).collect();
            Ok(Page { items, next: found.next.map(|cursor| cursor.to_string()) })
        })
    }

    /// What the public may see of the gifts to a cause: names only where the donor allowed it.
    #[pyo3(signature = (cause, *, order = None, cursor = None))]
    fn public_gifts(&self, cause: Arg<CauseId>, order: Option<Arg<Order>>, cursor: Option<String>) -> Pages {
        let order = order.map_or(Order::NewestFirst, |order| order.0);
        Pages::of(&self.0, cursor, move |ledger, cursor, lines| {
            let found = ledger.public_gifts(cause.0, &request(order, cursor, lines)?)?;
            let items = found.gifts.into_iter().map(|gift| Item::Public(Box::new(gift))).collect();
            Ok(Page { items, next: found.next.map(|cursor| cursor.to_string()) })
        })
    }

    /// What was posted to an account, line by line.
    #[pyo3(signature = (account, currency, *, order = None, cursor = None))]
    fn account_history(
        &self,
        account: Arg<AccountName>,
        currency: Arg<Currency>,
        order: Option<Arg<Order>>,
        cursor: Option<String>,
    ) -> Pages {
        let order = order.map(|order| order.0).unwrap_or_default();
        let account = Account { name: account.0, currency: currency.0 };
        Pages::of(&self.0, cursor, move |ledger, cursor, lines| {
            let found = ledger.account_history(&account, &request(order, cursor, lines)?)?;
            let items = found.lines.into_iter().map(|line| Item::Account(Box::new(line))).collect();
            Ok(Page { items, next: found.next.map(|cursor| cursor.to_string()) })
        })
    }

    /// The lines of a settlement, each beside what the ledger expected; after a cursor.
    #[pyo3(signature = (settlement, *, cursor = None))]
    fn reconcile_settlement(&self, settlement: Arg<SettlementId>, cursor: Option<String>) -> Pages {
        Pages::of(&self.0, cursor, move |ledger, skipped, limit| {
            let skip = seq_of(skipped)?;
            let found = ledger.reconcile_settlement(settlement.0, skip, limit)?;
            let next = skip.saturating_add(u64::try_from(found.len()).unwrap_or(0));
            Ok(page(found, limit, Item::Reconciled, |_| next.to_string()))
        })
    }

    /// All notices after a record, or after a cursor, whoever has acknowledged them.
    #[pyo3(signature = (seq = 0, *, cursor = None))]
    fn notices_after(&self, seq: u64, cursor: Option<String>) -> Pages {
        Pages::of(&self.0, Some(cursor.unwrap_or_else(|| seq.to_string())), |ledger, after, limit| {
            let after = seq_of(after)?;
            let found = ledger.notices_after(after, limit)?;
            let next = found.through.to_string();
            Ok(page(found.notices, limit, Item::Notice, |_| next.clone()))
        })
    }

    /// Everything that was committed after a record, or after a cursor: ids and money, nothing personal.
    #[pyo3(signature = (seq = 0, *, cursor = None))]
    fn changes(&self, seq: u64, cursor: Option<String>) -> Pages {
        Pages::of(&self.0, Some(cursor.unwrap_or_else(|| seq.to_string())), |ledger, after, limit| {
            let after = seq_of(after)?;
            Ok(page(ledger.changes(after, limit)?, limit, Item::Change, |change| change.seq.to_string()))
        })
    }

    /// What each record changed in the totals of causes, in order: added up, they are the totals. For reports by day.
    #[pyo3(signature = (seq = 0, *, cursor = None))]
    fn cause_changes(&self, seq: u64, cursor: Option<String>) -> Pages {
        Pages::of(&self.0, Some(cursor.unwrap_or_else(|| seq.to_string())), |ledger, after, limit| {
            let after = seq_of(after)?;
            let found = ledger.cause_changes_after(after, limit)?;
            let next = found.through.to_string();
            Ok(page(found.changes, limit, Item::CauseChange, |_| next.clone()))
        })
    }
}
