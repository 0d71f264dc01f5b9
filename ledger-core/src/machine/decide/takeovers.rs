//! Rules of taking over a row of another system: who is unknown is registered, then the rules of giving
//! and of adjusting decide, on the same facts as if donor and cause had been there before.

use super::texts;
use super::{Decision, Moment, Refusal, adjustments, causes, donations, donors};
use crate::giving::cause::{CauseDates, CauseDetails, CauseStatus};
use crate::giving::donation::{Designation, FeeBearer, Method, Visibility};
use crate::giving::donor::{DonorProfile, DonorStanding};
use crate::machine::command::{Adjust, Donate, EntryKind, OpenCause, RecordedAs, RegisterDonor, TakeOver};
use crate::machine::event::Event;
use crate::machine::rejection::Rejection;
use crate::machine::state::{CauseFacts, DonorLookup, StateView};
use crate::vocabulary::ids::{CauseId, DonorId};
use crate::vocabulary::money::{Amount, MoneyError};

/// Ordinals of the ids that a row can make.
const DONOR_ORDINAL: u16 = 1;
const CAUSE_ORDINAL: u16 = 2;

pub(super) fn take_over(view: &dyn StateView, moment: &Moment, row: &TakeOver) -> Result<Decision, Refusal> {
    texts::check_line("donor_external_id", &row.donor_external_id, texts::NAME_BYTES_MAX)?;
    texts::check_line("cause_external_id", &row.cause_external_id, texts::NAME_BYTES_MAX)?;
    for (field, name) in [("donor_name", &row.donor_name), ("cause_name", &row.cause_name)] {
        name.as_deref().map_or(Ok(()), |name| texts::check_line(field, name, texts::NAME_BYTES_MAX))?;
    }
    texts::check_memo(row.memo.as_deref())?;
    check_amount(row)?;
    let mut decision = Decision::default();
    let donor = find_or_register(view, moment, row, &mut decision)?;
    let facts = find_or_open(view, moment, row, &mut decision)?;
    match row.recorded_as {
        RecordedAs::Nothing => {}
        RecordedAs::Gift => decision.append(gift(moment, row, donor, &facts)?),
        RecordedAs::Adjustment { reason } => {
            let command = Adjust {
                entry: EntryKind::Ordinary,
                key: row.key.clone(),
                donor,
                cause: facts.cause,
                amount: amount(row)?,
                reason,
                method: Method::Imported,
                occurred_on: row.occurred_on,
                memo: row.memo.clone(),
            };
            adjustments::check_currency(&facts, &command)?;
            decision.append(adjustments::adjusted(moment, &command, 0));
        }
    }
    Ok(decision)
}

fn gift(moment: &Moment, row: &TakeOver, donor: DonorId, facts: &CauseFacts) -> Result<Decision, Rejection> {
    let amount = amount(row)?;
    let command = Donate {
        key: row.key.clone(),
        donor,
        designations: vec![Designation { cause: facts.cause, amount }],
        tip: None,
        fee: None,
        fee_bearer: FeeBearer::Causes,
        method: Method::Imported,
        occurred_on: row.occurred_on,
        visibility: Visibility::Public,
        memo: row.memo.clone(),
    };
    donations::check_takes(facts, amount.currency(), moment.day(row.occurred_on))?;
    Ok(donations::captured(moment, &command, amount, 0))
}

/// A row that moves money has an amount, in its own currency; one that moves nothing has none.
fn check_amount(row: &TakeOver) -> Result<(), Rejection> {
    let expected = row.currency;
    match row.amount.map(Amount::currency) {
        Some(found) if found != expected => Err(MoneyError::CurrencyMismatch { expected, found }.into()),
        None if row.recorded_as != RecordedAs::Nothing => Err(no_amount(row)),
        Some(_) | None => Ok(()),
    }
}

fn amount(row: &TakeOver) -> Result<Amount, Rejection> {
    row.amount.ok_or_else(|| no_amount(row))
}

fn no_amount(row: &TakeOver) -> Rejection {
    MoneyError::NotPositive { minor: 0, currency: row.currency }.into()
}

fn find_or_register(
    view: &dyn StateView,
    moment: &Moment,
    row: &TakeOver,
    decision: &mut Decision,
) -> Result<DonorId, Refusal> {
    let claimed = view.lookups_of(None, Some(&row.donor_external_id));
    if let Some(hash) = claimed.external_id
        && let Some(donor) = view.donor_by(DonorLookup::ExternalId(hash))?
    {
        return Ok(donor);
    }
    let command = RegisterDonor {
        key: None,
        kind: row.donor_kind,
        standing: DonorStanding::Guest,
        profile: DonorProfile {
            name: row.donor_name.clone(),
            external_id: Some(row.donor_external_id.clone()),
            ..DonorProfile::default()
        },
    };
    decision.append(donors::registered(moment, &command, claimed, DONOR_ORDINAL));
    Ok(DonorId::from(moment.id(DONOR_ORDINAL)))
}

fn find_or_open(
    view: &dyn StateView,
    moment: &Moment,
    row: &TakeOver,
    decision: &mut Decision,
) -> Result<CauseFacts, Refusal> {
    if let Some(cause) = view.cause_by_external_id(&row.cause_external_id)? {
        return Ok(view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?);
    }
    let details = CauseDetails {
        name: row.cause_name.clone().unwrap_or_else(|| row.cause_external_id.clone()),
        external_id: Some(row.cause_external_id.clone()),
        ..CauseDetails::default()
    };
    let command = OpenCause { key: None, currency: row.currency, details };
    let opened = causes::opened(moment, &command, CAUSE_ORDINAL);
    let cause = CauseId::from(moment.id(CAUSE_ORDINAL));
    debug_assert!(matches!(opened.events.first(), Some(Event::CauseOpened { .. })));
    decision.append(opened);
    Ok(CauseFacts {
        cause,
        currency: row.currency,
        status: CauseStatus::Open,
        dates: CauseDates::default(),
        goal: None,
        raised_minor: 0,
    })
}
