//! Statements: the lines of an account, a cause or a donor between two days, with the balance before, after
//! each line, and after the last. The closing balance of one period is the opening balance of the next.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::error::LedgerError;
use super::history::{history_line, posted_line, record_at};
use super::history_line::HistoryLine;
use super::months::posted_before;
use super::places::PlaceReader;
use super::state_reader::{cause_row, donor_row};
use crate::accounting::account::{Account, AccountName};
use crate::machine::rejection::Rejection;
use crate::machine::totals_rules::{TotalsChange, TotalsOf, totals_changes};
use crate::records::history::Place;
use crate::records::record::Record;
use crate::records::row::HistoryOf;
use crate::storage::View;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DonorId};
use crate::vocabulary::money::{Currency, Figure};

/// Most lines of a statement.
pub const STATEMENT_LINES_MAX: usize = 20_000;

/// Whose statement it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum StatementOf {
    /// An account's: its balance on the side where it grows.
    Account(Account),
    /// A cause's: the net of its totals.
    Cause(CauseId),
    /// A donor's, in one currency: the net of the donor's totals.
    Donor {
        /// The donor.
        donor: DonorId,
        /// The currency.
        currency: Currency,
    },
}

/// The lines of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Statement {
    /// The currency of every figure.
    pub currency: Currency,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The last record that was known when the statement was made.
    pub seq: u64,
    /// The balance at the beginning of the first day, in minor units.
    pub opening_minor: i128,
    /// What happened, by day, and within a day as it was recorded.
    pub lines: Vec<StatementLine>,
    /// The balance at the end of the last day.
    pub closing_minor: i128,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct StatementLine {
    /// What happened. Of an account: what the line was posted for.
    pub what: HistoryLine,
    /// What the line adds, in minor units; negative where it takes away.
    pub change_minor: i128,
    /// The balance after the line.
    pub balance_minor: i128,
}

/// Figures as decimal strings.
impl Serialize for Statement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename = "StatementLine")]
        struct Line<'a> {
            what: &'a HistoryLine,
            change: Figure,
            balance: Figure,
        }
        let text = |minor| self.currency.figure(minor);
        let line = |line: &StatementLine| (text(line.change_minor), text(line.balance_minor));
        let lines: Vec<Line<'_>> = self
            .lines
            .iter()
            .map(|each| {
                let (change, balance) = line(each);
                Line { what: &each.what, change, balance }
            })
            .collect();
        let mut fields = serializer.serialize_struct("Statement", 7)?;
        fields.serialize_field("currency", &self.currency)?;
        fields.serialize_field("from", &self.from)?;
        fields.serialize_field("to", &self.to)?;
        fields.serialize_field("seq", &self.seq)?;
        fields.serialize_field("opening", &text(self.opening_minor))?;
        fields.serialize_field("lines", &lines)?;
        fields.serialize_field("closing", &text(self.closing_minor))?;
        fields.end()
    }
}

/// The statement of an owner from one day to another, both inclusive.
pub fn statement(view: &dyn View, of: &StatementOf, from: Date, to: Date) -> Result<Statement, LedgerError> {
    if to < from {
        return Err(Rejection::PeriodReversed { from, to }.into());
    }
    let currency = currency_of(view, of)?;
    let (owner, only) = match of {
        StatementOf::Account(account) => (HistoryOf::Account(account.clone()), None),
        StatementOf::Cause(cause) => (HistoryOf::Cause(*cause), Some(*cause)),
        StatementOf::Donor { donor, .. } => (HistoryOf::Donor(*donor), None),
    };
    let mut opening_minor = match of {
        StatementOf::Account(account) => balance_before(view, account, from)?,
        StatementOf::Cause(cause) => net_before(view, *cause, currency, from)?,
        StatementOf::Donor { .. } => 0,
    };
    let mut places = Vec::new();
    let mut reader = PlaceReader::open(view, &owner)?;
    for index in 0..reader.count() {
        let place = reader.at(index)?;
        if (from..=to).contains(&place.day) {
            places.push(place);
        } else if place.day < from && matches!(of, StatementOf::Donor { .. }) {
            // Donors have no accounts, so their opening balance is what their lines before it come to.
            opening_minor = opening_minor.saturating_add(change_at(&record_at(view, place)?, of, place)?);
        }
        if places.len() > STATEMENT_LINES_MAX {
            let limit = u64::try_from(STATEMENT_LINES_MAX).unwrap_or(u64::MAX);
            return Err(Rejection::StatementTooLong { from, to, limit }.into());
        }
    }
    places.sort_by_key(|place| (place.day, place.seq, place.ordinal));
    let mut lines = Vec::with_capacity(places.len());
    let mut balance_minor = opening_minor;
    for place in places {
        let record = record_at(view, place)?;
        let change_minor = change_at(&record, of, place)?;
        if change_minor == 0 {
            continue;
        }
        balance_minor = balance_minor.saturating_add(change_minor);
        let about = match of {
            StatementOf::Account(account) => {
                Place { ordinal: posted_line(&record, account, place)?.event, ..place }
            }
            StatementOf::Cause(_) | StatementOf::Donor { .. } => place,
        };
        let what = history_line(view, record.told(), about, only)?;
        lines.push(StatementLine { what, change_minor, balance_minor });
    }
    let seq = view.head().seq;
    Ok(Statement { currency, from, to, seq, opening_minor, lines, closing_minor: balance_minor })
}

fn currency_of(view: &dyn View, of: &StatementOf) -> Result<Currency, LedgerError> {
    match of {
        StatementOf::Account(account) => Ok(account.currency),
        StatementOf::Cause(cause) => {
            let unknown = Rejection::UnknownCause { cause: *cause };
            Ok(cause_row(view, *cause)?.ok_or(unknown)?.currency)
        }
        StatementOf::Donor { donor, currency } => match donor_row(view, *donor)? {
            Some(_) => Ok(*currency),
            None => Err(Rejection::UnknownDonor { donor: *donor }.into()),
        },
    }
}

/// An account's balance at the beginning of a day, on the side where it grows.
fn balance_before(view: &dyn View, account: &Account, day: Date) -> Result<i128, LedgerError> {
    let (balance, _) = posted_before(view, account, Some(day))?;
    Ok(balance.net_minor(account.name.account_type()))
}

/// A cause's net at the beginning of a day: credits less debits over all its accounts.
fn net_before(view: &dyn View, cause: CauseId, currency: Currency, day: Date) -> Result<i128, LedgerError> {
    let mut net = 0_i128;
    for name in AccountName::of_cause(cause) {
        let (balance, _) = posted_before(view, &Account { name, currency }, Some(day))?;
        net = net.saturating_sub(balance.net_debit_minor());
    }
    Ok(net)
}

/// What the line of a record at a place adds to the balance of a statement.
fn change_at(record: &Record, of: &StatementOf, place: Place) -> Result<i128, LedgerError> {
    if let StatementOf::Account(account) = of {
        let line = posted_line(record, account, place)?.line;
        let minor = i128::from(line.amount_minor);
        let grows = line.side == account.name.account_type().normal_side();
        return Ok(if grows { minor } else { minor.saturating_neg() });
    }
    let event = record.events.get(usize::from(place.ordinal));
    let changes = event.map(totals_changes).unwrap_or_default();
    let own = changes.iter().filter(|TotalsChange { of: whose, change }| match (of, whose) {
        (StatementOf::Cause(cause), TotalsOf::Cause(whose)) => cause == whose,
        // One donor in an event: this one, by whatever id.
        (StatementOf::Donor { currency, .. }, TotalsOf::Donor(_)) => *currency == change.currency,
        _ => false,
    });
    Ok(own.map(|own| own.change.net_minor()).fold(0, i128::saturating_add))
}
