//! What is largest among all that may be written can be read again.

use super::owed;
use super::payments::refund;
use super::rows::disputed;
use super::samples::amount;
use crate::giving::donation::{Beneficiary, Designation};
use crate::giving::refund::RefundState;
use crate::machine::event::{Event, FactsTakenUp, PartShare};
use crate::machine::state::{DisputeFacts, RefundFacts};
use crate::records::codec;
use crate::records::row::{DonationRow, Row};
use crate::vocabulary::ids::CauseId;

const PARTS: u8 = 100;

fn cause(number: u8) -> CauseId {
    CauseId::from_bytes([number; 16])
}

fn shares() -> Vec<PartShare> {
    let share = |number| PartShare {
        beneficiary: Beneficiary::Cause { cause: cause(number) },
        share_minor: u64::MAX,
    };
    (0..PARTS).map(share).collect()
}

#[test]
fn a_donation_with_all_the_refunds_and_disputes_that_it_may_have_is_read_again() {
    let returned = RefundFacts {
        refund: refund(),
        amount_minor: u64::MAX,
        shares: shares(),
        state: RefundState::Succeeded,
        object: Some("r".repeat(100)),
        made: Some(owed::made()),
    };
    let held = (0..PARTS).map(|number| Designation { cause: cause(number), amount: amount(i64::MAX) });
    let of_all = DisputeFacts { held: held.collect(), shares: shares(), ..disputed() };
    let row = DonationRow {
        returning: vec![returned; 1_000],
        disputes: vec![of_all; 100],
        ..DonationRow::default()
    };
    let row = Row::Donation(row);
    let bytes = codec::encode_row(&row).unwrap();
    assert!(bytes.len() > 3_000_000);
    assert_eq!(codec::decode_row(&bytes).unwrap(), row);
}

#[test]
fn a_record_that_could_not_be_read_again_is_not_made() {
    let of_length = |length: usize| {
        let taken = FactsTakenUp { processor: String::new(), object: "x".repeat(length), count: 1 };
        codec::encode_record(&super::events::record(Event::FactsTakenUp(taken)))
    };
    let besides = of_length(70_000).unwrap().len() - 70_000;
    let largest = of_length(codec::BYTES_MAX - besides).unwrap();
    assert_eq!(largest.len(), codec::BYTES_MAX);
    assert_eq!(codec::decode_record(&largest, "test", 0, 7).unwrap().seq, 7);
    assert!(of_length(codec::BYTES_MAX - besides + 1).is_err());
}
