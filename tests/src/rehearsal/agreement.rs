//! Everything that can be read says what the model says.

use std::collections::BTreeMap;

use ledger_core::{
    Account, Beneficiary, CauseId, Currency, Donation, DonationPart, DonorId, KeyStatus, Ledger, Period,
    Totals,
};

use super::histories::histories_agree;
use super::past::the_past_agrees;
use super::people::{EMAILS, EXTERNAL_IDS};
use crate::model::{GiftSeen, Model, Sums, key_of};

/// Compares all reads with the model; those histories that went on after a record, by pages of the given sizes.
pub(super) fn all_reads_agree(ledger: &Ledger, model: &Model, page_sizes: &[u32], after_seq: u64) {
    donors_agree(ledger, model);
    donors_are_found(ledger, model);
    causes_agree(ledger, model);
    for gift in &model.gifts {
        gift_agrees(ledger, gift);
    }
    for size in page_sizes {
        gifts_are_listed(ledger, model, *size);
        changes_add_up(ledger, *size);
    }
    balances_agree(ledger, model);
    the_past_agrees(ledger, model);
    keys_agree(ledger, model);
    counts_agree(ledger, model);
    for size in page_sizes {
        histories_agree(ledger, model, *size, after_seq);
    }
}

pub(super) fn sums_agree(of: &str, found: &Totals, wanted: &Sums) {
    let sums = Sums {
        gross: found.gross_minor,
        refunded: found.refunded_minor,
        disputed: found.disputed_minor,
        fees: found.fees_minor,
        adjusted: found.adjusted_minor,
        donations: found.donations,
    };
    assert_eq!(sums, *wanted, "totals of {of}");
    assert_eq!(found.net_minor(), wanted.net(), "net of {of}");
    assert_eq!(found.pending_minor, 0, "pending of {of}");
}

fn donors_agree(ledger: &Ledger, model: &Model) {
    for own in &model.donors {
        let wanted = &model.person(own.id);
        let found = ledger.donor(own.id).expect("a read").expect("a known donor");
        assert_eq!((found.id, found.kind, found.standing), (wanted.id, wanted.kind, wanted.standing));
        assert!(found.profile == wanted.profile, "profile of {}", wanted.id);
        assert_eq!(found.erased, wanted.erased, "erasure of {}", wanted.id);
        assert_eq!(found.history_lines, wanted.lines.len() as u64);
        // What came to nothing in every figure is left out.
        let sums = || wanted.sums.iter().filter(|(_, sums)| **sums != Sums::default());
        let currencies: Vec<&str> = found.totals.iter().map(|totals| totals.currency.code()).collect();
        assert_eq!(
            currencies,
            sums().map(|(code, _)| code.as_str()).collect::<Vec<_>>(),
            "currencies of {}",
            wanted.id
        );
        for (totals, (_, sums)) in found.totals.iter().zip(sums()) {
            sums_agree(&wanted.id.to_string(), totals, sums);
        }
    }
    let mut listed: Vec<DonorId> = Vec::new();
    loop {
        let page = ledger.donors(listed.last().copied(), 2).expect("a page");
        listed.extend(page.iter().map(|donor| donor.id));
        if page.len() < 2 {
            break;
        }
    }
    let on_their_own = model.donors.iter().filter(|donor| donor.merged_into.is_none());
    let wanted: Vec<DonorId> = on_their_own.map(|donor| donor.id).collect();
    assert_eq!(listed, wanted, "donors by pages of 2");
}

fn donors_are_found(ledger: &Ledger, model: &Model) {
    for email in EMAILS {
        let found = ledger.donor_by_email(email).expect("a read").map(|donor| donor.id);
        let wanted = model.donor_with_email(email).map(|donor| model.kept(donor.id));
        assert_eq!(found, wanted, "by e-mail {email}");
    }
    for id in EXTERNAL_IDS {
        let found = ledger.donor_by_external_id(id).expect("a read").map(|donor| donor.id);
        let wanted = model.donor_with_external_id(id).map(|donor| model.kept(donor.id));
        assert_eq!(found, wanted, "by external id {id}");
        let found = ledger.cause_by_external_id(id).expect("a read").map(|cause| cause.id);
        assert_eq!(found, model.cause_with_external_id(id).map(|cause| cause.id), "by external id {id}");
    }
}

fn causes_agree(ledger: &Ledger, model: &Model) {
    for wanted in &model.causes {
        let found = ledger.cause(wanted.id).expect("a read").expect("a known cause");
        assert_eq!((found.id, found.currency, found.status), (wanted.id, wanted.currency, wanted.status));
        assert_eq!(found.details, wanted.details);
        assert_eq!(found.history_lines, wanted.lines.len() as u64);
        sums_agree(&wanted.id.to_string(), &found.totals, &wanted.sums);
    }
    let mut listed: Vec<CauseId> = Vec::new();
    loop {
        let page = ledger.causes(listed.last().copied(), 1).expect("a page");
        listed.extend(page.iter().map(|cause| cause.id));
        if page.is_empty() {
            break;
        }
    }
    let wanted: Vec<CauseId> = model.causes.iter().map(|cause| cause.id).collect();
    assert_eq!(listed, wanted, "causes by pages of 1");
}

fn gift_agrees(ledger: &Ledger, wanted: &GiftSeen) {
    let found = ledger.donation(wanted.id).expect("a read").expect("a known donation");
    let command = &wanted.command;
    assert_eq!((found.id, found.seq, found.day), (wanted.id, wanted.seq, wanted.day));
    assert_eq!((found.recorded_at.micros(), found.donor), (wanted.time, command.donor));
    assert_eq!(found.designations, command.designations);
    assert_eq!((found.tip, found.fee, found.fee_bearer), (command.tip, command.fee, command.fee_bearer));
    assert_eq!((&found.method, found.visibility), (&command.method, command.visibility));
    assert!(found.memo == command.memo, "memo of {}", wanted.id);
    assert_eq!(found.refunds, wanted.refunds, "refunds of {}", wanted.id);
    assert_eq!(found.reversed_by, wanted.reversed_by, "reversal of {}", wanted.id);
    let parts = wanted.parts.iter().map(|part| DonationPart {
        beneficiary: part.cause.map_or(Beneficiary::Platform, |cause| Beneficiary::Cause { cause }),
        given_minor: part.given,
        refunded_minor: part.back,
        disputed_minor: 0,
    });
    assert_eq!(found.parts, parts.collect::<Vec<_>>(), "parts of {}", wanted.id);
    let rest: u64 = found.parts.iter().map(DonationPart::refundable_minor).sum();
    assert_eq!(rest, wanted.rest(), "rest of {}", wanted.id);
}

/// The pages together are all gifts, each once, in the order of their capture and as they are told one by one.
fn gifts_are_listed(ledger: &Ledger, model: &Model, size: u32) {
    let (mut listed, mut through) = (Vec::new(), 0);
    loop {
        let page = ledger.donations_after(through, size).expect("a page");
        if page.through == through {
            break;
        }
        through = page.through;
        listed.extend(page.donations);
    }
    let wanted: Vec<Donation> =
        model.gifts.iter().map(|gift| ledger.donation(gift.id).expect("a read").expect("a gift")).collect();
    assert!(listed == wanted, "gifts by pages of {size}");
}

/// What records changed in the totals of causes, added up, is the totals; and by month those of the months.
fn changes_add_up(ledger: &Ledger, size: u32) {
    let (mut sums, mut months): (BTreeMap<CauseId, Totals>, BTreeMap<(String, Currency), i128>) =
        (BTreeMap::new(), BTreeMap::new());
    let mut through = 0;
    loop {
        let page = ledger.cause_changes_after(through, size).expect("a page");
        if page.through == through {
            break;
        }
        through = page.through;
        for each in page.changes {
            let sum = sums.entry(each.cause).or_insert_with(|| Totals::zero(each.change.currency));
            sum.add(&each.change);
            let month = format!("{:04}-{:02}", each.day.year(), each.day.month());
            *months.entry((month, each.change.currency)).or_default() += each.change.net_minor();
        }
    }
    for cause in ledger.causes(None, 1_000).expect("causes") {
        let sum = sums.get(&cause.id).copied().unwrap_or_else(|| Totals::zero(cause.currency));
        assert_eq!(sum, cause.totals, "changes of {} by pages of {size}", cause.id);
    }
    for month in ledger.totals_by(Period::Month).expect("months") {
        let sum = months.remove(&(month.period.clone(), month.totals.currency)).unwrap_or_default();
        assert_eq!(sum, month.totals.net_minor(), "{} by pages of {size}", month.period);
    }
}

fn balances_agree(ledger: &Ledger, model: &Model) {
    let trial = ledger.trial_balance().expect("a read");
    assert_eq!(trial.seq, model.seq);
    let mut found = BTreeMap::new();
    for each in &trial.balances {
        let name = (each.account.name.to_string(), each.account.currency.code().to_owned());
        let twice = found.insert(name, (each.balance.debits_minor, each.balance.credits_minor, each.lines));
        assert_eq!(twice, None, "{} stands twice", each.account);
        let alone = ledger.balance(&each.account).expect("a read");
        assert_eq!(alone, *each, "balance of one account and of all");
    }
    let wanted: BTreeMap<_, _> = model
        .sheets
        .iter()
        .map(|(name, sheet)| (name.clone(), (sheet.debits, sheet.credits, sheet.lines.len() as u64)))
        .collect();
    assert_eq!(found, wanted, "trial balance");

    let mut wanted: BTreeMap<&str, (u128, u128)> = BTreeMap::new();
    for ((_, code), sheet) in &model.sheets {
        let (debits, credits) = wanted.entry(code).or_default();
        (*debits, *credits) = (*debits + sheet.debits, *credits + sheet.credits);
    }
    let sums: Vec<(&str, (u128, u128))> =
        trial.sums.iter().map(|sum| (sum.currency.code(), (sum.debits_minor, sum.credits_minor))).collect();
    assert_eq!(sums, wanted.into_iter().collect::<Vec<_>>(), "sums of the trial balance");
    assert!(sums.iter().all(|(_, (debits, credits))| debits == credits), "debits equal credits: {sums:?}");

    let unused = "assets:bank:never".parse().expect("a name");
    let unused = Account { name: unused, currency: "EUR".parse().expect("a currency") };
    let none = ledger.balance(&unused).expect("a read");
    assert_eq!((none.balance.debits_minor, none.balance.credits_minor, none.lines), (0, 0, 0));
}

fn keys_agree(ledger: &Ledger, model: &Model) {
    for key in model.asked.iter().filter_map(key_of) {
        match (ledger.status(key).expect("a read"), model.keys.get(key)) {
            (KeyStatus::Unseen, None) => {}
            (KeyStatus::Committed { committed }, Some((_, original))) => {
                let mut wanted = original.clone();
                wanted.delivery = ledger_core::Delivery::Replayed;
                assert_eq!(committed, wanted, "status of {key}");
            }
            (found, wanted) => panic!("status of {key:?} is {found:?}, the model says {wanted:?}"),
        }
    }
}

fn counts_agree(ledger: &Ledger, model: &Model) {
    let stats = ledger.stats().expect("a read");
    assert_eq!((stats.seq, stats.records), (model.seq, model.seq));
    assert_eq!(ledger.epoch().expect("a read"), model.epochs_begun + 1);
    assert_eq!((stats.donors, stats.causes), (model.donors.len() as u64, model.causes.len() as u64));
    assert_eq!((stats.donations, stats.entries), (model.gifts.len() as u64, model.entries));
    let half = model.seq / 2;
    let changes = ledger.changes(half, 10_000).expect("a read");
    let seqs: Vec<u64> = changes.iter().map(|change| change.seq).collect();
    assert_eq!(seqs, (half + 1..=model.seq).collect::<Vec<_>>(), "feed");
    let keys: Vec<Option<String>> = changes.into_iter().map(|change| change.key).collect();
    assert_eq!(keys, model.record_keys[half as usize..], "keys of the feed");
}
