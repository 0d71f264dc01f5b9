//! Every row with its key, and everything that is sealed.

use super::payments::{payout, refund};
use super::samples::{amount, cause, details, donation, donor, eur, sealed};
use super::{facts, owed};
use crate::accounting::account::{Account, AccountName};
use crate::accounting::balance::Balance;
use crate::giving::cause::CauseStatus;
use crate::giving::dispute::DisputeState;
use crate::giving::donation::Beneficiary;
use crate::giving::donor::{Attribute, DonorKind, DonorProfile, DonorStanding, ErasureReason};
use crate::giving::payment::PaymentState;
use crate::giving::payout::PayoutState;
use crate::giving::refund::RefundState;
use crate::giving::totals::Totals;
use crate::machine::event::PartShare;
use crate::machine::personal::{LookupHash, Lookups, Personal};
use crate::machine::state::{
    DisputeFacts, DonorLookup, ObjectFacts, PaymentFacts, PayoutFacts, RefundFacts, SettlementFacts,
    SuspenseFacts, SuspenseHeld,
};
use crate::records::history::{HistoryTail, Place, Places};
use crate::records::row::*;
use crate::vocabulary::ids::{DonorId, PaymentId};
use crate::vocabulary::month::Month;
use crate::vocabulary::time::Timestamp;

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

/// Rows about the way of money.
fn of_payments() -> Vec<(&'static str, RowKey, Row)> {
    let payment = PaymentFacts {
        payment: PaymentId::from_bytes([0x9A; 16]),
        processor: "stripe".into(),
        state: PaymentState::Captured,
        object: Some("pi_1".into()),
        captured_in: Some(8),
    };
    let collecting = Collecting {
        captured_in: Some(8),
        captured_by: Some(payment.payment),
        is_cancelled: true,
        payments: vec![payment],
    };
    let returning = RefundFacts {
        refund: refund(),
        amount_minor: 9,
        shares: vec![PartShare { beneficiary: Beneficiary::Platform, share_minor: 5 }],
        state: RefundState::Succeeded,
        object: Some("re_1".into()),
        made: Some(owed::made()),
    };
    let part = PartRow {
        beneficiary: Beneficiary::Platform,
        refunded_minor: 5,
        disputed_minor: 6,
        fees_minor: 7,
        platform_fees_minor: 8,
        fees_back_minor: 9,
        platform_fees_back_minor: 10,
        absorbed_minor: 11,
    };
    let donation_row = DonationRow {
        seq: 8,
        parts: vec![part],
        refunds: vec![8],
        fees_minor: 14,
        collecting: Some(collecting),
        returning: vec![returning],
        disputes: vec![disputed()],
    };
    let held = SuspenseHeld::Received { method: owed::method() };
    let suspense =
        SuspenseFacts { item: owed::item(), amount: amount(5000), left_minor: 12, taken_minor: 3, held };
    let payout_facts = PayoutFacts {
        payout: payout(),
        cause: cause(),
        amount: amount(3060),
        bank: "main".into(),
        state: PayoutState::InTransit,
    };
    vec![
        ("consumer", RowKey::Consumer("mailer".into()), Row::Consumer(ConsumerRow { seq: 7, through: 5 })),
        ("donation", RowKey::Donation(donation()), Row::Donation(donation_row)),
        ("payout", RowKey::Payout(payout()), Row::Payout(PayoutRow { seq: 7, facts: payout_facts })),
        ("suspense", RowKey::Suspense(owed::item()), Row::Suspense(SuspenseRow { seq: 7, facts: suspense })),
        (
            "dispute",
            RowKey::Dispute(owed::dispute()),
            Row::Dispute(DisputeRow { seq: 7, donation: donation() }),
        ),
    ]
}

/// Rows of what a processor tells of: its objects, and what it paid out.
fn of_processors() -> Vec<(&'static str, RowKey, Row)> {
    let object = ObjectFacts {
        is: Some(facts::targets()[0]),
        is_returned: true,
        parked: facts::facts(),
        brought_in: Some(6),
        line_of: Some(facts::settlement()),
        settled_gross_minor: -7500,
        settled_fee_minor: 1500,
    };
    let settlement = SettlementFacts {
        processor: "stripe".into(),
        bank: "main".into(),
        amount: amount(10_165),
        is_returned: true,
        lines_in: vec![5, 7],
        lines: 2,
        net_minor: -9000,
    };
    vec![
        (
            "object",
            RowKey::Object("stripe".into(), "pi_1".into()),
            Row::Object(ObjectRow { seq: 7, facts: object }),
        ),
        (
            "settlement",
            RowKey::Settlement(facts::settlement()),
            Row::Settlement(SettlementRow { seq: 7, facts: settlement }),
        ),
    ]
}

pub(super) fn disputed() -> DisputeFacts {
    DisputeFacts {
        dispute: owed::dispute(),
        amount: amount(7500),
        state: DisputeState::Lost,
        held: vec![owed::designation()],
        shares: vec![PartShare { beneficiary: Beneficiary::Platform, share_minor: 6 }],
        charged_minor: 1500,
        returned_minor: 1,
        made: Some(owed::made()),
    }
}

/// Rows by which donors and causes are found.
fn of_lookups(lookup: LookupHash) -> [(&'static str, RowKey, Row); 3] {
    let row = LookupRow { seq: 7, claimed_by: vec![donor()] };
    let by_email = RowKey::DonorLookup(DonorLookup::Email(lookup));
    let by_external_id = RowKey::DonorLookup(DonorLookup::ExternalId(lookup));
    let of_cause = LookupRow { seq: 7, claimed_by: vec![cause()] };
    [
        ("lookup_email", by_email, Row::DonorLookup(row.clone())),
        ("lookup_external", by_external_id, Row::DonorLookup(row)),
        ("lookup_cause", RowKey::CauseLookup("water".into()), Row::CauseLookup(of_cause)),
    ]
}

pub(super) fn rows() -> Vec<(&'static str, RowKey, Row)> {
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
    let cause_row = CauseRow {
        seq: 7,
        currency: eur(),
        status: CauseStatus::Open,
        details: details(),
        policies: Some(owed::policies()),
        totals,
        history: history(),
    };
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
        epoch_begun: Some(2),
        policies: owed::policies(),
    };
    let mut all = vec![
        ("chunk", RowKey::Chunk(HistoryOf::Account(account.clone()), 2), Row::Chunk(history().recent)),
        ("placement", RowKey::Placement(1), Row::Placement(vec![extent])),
        ("key_block", RowKey::KeyBlock(1), Row::KeyBlock(vec![ClaimedKey { hash: 77, seq: 7 }])),
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
    all.extend(of_lookups(lookup));
    all.extend(months(&account, balance, totals));
    all.extend(of_payments());
    all.extend(of_processors());
    all
}

pub(super) fn personal() -> Vec<(&'static str, Personal)> {
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
