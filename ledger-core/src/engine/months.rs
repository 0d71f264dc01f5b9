//! What was posted up to a day, from the months of accounts.

use crate::accounting::account::Account;
use crate::accounting::balance::Balance;
use crate::records::codec;
use crate::records::fold::RangeReader;
use crate::records::row::{MonthOf, Row, RowKey};
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::month::Month;

/// What was posted to an account on days before `end` (without one, on all days), and in how many lines.
pub fn posted_before<R: RangeReader + ?Sized>(
    view: &R,
    account: &Account,
    end: Option<Date>,
) -> Result<(Balance, u64), Fault> {
    let of = MonthOf::Account(account.clone());
    let last = end.map_or(Month::AFTER, |end| Month::of(end).next());
    let (first, last) = (RowKey::Month(of.clone(), Month::BEFORE), RowKey::Month(of, last));
    let (mut sum, mut lines) = (Balance::default(), 0_u64);
    for (key, row) in view.between(&first, &last, usize::MAX)? {
        let month = codec::decode_month(&key)?;
        let Row::AccountMonth(row) = row.as_ref() else {
            return Err(Fault::state("row that should be AccountMonth", 0));
        };
        let is_over = |day: i8| end.is_some_and(|end| Month::of(end) == month && day >= end.day());
        for of_day in row.days.iter().filter(|of_day| !is_over(of_day.day)) {
            sum.debits_minor = sum.debits_minor.saturating_add(of_day.posted.debits_minor);
            sum.credits_minor = sum.credits_minor.saturating_add(of_day.posted.credits_minor);
            lines = lines.saturating_add(of_day.lines);
        }
    }
    Ok((sum, lines))
}
