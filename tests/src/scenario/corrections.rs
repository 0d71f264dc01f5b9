//! Steps that correct: `correct NAME wrong=ID as=nothing|donate|refund|adjust|reallocate`, then what that needs.

use core::str::FromStr;

use ledger_core::{Correct, IdError, LedgerError, Right, WhyNothing, Wrong};

use super::commands::{Fields, adjust, donate, entry, reallocate, refund};

pub(super) fn correct(fields: &Fields<'_>) -> Result<Correct, LedgerError> {
    let wrong = wrong(&fields.known_as("wrong"))?;
    let reversed_on = fields.date("reversed_on")?;
    let entry = entry(fields);
    let right = match fields.text("as").as_deref() {
        Some("nothing") => {
            let why = match fields.text("why").as_deref() {
                None | Some("entered_twice") => WhyNothing::EnteredTwice,
                Some("never_happened") => WhyNothing::NeverHappened,
                Some(other) => panic!("why={other}?"),
            };
            Right::Nothing { key: fields.text("key").unwrap_or_default(), why }
        }
        Some("donate") => Right::Donation(donate(fields)?),
        Some("refund") => Right::Refund(refund(fields)?),
        Some("adjust") => Right::Adjustment(adjust(fields)?),
        Some("reallocate") => Right::Reallocation(reallocate(fields)?),
        other => panic!("as={other:?}?"),
    };
    Ok(Correct { wrong, right, reversed_on, entry })
}

/// What an id names, by its prefix.
fn wrong(id: &str) -> Result<Wrong, LedgerError> {
    fn parse<Id: FromStr<Err = IdError>>(id: &str) -> Result<Id, LedgerError> {
        Ok(id.parse()?)
    }
    match id.get(..4) {
        Some("ref_") => Ok(Wrong::Refund { refund: parse(id)? }),
        Some("adj_") => Ok(Wrong::Adjustment { adjustment: parse(id)? }),
        Some("rea_") => Ok(Wrong::Reallocation { reallocation: parse(id)? }),
        _ => Ok(Wrong::Donation { donation: parse(id)? }),
    }
}
