//! The public list of a cause's gifts: who gave, where the gift says that it may be told, and no more.

use serde::Serialize;

use super::error::LedgerError;
use super::history::{Cursor, PageRequest, places, record_at};
use super::queries::profile_of;
use super::state_reader::{donation_facts, donor_ids};
use crate::giving::donation::{Beneficiary, Visibility, amount_of};
use crate::machine::event::Event;
use crate::records::row::HistoryOf;
use crate::storage::{Keys, View};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DonorId};
use crate::vocabulary::money::Amount;

/// Who gave, as far as the public may know. A property of the gift: what becomes of the donor later changes no
/// old gift from anonymous to named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Giver {
    /// By name, as the donor is called now.
    Named {
        /// The name.
        name: String,
    },
    /// Not named: the gift is anonymous, or there is no name (any more). The number is of this gift in this
    /// list; it says nothing about the donor, and two gifts of one donor have two.
    Anonymous {
        /// A number that no other line of the list has.
        number: u64,
    },
}

/// A gift as the public may see it. It has no id: ids of gifts and donors lead to the donor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct PublicGift {
    /// The day of the gift.
    pub day: Date,
    /// Who gave.
    pub giver: Giver,
    /// The cause's part of the gift.
    pub amount: Amount,
    /// What of it was given back since; none where nothing was.
    pub refunded: Option<Amount>,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct PublicPage {
    /// The gifts, in the order asked for. Fewer than asked for, even none, where other things happened to the
    /// cause in between.
    pub gifts: Vec<PublicGift>,
    /// Where the next page begins; `None` after the last line.
    pub next: Option<Cursor>,
}

/// A page of the public list of a cause.
pub fn public_gifts(
    view: &dyn View,
    keys: &dyn Keys,
    cause: CauseId,
    request: &PageRequest,
) -> Result<PublicPage, LedgerError> {
    let (places, next) = places(view, &HistoryOf::Cause(cause), request)?;
    let mut gifts = Vec::with_capacity(places.len());
    for (index, place) in places {
        let record = record_at(view, place)?;
        let Some(Event::DonationCaptured { donation, donor, visibility, .. }) =
            record.events.get(usize::from(place.ordinal))
        else {
            continue;
        };
        let Some(facts) = donation_facts(view, *donation)? else { continue };
        // What a correction took back was never given so.
        if facts.reversed_by.is_some() {
            continue;
        }
        let is_own = |of: Beneficiary| of == Beneficiary::Cause { cause };
        let Some(part) = facts.parts.iter().find(|part| is_own(part.beneficiary)) else { continue };
        let Some(amount) = amount_of(part.given_minor, facts.currency) else { continue };
        let refunded = amount_of(part.refunded_minor, facts.currency);
        let giver = match name_of(view, keys, *donor, *visibility)? {
            Some(name) => Giver::Named { name },
            None => Giver::Anonymous { number: index.saturating_add(1) },
        };
        gifts.push(PublicGift { day: place.day, giver, amount, refunded });
    }
    Ok(PublicPage { gifts, next })
}

/// The name of a giver who may be told: as the donor is called now, by whatever id. One whose own id has no name
/// stays without one when it is merged: a merge makes no old gift a named one.
pub fn name_of(
    view: &dyn View,
    keys: &dyn Keys,
    giver: DonorId,
    visibility: Visibility,
) -> Result<Option<String>, LedgerError> {
    if visibility == Visibility::Anonymous {
        return Ok(None);
    }
    let ids = donor_ids(view, giver)?;
    let own = ids.iter().find(|(id, _)| *id == giver);
    // Of both: one that was merged is called as the donor that was kept, and one without a name of its own not at all.
    let mut name = None;
    for (_, row) in own.into_iter().chain(ids.first()) {
        name = profile_of(row, keys)?.name;
        if name.is_none() {
            break;
        }
    }
    Ok(name)
}
