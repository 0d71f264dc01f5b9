//! What a card may be made of. Drawing gets these and nothing else, so it cannot tell more.

use super::words::legible;
use crate::engine::donations::Donation;
use crate::engine::error::LedgerError;
use crate::engine::gift_life::gift_life;
use crate::engine::public_gifts::name_of;
use crate::engine::queries;
use crate::giving::donation::{Beneficiary, Visibility, amount_of};
use crate::machine::rejection::Rejection;
use crate::storage::{Keys, View};
use crate::vocabulary::ids::{CauseId, DonationId};
use crate::vocabulary::money::Amount;

/// A cause, its money in words.
pub(super) struct SeenCause {
    pub(super) name: String,
    pub(super) raised: String,
    pub(super) progress: Option<Progress>,
    pub(super) gifts: String,
}

/// How far a cause has come.
pub(super) struct Progress {
    pub(super) goal: String,
    /// Rounded down, and beyond 100 where more came than was asked for.
    pub(super) percent: i128,
}

/// A gift.
pub(super) enum SeenGift {
    /// What is left of it, and who gave it if that may be told.
    Public { giver: Option<String>, total: Amount, parts: Vec<(String, Amount)> },
    /// Where it went. In the order of the causes, not of the gift: two gifts to the same causes look the same.
    Anonymous { causes: Vec<String> },
}

pub(super) fn cause(view: &dyn View, id: CauseId) -> Result<SeenCause, LedgerError> {
    let cause = queries::cause(view, id)?.ok_or(Rejection::UnknownCause { cause: id })?;
    let raised_minor = cause.totals.raised_minor();
    let progress = cause.details.goal.map(|goal| {
        let percent = raised_minor.saturating_mul(100).checked_div(goal.minor().into());
        Progress { goal: goal.to_string(), percent: percent.unwrap_or(0).max(0) }
    });
    let count = cause.totals.donations;
    Ok(SeenCause {
        name: named(&cause.details.name),
        raised: format!("{} {}", cause.currency.decimal_string(raised_minor), cause.currency),
        progress,
        gifts: if count == 1 { "1 gift".to_owned() } else { format!("{count} gifts") },
    })
}

pub(super) fn gift(view: &dyn View, keys: &dyn Keys, id: DonationId) -> Result<SeenGift, LedgerError> {
    let gift = standing_gift(view, keys, id)?;
    let mut parts = Vec::new();
    for part in &gift.parts {
        if let Beneficiary::Cause { cause } = part.beneficiary {
            let currency = gift.designations.first().map(|to| to.amount.currency());
            let left = currency.and_then(|currency| amount_of(part.refundable_minor(), currency));
            parts.extend(left.map(|left| (cause, left)));
        }
    }
    let amounts = parts.iter().map(|(_, amount)| *amount);
    let total = amounts.map(Ok).reduce(|sum, more| sum?.checked_add(more?));
    let total = total.ok_or(Rejection::NothingToShare { donation: id })??;
    if gift.visibility == Visibility::Anonymous {
        parts.sort_unstable_by_key(|(cause, _)| *cause);
        let causes = parts.iter().map(|(cause, _)| name_of_cause(view, *cause));
        return Ok(SeenGift::Anonymous { causes: causes.collect::<Result<_, _>>()? });
    }
    let giver = name_of(view, keys, gift.donor, gift.visibility)?.as_deref().and_then(legible);
    let parts = parts.iter().map(|(cause, amount)| Ok((name_of_cause(view, *cause)?, *amount)));
    Ok(SeenGift::Public { giver, total, parts: parts.collect::<Result<_, LedgerError>>()? })
}

/// A gift that is there: captured, not taken back by a correction, and not with the donor's bank.
fn standing_gift(view: &dyn View, keys: &dyn Keys, donation: DonationId) -> Result<Donation, LedgerError> {
    let life = gift_life(view, keys, donation)?.ok_or(Rejection::UnknownDonation { donation })?;
    let gift = life.donation.ok_or(Rejection::DonationNotCaptured { donation })?;
    if let Some(by) = gift.reversed_by {
        return Err(Rejection::EntryReversed { entry: donation.to_string(), by }.into());
    }
    if let Some(open) = life.disputes.iter().find(|dispute| dispute.state.is_withdrawn()) {
        return Err(Rejection::DonationDisputed { donation, dispute: open.id }.into());
    }
    Ok(gift)
}

fn name_of_cause(view: &dyn View, cause: CauseId) -> Result<String, LedgerError> {
    let found = queries::cause(view, cause)?.ok_or(Rejection::UnknownCause { cause })?;
    Ok(named(&found.details.name))
}

/// A cause has a name, but perhaps none that can be read.
fn named(cause: &str) -> String {
    legible(cause).unwrap_or_else(|| "a cause".to_owned())
}
