//! Rules of donors: profiles within their limits, e-mail addresses and external ids held once.

use std::collections::BTreeSet;

use super::texts::{self, count};
use super::{Decision, Moment, Refusal};
use crate::giving::donor::{Attribute, DonorProfile, DonorStanding};
use crate::machine::command::{EraseDonor, RegisterDonor, UpdateDonor};
use crate::machine::event::Event;
use crate::machine::personal::{Lookups, Personal, PersonalField};
use crate::machine::rejection::Rejection;
use crate::machine::state::{DonorLookup, StateView};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::DonorId;

pub(super) fn register(
    view: &dyn StateView,
    moment: &Moment,
    command: &RegisterDonor,
) -> Result<Decision, Refusal> {
    check_profile(&command.profile)?;
    check_standing(command.standing, &command.profile)?;
    let claimed = lookups_of(view, &command.profile);
    check_unclaimed(view, claimed, &[])?;
    Ok(registered(moment, command, claimed, 0))
}

/// The decision to register a donor, after every guard.
pub(super) fn registered(
    moment: &Moment,
    command: &RegisterDonor,
    claimed: Lookups,
    ordinal: u16,
) -> Decision {
    let donor = DonorId::from(moment.id(ordinal));
    let mut decision =
        Decision::of(Event::DonorRegistered { donor, kind: command.kind, standing: command.standing });
    if !command.profile.is_empty() {
        decision.personal.push(profile_field(donor, &command.profile, claimed, Lookups::default()));
    }
    decision
}

pub(super) fn update(view: &dyn StateView, command: &UpdateDonor) -> Result<Decision, Refusal> {
    check_profile(&command.profile)?;
    let ids = view.ids_of(command.donor)?;
    let donor = ids.first().copied().unwrap_or(command.donor);
    let known = view.donor(donor)?.ok_or(Rejection::UnknownDonor { donor })?.not_erased()?;
    check_standing(known.standing, &command.profile)?;
    let claimed = lookups_of(view, &command.profile);
    check_unclaimed(view, claimed, &ids)?;
    let released = Lookups {
        email: known.lookups.email.filter(|_| known.lookups.email != claimed.email),
        external_id: known.lookups.external_id.filter(|_| known.lookups.external_id != claimed.external_id),
    };
    let mut decision = Decision::of(Event::DonorUpdated { donor });
    decision.personal.push(profile_field(donor, &command.profile, claimed, released));
    Ok(decision)
}

/// Of a merged donor every id is erased: whoever asks to be forgotten is a person, not an id.
pub(super) fn erase(view: &dyn StateView, command: &EraseDonor) -> Result<Decision, Refusal> {
    let (donor, reason) = (command.donor, command.reason);
    view.donor(donor)?.ok_or(Rejection::UnknownDonor { donor })?.not_erased()?;
    let ids = view.ids_of(donor)?;
    for &donor in &ids {
        // Whoever is gone cannot be asked any more when a payment needs them.
        if view.donor(donor)?.is_some_and(|facts| facts.has_pending) {
            return Err(Rejection::MoneyPending { donor }.into());
        }
    }
    let events = ids.into_iter().map(|donor| Event::DonorErased { donor, reason });
    Ok(Decision { events: events.collect(), ..Decision::default() })
}

/// The limits of a profile.
fn check_profile(profile: &DonorProfile) -> Result<(), Rejection> {
    let lines =
        [("name", &profile.name), ("external_id", &profile.external_id), ("location", &profile.location)];
    for (field, text) in lines {
        text.as_deref().map_or(Ok(()), |text| texts::check_line(field, text, texts::NAME_BYTES_MAX))?;
    }
    profile.email.as_deref().map_or(Ok(()), check_email)?;
    check_attributes(&profile.attributes)
}

/// Nothing is known of an anonymous donor.
fn check_standing(standing: DonorStanding, profile: &DonorProfile) -> Result<(), Rejection> {
    if standing == DonorStanding::Anonymous && !profile.is_empty() {
        return Err(Rejection::AnonymousWithProfile);
    }
    Ok(())
}

fn check_email(email: &str) -> Result<(), Rejection> {
    texts::check_line("email", email, texts::EMAIL_BYTES_MAX)?;
    let well_formed = match email.trim().rsplit_once('@') {
        Some((mailbox, domain)) => !mailbox.is_empty() && !domain.is_empty(),
        None => false,
    };
    let has_spaces = email.trim().chars().any(char::is_whitespace);
    if well_formed && !has_spaces { Ok(()) } else { Err(Rejection::InvalidEmail) }
}

fn check_attributes(attributes: &[Attribute]) -> Result<(), Rejection> {
    if attributes.len() > texts::ATTRIBUTES_MAX {
        return Err(Rejection::TooManyAttributes {
            count: count(attributes.len()),
            limit: count(texts::ATTRIBUTES_MAX),
        });
    }
    let mut names = BTreeSet::new();
    for attribute in attributes {
        texts::check_line("attribute name", &attribute.name, texts::ATTRIBUTE_NAME_BYTES_MAX)?;
        texts::check_lines("attribute value", &attribute.value, texts::ATTRIBUTE_VALUE_BYTES_MAX)?;
        if !names.insert(&attribute.name) {
            return Err(Rejection::AttributeTwice);
        }
    }
    Ok(())
}

fn lookups_of(view: &dyn StateView, profile: &DonorProfile) -> Lookups {
    view.lookups_of(profile.email.as_deref(), profile.external_id.as_deref())
}

/// Nobody but `holders`, the ids of one donor, may have these.
fn check_unclaimed(view: &dyn StateView, claimed: Lookups, holders: &[DonorId]) -> Result<(), Refusal> {
    let other = |lookup| Ok::<_, Fault>(view.donor_by(lookup)?.filter(|other| !holders.contains(other)));
    if let Some(hash) = claimed.external_id
        && let Some(holder) = other(DonorLookup::ExternalId(hash))?
    {
        return Err(Rejection::DonorExternalIdTaken { holder }.into());
    }
    if let Some(hash) = claimed.email
        && let Some(holder) = other(DonorLookup::Email(hash))?
    {
        return Err(Rejection::EmailTaken { holder }.into());
    }
    Ok(())
}

fn profile_field(
    donor: DonorId,
    profile: &DonorProfile,
    claimed: Lookups,
    released: Lookups,
) -> PersonalField {
    PersonalField { donor, content: Personal::Profile { profile: profile.clone(), claimed, released } }
}
