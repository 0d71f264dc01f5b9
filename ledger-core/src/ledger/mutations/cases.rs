//! The mutations: what is changed in which row, and how the audit must name it.

mod owners;
mod trouble;

use std::sync::Arc;

use super::book::{self, Book};
use crate::accounting::account::{Account, AccountName};
use crate::giving::payment::PaymentState;
use crate::giving::payout::PayoutState;
use crate::machine::personal::LookupHash;
use crate::machine::state::DonorLookup;
use crate::records::codec;
use crate::records::fold::KEYS_PER_BLOCK;
use crate::records::history::{HistoryTail, Place, Places};
use crate::records::row::*;
use crate::records::sealing::LedgerSecret;
use crate::vocabulary::ids::{CauseId, DonorId};
use crate::vocabulary::month::Month;

pub(super) struct Mutation {
    pub(super) name: &'static str,
    pub(super) key: RowKey,
    pub(super) change: Change,
    /// What the audit must say, among other words.
    pub(super) said: String,
}

pub(super) enum Change {
    Edit(Arc<dyn Fn(&mut Row)>),
    Delete,
    Add(Row),
}

fn named(key: &RowKey) -> String {
    format!("row {key:?} is ")
}

/// A function that makes a mutation of one field, for each kind of row.
macro_rules! edits {
    ($($function:ident: $kind:ident($row:ty);)*) => {$(
        fn $function(name: &'static str, key: &RowKey, edit: fn(&mut $row)) -> Mutation {
            let change = Change::Edit(Arc::new(move |row| match row {
                Row::$kind(row) => edit(row),
                other => panic!("{other:?} is no {}", stringify!($kind)),
            }));
            Mutation { name, key: key.clone(), change, said: named(key) }
        }
    )*};
}

edits! {
    chunk: Chunk(Places);
    placement: Placement(Vec<Extent>);
    key_block: KeyBlock(Vec<ClaimedKey>);
    donor_lookup: DonorLookup(LookupRow<DonorId>);
    cause_lookup: CauseLookup(LookupRow<CauseId>);
    donation: Donation(DonationRow);
    payout: Payout(PayoutRow);
    dispute: Dispute(DisputeRow);
    suspense: Suspense(SuspenseRow);
    settlement: Settlement(SettlementRow);
    object: Object(ObjectRow);
    consumer: Consumer(ConsumerRow);
    donor: Donor(DonorRow);
    cause: Cause(CauseRow);
    account: Account(AccountRow);
    meta: Meta(MetaRow);
    account_month: AccountMonth(AccountMonthRow);
    totals_month: TotalsMonth(TotalsMonthRow);
    reversal: Reversal(ReversalRow);
}

impl Mutation {
    fn said(self, said: impl Into<String>) -> Self {
        Self { said: said.into(), ..self }
    }
}

fn delete(name: &'static str, key: &RowKey) -> Mutation {
    let said = format!("row {key:?} is missing");
    Mutation { name, key: key.clone(), change: Change::Delete, said }
}

fn add(name: &'static str, key: &RowKey, row: Row) -> Mutation {
    let said = format!("row {:02x?} is ", codec::encode_key(key));
    Mutation { name, key: key.clone(), change: Change::Add(row), said }
}

/// The keys of the rows that are mutated.
pub(super) struct Keys {
    ada: RowKey,
    water: RowKey,
    bank: RowKey,
    email: RowKey,
    former_email: RowKey,
    external_id: RowKey,
    cause_lookup: RowKey,
    former_cause: RowKey,
    refunded: RowKey,
    collected: RowKey,
    payout: RowKey,
    dispute: RowKey,
    item: RowKey,
    settlement: RowKey,
    taken_back: u64,
    owners: [HistoryOf; 3],
    bank_account: Account,
    month: Month,
    nobody: RowKey,
    guest: DonorId,
    merged: RowKey,
    last_gift: u64,
}

impl Keys {
    pub(super) fn of(book: &Book, secret: &LedgerSecret) -> Self {
        let lookups = |email| secret.lookups_of(Some(email), Some(book::EXTERNAL_ID));
        let email = |of| RowKey::DonorLookup(DonorLookup::Email(lookups(of).email.unwrap()));
        let external_id = lookups(book::EMAIL).external_id.unwrap();
        let name = AccountName::Bank { bank: book::BANK.into() };
        let bank_account = Account { name, currency: book::euro() };
        let bank = HistoryOf::Account(bank_account.clone());
        let owners = [HistoryOf::Donor(book.ada), HistoryOf::Cause(book.water), bank];
        let [ada, water, bank] = owners.clone().map(RowKey::Owner);
        Self {
            ada,
            water,
            bank,
            email: email(book::EMAIL),
            former_email: email(book::FORMER_EMAIL),
            external_id: RowKey::DonorLookup(DonorLookup::ExternalId(external_id)),
            cause_lookup: RowKey::CauseLookup(book::CAUSE_ID.into()),
            former_cause: RowKey::CauseLookup(book::FORMER_CAUSE_ID.into()),
            refunded: RowKey::Donation(book.refunded),
            collected: RowKey::Donation(book.collected),
            payout: RowKey::Payout(book.payout),
            dispute: RowKey::Dispute(book.trouble.dispute),
            item: RowKey::Suspense(book.trouble.item),
            settlement: RowKey::Settlement(book.trouble.settlement),
            taken_back: book.taken_back,
            owners,
            bank_account,
            month: Month::of(book.day),
            nobody: RowKey::Owner(HistoryOf::Donor(DonorId::from_bytes([7; 16]))),
            guest: book.guest,
            merged: RowKey::Owner(HistoryOf::Donor(book.merged)),
            last_gift: book.last_gift,
        }
    }

    /// Every mutation, with a name of its own.
    pub(super) fn mutations(&self) -> Vec<Mutation> {
        [
            self.of_histories(),
            self.of_places(),
            self.of_keys(),
            self.of_lookups(),
            self.of_donations(),
            self.of_payments(),
            self.of_trouble(),
            self.of_processors(),
            self.of_donors(),
            self.of_causes(),
            self.of_accounts(),
            self.of_months(),
            self.of_meta(),
            self.of_strangers(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn of_payments(&self) -> Vec<Mutation> {
        vec![
            donation("a fee", &self.collected, |row| row.fees_minor += 1),
            donation("the record of a capture", &self.collected, |row| {
                row.collecting.as_mut().unwrap().captured_in = None;
            }),
            donation("a donation given up", &self.collected, |row| {
                row.collecting.as_mut().unwrap().is_cancelled = true;
            }),
            donation("a payment missing", &self.collected, |row| {
                row.collecting.as_mut().unwrap().payments.pop();
            }),
            donation("the state of a payment", &self.collected, |row| {
                row.collecting.as_mut().unwrap().payments[0].state = PaymentState::Created;
            }),
            delete("a begun donation deleted", &self.collected),
            payout("the state of a payout", &self.payout, |row| row.facts.state = PayoutState::Paid),
            payout("the bank of a payout", &self.payout, |row| row.facts.bank.push('x')),
            delete("a payout deleted", &self.payout),
        ]
    }

    fn of_histories(&self) -> Vec<Mutation> {
        let [of_ada, of_water, of_bank] = self.owners.clone().map(|owner| RowKey::Chunk(owner, 0));
        let [_, _, beyond] = self.owners.clone().map(|owner| RowKey::Chunk(owner, 9));
        vec![
            chunk("a place of a donor's chunk", &of_ada, |places| places.0[3].seq += 1),
            chunk("an ordinal of a cause's chunk", &of_water, |places| {
                places.0[3].ordinal += 1;
            }),
            chunk("a place missing in an account's chunk", &of_bank, |places| {
                places.0.pop();
            }),
            delete("a donor's chunk deleted", &of_ada),
            delete("a cause's chunk deleted", &of_water),
            delete("an account's chunk deleted", &of_bank),
            add("a chunk added", &beyond, Row::Chunk(Places::default())),
        ]
    }

    fn of_places(&self) -> Vec<Mutation> {
        let (first, last) = (RowKey::Placement(0), RowKey::Placement(self.last_gift / 64));
        let row = Row::Placement(vec![Extent { segment: 1, offset: 48 }]);
        vec![
            placement("the place of a record", &first, |places| places[4].offset += 1)
                .said("record 5: the state looks for it in another place"),
            placement("the segment of a record", &first, |places| places[4].segment = 2)
                .said("record 5: the state looks for it in another place"),
            placement("two records with their places swapped", &first, |places| {
                places.swap(4, 5);
            })
            .said("record 5: the state looks for it in another place"),
            placement("a place missing", &last, |places| {
                places.pop();
            })
            .said(format!("record {}: not found through the state", self.last_gift)),
            placement("a place beyond the end", &last, |places| {
                places.push(places[0]);
            })
            .said(format!("row {:02x?} is ", codec::encode_key(&last))),
            delete("the places of 64 records deleted", &first).said("record 1: not found"),
            add("places of records that are not there", &RowKey::Placement(99), row),
        ]
    }

    fn of_keys(&self) -> Vec<Mutation> {
        let (block, beyond) = (RowKey::KeyBlock(0), RowKey::KeyBlock(KEYS_PER_BLOCK));
        let last = format!("record {}: its key does not find it", self.last_gift);
        vec![
            key_block("the hash of a key", &block, |keys| {
                keys.last_mut().unwrap().hash ^= 1;
            })
            .said(last.clone()),
            key_block("the record of a key", &block, |keys| {
                keys.last_mut().unwrap().seq -= 1;
            })
            .said(last.clone()),
            key_block("a key missing", &block, |keys| {
                keys.pop();
            })
            .said(last),
            key_block("a key that nobody claimed", &block, |keys| {
                keys.push(ClaimedKey { hash: 7, seq: 1 });
            }),
            delete("all keys deleted", &block).said("its key does not find it"),
            add("keys of records that are not there", &beyond, Row::KeyBlock(Vec::new())),
        ]
    }

    fn of_lookups(&self) -> Vec<Mutation> {
        let mut moved = donor_lookup("an e-mail address that finds another donor", &self.email, |_| {});
        let guest = self.guest;
        moved.change = Change::Edit(Arc::new(move |row| match row {
            Row::DonorLookup(row) => row.claimed_by = vec![guest],
            other => panic!("{other:?} is no lookup"),
        }));
        vec![
            moved,
            donor_lookup("the record of an e-mail address", &self.email, |row| row.seq += 1),
            donor_lookup("an e-mail address that finds nobody", &self.email, |row| {
                row.claimed_by.clear();
            }),
            donor_lookup("an e-mail address that was given up", &self.former_email, |row| {
                row.claimed_by.push(DonorId::from_bytes([7; 16]));
            }),
            donor_lookup("a donor's external id that finds nobody", &self.external_id, |row| {
                row.claimed_by.clear();
            }),
            cause_lookup("a cause's external id that finds another", &self.cause_lookup, |row| {
                row.claimed_by = vec![CauseId::from_bytes([7; 16])];
            }),
            cause_lookup("the record of a cause's external id", &self.former_cause, |row| {
                row.seq = 1;
            }),
            delete("an e-mail address deleted", &self.email),
            delete("a given-up e-mail address deleted", &self.former_email),
            delete("a donor's external id deleted", &self.external_id),
            delete("a cause's external id deleted", &self.cause_lookup),
        ]
    }

    fn of_donations(&self) -> Vec<Mutation> {
        vec![
            donation("the record of a refund row", &self.refunded, |row| row.seq -= 1),
            donation("what a part gave back", &self.refunded, |row| {
                row.parts[0].refunded_minor += 1;
            }),
            donation("a part of a refund row missing", &self.refunded, |row| {
                row.parts.pop();
            }),
            donation("a refund of a refund row", &self.refunded, |row| row.refunds[0] = 1),
            donation("a refund missing", &self.refunded, |row| {
                row.refunds.pop();
            }),
            delete("a refund row deleted", &self.refunded),
            reversal("the record of a reversal", &RowKey::Reversal(self.taken_back), |row| row.seq -= 1),
            delete("a reversal deleted", &RowKey::Reversal(self.taken_back)),
            add("a reversal added", &RowKey::Reversal(1), Row::Reversal(ReversalRow { seq: 2 })),
        ]
    }

    fn of_months(&self) -> Vec<Mutation> {
        let of_bank = MonthOf::Account(self.bank_account.clone());
        let (bank, beyond) =
            (RowKey::Month(of_bank.clone(), self.month), RowKey::Month(of_bank, self.month.next()));
        let all = RowKey::Month(MonthOf::AllCauses(book::euro()), self.month);
        let added = AccountMonthRow { seq: 1, days: Vec::new() };
        vec![
            account_month("the record of an account's month", &bank, |row| row.seq -= 1),
            account_month("a day of an account's month", &bank, |row| row.days[0].day += 1),
            account_month("debits of a day", &bank, |row| row.days[0].posted.debits_minor += 1),
            account_month("credits of a day", &bank, |row| row.days[0].posted.credits_minor += 1),
            account_month("lines of a day counted wrong", &bank, |row| row.days[0].lines -= 1),
            account_month("a day missing in an account's month", &bank, |row| {
                row.days.pop();
            }),
            delete("an account's month deleted", &bank),
            add("an account's month added", &beyond, Row::AccountMonth(added)),
            totals_month("the record of a month of all causes", &all, |row| row.seq -= 1),
            totals_month("the currency of a month", &all, |row| row.totals.currency = "USD".parse().unwrap()),
            totals_month("the gross of a month", &all, |row| row.totals.gross_minor += 1),
            totals_month("the refunds of a month", &all, |row| row.totals.refunded_minor += 1),
            totals_month("the disputes of a month", &all, |row| row.totals.disputed_minor += 1),
            totals_month("the fees of a month", &all, |row| row.totals.fees_minor += 1),
            totals_month("the adjustments of a month", &all, |row| row.totals.adjusted_minor -= 1),
            totals_month("what is pending of a month", &all, |row| row.totals.pending_minor += 1),
            totals_month("the gifts of a month counted wrong", &all, |row| row.totals.donations += 1),
            delete("a month of all causes deleted", &all),
        ]
    }

    fn of_meta(&self) -> Vec<Mutation> {
        let at = &RowKey::Meta;
        vec![
            meta("donors counted wrong", at, |row| row.donors += 1),
            meta("causes counted wrong", at, |row| row.causes += 1),
            meta("donations counted wrong", at, |row| row.donations -= 1),
            meta("entries counted wrong", at, |row| row.entries += 1),
            meta("key slots counted wrong", at, |row| row.slots -= 1),
            meta("the latest time of a record", at, |row| row.latest = crate::Timestamp::from_micros(1)),
            meta("a closed period open again", at, |row| row.closed_through = None),
            meta("an epoch that nobody began", at, |row| row.epoch_begun = Some(7)),
        ]
    }

    /// Changes of the row that says how far the state goes: opening sees those itself.
    pub(super) fn of_the_end(&self) -> [Mutation; 3] {
        let at = &RowKey::Meta;
        [
            meta("the state one record behind", at, |row| row.seq -= 1),
            meta("the state one record ahead", at, |row| row.seq += 1),
            delete("the end of the state deleted", at),
        ]
    }

    /// Rows of things that the journal knows nothing of, and a row of the wrong kind.
    fn of_strangers(&self) -> Vec<Mutation> {
        let history = HistoryTail {
            count: 1,
            recent: Places(vec![Place { seq: 1, ordinal: 0, day: crate::Date::EPOCH }]),
        };
        let stranger = AccountRow { seq: 1, balance: crate::Balance::default(), history };
        let name = AccountName::Bank { bank: "other".into() };
        let account = RowKey::Owner(HistoryOf::Account(Account { name, currency: book::euro() }));
        let lookup = LookupRow { seq: 1, claimed_by: vec![self.guest] };
        let email = RowKey::DonorLookup(DonorLookup::Email(LookupHash([9; 16])));
        let mut swapped = delete("an account in the place of a donor", &self.ada).said(named(&self.ada));
        swapped.change = Change::Add(Row::Account(stranger.clone()));
        vec![
            add("an account added", &account, Row::Account(stranger.clone())),
            add("an e-mail address added", &email, Row::DonorLookup(lookup)),
            add("a donor added", &self.nobody, Row::Account(stranger)),
            swapped,
        ]
    }
}
