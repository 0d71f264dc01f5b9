//! The mutations of owners' rows: donors, causes and accounts.

use std::sync::Arc;

use super::{Change, Keys, Mutation, account, cause, delete, donor, named};
use crate::giving::cause::CauseStatus;
use crate::giving::donor::{DonorKind, DonorStanding};
use crate::giving::totals::Totals;
use crate::machine::personal::LookupHash;
use crate::records::row::Row;
use crate::vocabulary::ids::DonorId;

impl Keys {
    pub(super) fn of_donors(&self) -> Vec<Mutation> {
        let at = &self.ada;
        let mut cases = vec![
            donor("the record of a donor", at, |row| row.seq -= 1),
            donor("the kind of a donor", at, |row| row.kind = DonorKind::Organisation),
            donor("the standing of a donor", at, |row| {
                row.standing = DonorStanding::Guest;
            }),
            donor("the key slot of a donor", at, |row| row.slot = Some(200)),
            donor("no key slot", at, |row| row.slot = None),
            donor("an erasure", at, |row| row.erased = Some(crate::ErasureReason::Mistake)),
            donor("no profile", at, |row| row.profile = None),
            donor("a sealed byte of a profile", at, |row| {
                row.profile.as_mut().unwrap().ciphertext[0] ^= 1;
            }),
            donor("the nonce of a profile", at, |row| {
                row.profile.as_mut().unwrap().nonce[0] ^= 1;
            }),
            donor("the record of a profile", at, |row| {
                row.profile.as_mut().unwrap().seq -= 1;
            }),
            donor("the e-mail lookup of a donor", at, |row| {
                row.lookups.email = Some(LookupHash([7; 16]));
            }),
            donor("the external lookup of a donor", at, |row| {
                row.lookups.external_id = None;
            }),
            donor("a donor's totals in one currency missing", at, |row| {
                row.totals.pop();
            }),
            donor("a donor's history counted wrong", at, |row| row.history.count += 1),
            donor("a place of a donor's history", at, |row| {
                row.history.recent.0[0].seq -= 1;
            }),
            donor("a donor who is not kept any more", at, |row| {
                row.absorbed.pop();
            }),
            donor("a merge of nobody", at, |row| row.absorbed.push(DonorId::from_bytes([7; 16]))),
            donor("a donor who is merged", at, |row| row.merged_into = Some(DonorId::from_bytes([7; 16]))),
            donor("a merged donor on its own", &self.merged, |row| row.merged_into = None),
            delete("a donor deleted", at),
        ];
        cases.extend(FIGURES.iter().map(|(name, _, change)| {
            let (change, said) = (*change, named(at));
            let edit = move |row: &mut Row| match row {
                Row::Donor(row) => change(&mut row.totals[0]),
                other => panic!("{other:?} is no donor"),
            };
            Mutation { name, key: at.clone(), change: Change::Edit(Arc::new(edit)), said }
        }));
        cases
    }

    pub(super) fn of_causes(&self) -> Vec<Mutation> {
        let at = &self.water;
        let mut cases = vec![
            cause("the record of a cause", at, |row| row.seq -= 1),
            cause("the currency of a cause", at, |row| {
                row.currency = "USD".parse().unwrap();
            }),
            cause("the status of a cause", at, |row| row.status = CauseStatus::Closed),
            cause("the name of a cause", at, |row| row.details.name.push('s')),
            cause("the description of a cause", at, |row| {
                row.details.description = None;
            }),
            cause("the external id of a cause", at, |row| {
                row.details.external_id = None;
            }),
            cause("the goal of a cause", at, |row| row.details.goal = None),
            cause("the first day of a cause", at, |row| row.details.opens_on = None),
            cause("the last day of a cause", at, |row| row.details.closes_on = None),
            cause("a cause's history counted wrong", at, |row| row.history.count -= 1),
            cause("a place of a cause's history missing", at, |row| {
                row.history.recent.0.pop();
            }),
            delete("a cause deleted", at),
        ];
        cases.extend(FIGURES.iter().map(|(_, name, change)| {
            let (change, said) = (*change, named(at));
            let edit = move |row: &mut Row| match row {
                Row::Cause(row) => change(&mut row.totals),
                other => panic!("{other:?} is no cause"),
            };
            Mutation { name, key: at.clone(), change: Change::Edit(Arc::new(edit)), said }
        }));
        cases
    }

    pub(super) fn of_accounts(&self) -> Vec<Mutation> {
        let at = &self.bank;
        vec![
            account("the record of an account", at, |row| row.seq -= 1),
            account("the debits of an account", at, |row| row.balance.debits_minor += 1),
            account("the credits of an account", at, |row| {
                row.balance.credits_minor += 1;
            }),
            account("the lines of an account counted wrong", at, |row| {
                row.history.count += 64;
            }),
            account("a line of an account", at, |row| {
                row.history.recent.0[0].ordinal += 1;
            }),
            delete("an account deleted", at),
        ]
    }
}

/// The figures of totals: the mutation's name for a donor and for a cause, and the change.
type Figure = (&'static str, &'static str, fn(&mut Totals));
const FIGURES: [Figure; 8] = [
    ("a donor's currency", "a cause's currency of totals", |of| {
        of.currency = "USD".parse().unwrap();
    }),
    ("a donor's gross", "a cause's gross", |of| of.gross_minor += 1),
    ("a donor's refunded", "a cause's refunded", |of| {
        of.refunded_minor -= 1;
    }),
    ("a donor's disputed", "a cause's disputed", |of| {
        of.disputed_minor = 0;
    }),
    ("a donor's fees", "a cause's fees", |of| of.fees_minor += 1),
    ("a donor's adjusted", "a cause's adjusted", |of| {
        of.adjusted_minor = 0;
    }),
    ("a donor's pending", "a cause's pending", |of| of.pending_minor += 1),
    ("a donor's gifts counted wrong", "a cause's gifts counted wrong", |of| {
        of.donations += 1;
    }),
];
