//! What events take from causes of donations, and give again to them.

use std::collections::BTreeMap;

use crate::giving::donation::Beneficiary;
use crate::machine::event::{
    DisputeChanged, Event, FeesGivenBack, PartShare, RefundLearned, TakingsRedivided,
};
use crate::vocabulary::ids::{CauseId, DonationId};

/// By donation and cause, in minor units: less than nothing where it was given again.
pub(super) type Takings = BTreeMap<(DonationId, CauseId), i128>;

/// What events take.
pub(super) fn takings(events: &[Event]) -> Takings {
    let mut takings = Takings::new();
    for event in events {
        if let Event::Reversed { what, .. } = event {
            what.iter().for_each(|undone| add(&mut takings, undone, i128::saturating_sub));
        } else {
            add(&mut takings, event, i128::saturating_add);
        }
    }
    takings
}

fn add(takings: &mut Takings, event: &Event, add: fn(i128, i128) -> i128) {
    let mut take = |donation: DonationId, of: Beneficiary, minor: i128| {
        let Beneficiary::Cause { cause } = of else { return };
        let sum = takings.entry((donation, cause)).or_default();
        *sum = add(*sum, minor);
    };
    let mut shares = |donation, shares: &[PartShare], again: bool| {
        for share in shares {
            let minor = i128::from(share.share_minor);
            take(donation, share.beneficiary, if again { minor.saturating_neg() } else { minor });
        }
    };
    #[allow(clippy::wildcard_enum_match_arm, reason = "the others take nothing of a donation")]
    match event {
        Event::DonationRefunded { donation, parts, .. } | Event::RefundRequested { donation, parts, .. } => {
            for part in parts {
                take(*donation, part.beneficiary, part.share_minor.into());
            }
        }
        Event::RefundLearned(RefundLearned { donation, shares: taken, .. })
        | Event::DisputeChanged(DisputeChanged { donation, shares: taken, .. })
        | Event::FeeBooked { donation, shares: taken, .. } => shares(*donation, taken, false),
        Event::RefundChanged { donation, shares: taken, to, .. } if to.is_undone() => {
            shares(*donation, taken, true);
        }
        Event::TakingsRedivided(TakingsRedivided { donation, takings, .. }) => {
            for of in takings {
                shares(*donation, &of.before, true);
                shares(*donation, &of.after, false);
            }
        }
        Event::PlatformFeeTaken { donation, from, .. } => {
            for each in from {
                take(*donation, Beneficiary::Cause { cause: each.cause }, each.amount.minor().into());
            }
        }
        Event::FeesGivenBack(FeesGivenBack { donation, to, .. }) => {
            for each in to {
                let minor = i128::from(each.amount.minor()).saturating_neg();
                take(*donation, Beneficiary::Cause { cause: each.cause }, minor);
            }
        }
        _ => {}
    }
}
