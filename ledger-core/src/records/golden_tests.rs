//! Golden vectors: the bytes of every kind of record, row and personal content, as they are written. A change here is a change of the format and needs a new version. `UPDATE_EXPECT=1` rewrites the file.

use std::fmt::Write;
use std::path::Path;

use super::codec;
use super::history::{HistoryTail, Place, Places};
use super::record::{ClockReading, PostedEntry, PostedLine, Record};
use super::row::*;
use super::sealed::SealedField;
use crate::accounting::account::{Account, AccountName, Side};
use crate::accounting::balance::Balance;
use crate::giving::adjustment::AdjustmentReason;
use crate::giving::cause::{CauseDetails, CauseStatus};
use crate::giving::correction::CorrectionReason;
use crate::giving::donation::{Beneficiary, Designation, FeeBearer, Method, Visibility};
use crate::giving::donor::{Attribute, DonorKind, DonorProfile, DonorStanding, ErasureReason};
use crate::giving::totals::Totals;
use crate::machine::event::{ClosedAccount, Event, RefundedPart};
use crate::machine::personal::{LookupHash, Lookups, Personal};
use crate::machine::state::DonorLookup;
use crate::vocabulary::hex::hex;
use crate::vocabulary::ids::{
    AdjustmentId, CauseId, DonationId, DonorId, ReallocationId, RefundId, ReversalId,
};
use crate::vocabulary::money::{Amount, Currency};
use crate::vocabulary::month::Month;
use crate::vocabulary::time::Timestamp;

fn eur() -> Currency {
    "EUR".parse().unwrap()
}

fn amount(minor: i64) -> Amount {
    Amount::from_minor(minor, eur()).unwrap()
}

fn donor() -> DonorId {
    DonorId::from_bytes([0xD0; 16])
}

fn cause() -> CauseId {
    CauseId::from_bytes([0xCA; 16])
}

fn donation() -> DonationId {
    DonationId::from_bytes([0x61; 16])
}

fn details() -> CauseDetails {
    CauseDetails {
        name: "Water".into(),
        description: Some("Wells".into()),
        external_id: Some("water".into()),
        goal: Some(amount(500_000)),
        opens_on: "2026-01-01".parse().ok(),
        closes_on: "2026-12-31".parse().ok(),
    }
}

fn sealed() -> SealedField {
    SealedField { seq: 7, donor: donor(), slot: 3, kind: 1, nonce: [9; 24], ciphertext: vec![1, 2, 3] }
}

fn events() -> Vec<(&'static str, Event)> {
    let bank = || Method::Offline { bank: "main".into() };
    let parts = [Beneficiary::Cause { cause: cause() }, Beneficiary::Platform];
    let part = |beneficiary| RefundedPart { beneficiary, share_minor: 5, refunded_minor: 9 };
    vec![
        (
            "donor_registered",
            Event::DonorRegistered {
                donor: donor(),
                kind: DonorKind::Organisation,
                standing: DonorStanding::Guest,
            },
        ),
        ("donor_updated", Event::DonorUpdated { donor: donor() }),
        ("cause_opened", Event::CauseOpened { cause: cause(), currency: eur(), details: details() }),
        (
            "cause_updated",
            Event::CauseUpdated {
                cause: cause(),
                details: details(),
                status: CauseStatus::Paused,
                released_external_id: Some("old".into()),
            },
        ),
        (
            "donation_captured",
            Event::DonationCaptured {
                donation: donation(),
                donor: donor(),
                designations: vec![Designation { cause: cause(), amount: amount(3334) }],
                tip: Some(amount(500)),
                fee: Some(amount(335)),
                fee_bearer: FeeBearer::Causes,
                fee_shares_minor: vec![291, 44],
                method: Method::CapturedElsewhere { bank: "main".into() },
                visibility: Visibility::Anonymous,
            },
        ),
        (
            "donation_refunded",
            Event::DonationRefunded {
                refund: RefundId::from_bytes([0x4E; 16]),
                donation: donation(),
                donor: donor(),
                amount: amount(10),
                parts: parts.map(part).to_vec(),
                method: bank(),
            },
        ),
        (
            "giving_adjusted",
            Event::GivingAdjusted {
                adjustment: AdjustmentId::from_bytes([0xAD; 16]),
                donor: donor(),
                cause: cause(),
                amount: amount(77),
                reason: AdjustmentReason::Chargeback,
                method: Method::Imported,
            },
        ),
    ]
}

/// Events of bookkeeping.
fn bookkeeping() -> Vec<(&'static str, Event)> {
    vec![
        (
            "reallocated",
            Event::Reallocated {
                reallocation: ReallocationId::from_bytes([0xA1; 16]),
                from: cause(),
                to: CauseId::from_bytes([0xC2; 16]),
                amount: amount(5),
            },
        ),
        (
            "period_closed",
            Event::PeriodClosed { through: "2025-12-31".parse().unwrap(), closed: vec![closed_account()] },
        ),
        (
            "reversed",
            Event::Reversed {
                reversal: ReversalId::from_bytes([0x4F; 16]),
                reason: CorrectionReason::EnteredTwice,
                record: 5,
                day: "2026-01-30".parse().unwrap(),
                what: events().into_iter().map(|(_, event)| event).skip(6).collect(),
            },
        ),
        ("donors_merged", Event::DonorsMerged { keep: donor(), gone: DonorId::from_bytes([0xD2; 16]) }),
        ("merge_undone", Event::MergeUndone { keep: donor(), gone: DonorId::from_bytes([0xD2; 16]) }),
        ("donor_erased", Event::DonorErased { donor: donor(), reason: ErasureReason::Requested }),
    ]
}

fn closed_account() -> ClosedAccount {
    let account = |name| Account { name, currency: eur() };
    let into = account(AccountName::Unrestricted);
    ClosedAccount { account: account(AccountName::Tips), side: Side::Debit, amount_minor: 9, into }
}

fn record(event: Event) -> Record {
    let names = [
        AccountName::Bank { bank: "main".into() },
        AccountName::Imported,
        AccountName::CauseAvailable { cause: cause() },
        AccountName::Tips,
        AccountName::ProcessorFees,
        AccountName::TipShareOfFees,
        AccountName::Contributions { cause: cause() },
        AccountName::FeesOfCause { cause: cause() },
        AccountName::Restricted { cause: cause() },
        AccountName::Unrestricted,
    ];
    let line = |(number, name)| PostedLine {
        account: Account { name, currency: eur() },
        side: if number % 2 == 0 { Side::Debit } else { Side::Credit },
        amount_minor: 300,
        balance: Balance { debits_minor: 70_000, credits_minor: 1 << 70 },
        number,
    };
    Record {
        seq: 7,
        recorded_at: Timestamp::from_micros(1_769_853_600_000_000),
        clock: ClockReading::Steady,
        key: Some("order-1".into()),
        content_version: 1,
        fingerprint: [0xF1; 16],
        personal_mark: Some([0x99; 16]),
        occurred_on: "2026-01-31".parse().ok(),
        events: vec![event],
        sealed: vec![sealed()],
        entries: vec![PostedEntry { lines: (1..).zip(names).map(line).collect() }],
    }
}

fn history() -> HistoryTail {
    let places = [(3, 0, "2026-02-01"), (300, 2, "2026-01-31")].map(|(seq, ordinal, day)| Place {
        seq,
        ordinal,
        day: day.parse().unwrap(),
    });
    HistoryTail { count: 66, recent: Places(places.to_vec()) }
}

/// Rows of months, of an account and of all causes.
fn months(account: &Account, posted: Balance, totals: Totals) -> [(&'static str, RowKey, Row); 2] {
    let key = |of| RowKey::Month(of, Month::of("2026-01-31".parse().unwrap()));
    let days = vec![DayBalance { day: 31, posted, lines: 2 }];
    [
        (
            "month_account",
            key(MonthOf::Account(account.clone())),
            Row::AccountMonth(AccountMonthRow { seq: 7, days }),
        ),
        ("month_totals", key(MonthOf::AllCauses(eur())), Row::TotalsMonth(TotalsMonthRow { seq: 7, totals })),
    ]
}

fn rows() -> Vec<(&'static str, RowKey, Row)> {
    let account = Account { name: AccountName::Tips, currency: eur() };
    let lookup = LookupHash([0x10; 16]);
    let lookups = Lookups { email: Some(lookup), external_id: None };
    let mut totals = Totals::zero(eur());
    totals.add_gift(3334, 107);
    let donor_row = DonorRow {
        seq: 7,
        kind: DonorKind::Person,
        standing: DonorStanding::Registered,
        slot: Some(3),
        profile: Some(sealed()),
        lookups,
        erased: Some(ErasureReason::Mistake),
        merged_into: Some(DonorId::from_bytes([0xD1; 16])),
        absorbed: vec![DonorId::from_bytes([0xD2; 16])],
        totals: vec![totals],
        history: history(),
    };
    let (status, history_of_cause) = (CauseStatus::Open, history());
    let cause_row =
        CauseRow { seq: 7, currency: eur(), status, details: details(), totals, history: history_of_cause };
    let balance = Balance { debits_minor: 1, credits_minor: 500 };
    let extent = Extent { segment: 1, offset: 77 };
    let meta = MetaRow {
        seq: 7,
        donors: 1,
        causes: 1,
        donations: 1,
        entries: 2,
        latest: Timestamp::from_micros(5),
        slots: 4,
        closed_through: "2025-12-31".parse().ok(),
    };
    let lookup_row = LookupRow { seq: 7, claimed_by: vec![donor()] };
    let donation_row = DonationRow { seq: 8, refunded_minor: vec![5, 0], refunds: vec![8] };
    let mut all = vec![
        ("chunk", RowKey::Chunk(HistoryOf::Account(account.clone()), 2), Row::Chunk(history().recent)),
        ("placement", RowKey::Placement(1), Row::Placement(vec![extent])),
        ("key_block", RowKey::KeyBlock(1), Row::KeyBlock(vec![ClaimedKey { hash: 77, seq: 7 }])),
        (
            "lookup_email",
            RowKey::DonorLookup(DonorLookup::Email(lookup)),
            Row::DonorLookup(lookup_row.clone()),
        ),
        (
            "lookup_external",
            RowKey::DonorLookup(DonorLookup::ExternalId(lookup)),
            Row::DonorLookup(lookup_row),
        ),
        (
            "lookup_cause",
            RowKey::CauseLookup("water".into()),
            Row::CauseLookup(LookupRow { seq: 7, claimed_by: vec![cause()] }),
        ),
        ("donation", RowKey::Donation(donation()), Row::Donation(donation_row)),
        ("reversal", RowKey::Reversal(7), Row::Reversal(ReversalRow { seq: 8 })),
        ("donor", RowKey::Owner(HistoryOf::Donor(donor())), Row::Donor(donor_row)),
        ("cause", RowKey::Owner(HistoryOf::Cause(cause())), Row::Cause(cause_row)),
        (
            "account",
            RowKey::Owner(HistoryOf::Account(account.clone())),
            Row::Account(AccountRow { seq: 7, balance, history: history() }),
        ),
        ("meta", RowKey::Meta, Row::Meta(meta)),
    ];
    all.extend(months(&account, balance, totals));
    all
}

fn personal() -> Vec<(&'static str, Personal)> {
    let attribute = Attribute { name: "newsletter".into(), value: "yes".into() };
    let profile = DonorProfile {
        name: Some("Ada".into()),
        email: Some("ada@example.org".into()),
        external_id: Some("u-17".into()),
        date_of_birth: "1990-05-17".parse().ok(),
        location: Some("Kitui".into()),
        attributes: vec![attribute],
    };
    let claimed = Lookups { email: Some(LookupHash([1; 16])), external_id: Some(LookupHash([2; 16])) };
    vec![
        ("profile", Personal::Profile { profile, claimed, released: Lookups::default() }),
        ("memo", Personal::Memo { text: "Good luck".into() }),
    ]
}

#[test]
fn bytes_stand_still() {
    let mut found = String::new();
    for (name, event) in events().into_iter().chain(bookkeeping()) {
        let bytes = codec::encode_record(&record(event.clone())).unwrap();
        assert_eq!(codec::decode_record(&bytes, "test", 0, 7).unwrap(), record(event));
        writeln!(found, "record {name} {}", hex(&bytes)).unwrap();
    }
    for (name, key, row) in rows() {
        let bytes = codec::encode_row(&row).unwrap();
        assert_eq!(codec::decode_row(&bytes).unwrap(), row);
        writeln!(found, "row {name} {} {}", hex(&codec::encode_key(&key)), hex(&bytes)).unwrap();
    }
    for (name, content) in personal() {
        let bytes = codec::encode_personal(&content).unwrap();
        assert_eq!(codec::decode_personal(&bytes, 7).unwrap(), content);
        writeln!(found, "personal {name} {}", hex(&bytes)).unwrap();
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&file, &found).unwrap();
    }
    let held = std::fs::read_to_string(&file).unwrap();
    for (held, found) in held.lines().zip(found.lines()) {
        assert_eq!(held, found, "bytes changed without a step of the version");
    }
    assert_eq!(held.lines().count(), found.lines().count());
}

/// Owners' keys are read back, and bytes sort as keys do, so that paging over both is one order.
#[test]
fn keys_sort_as_their_bytes() {
    let mut keys: Vec<RowKey> = rows().into_iter().map(|(_, key, _)| key).collect();
    for bank in ["a", "ab", "b"] {
        let account = Account { name: AccountName::Bank { bank: bank.into() }, currency: eur() };
        keys.push(RowKey::Owner(HistoryOf::Account(account)));
    }
    keys.sort();
    let bytes: Vec<Vec<u8>> = keys.iter().map(codec::encode_key).collect();
    assert!(bytes.windows(2).all(|pair| pair[0] < pair[1]));
    for (key, bytes) in keys.iter().zip(&bytes) {
        if let RowKey::Owner(owner) = key {
            assert_eq!(codec::decode_owner_key(bytes).unwrap(), *owner);
        }
    }
}
