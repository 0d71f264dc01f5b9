//! What the vectors are made of.

use crate::giving::cause::CauseDetails;
use crate::records::sealed::SealedField;
use crate::vocabulary::ids::{CauseId, DonationId, DonorId};
use crate::vocabulary::money::{Amount, Currency};

pub(super) fn eur() -> Currency {
    "EUR".parse().unwrap()
}

pub(super) fn amount(minor: i64) -> Amount {
    Amount::from_minor(minor, eur()).unwrap()
}

pub(super) fn donor() -> DonorId {
    DonorId::from_bytes([0xD0; 16])
}

pub(super) fn cause() -> CauseId {
    CauseId::from_bytes([0xCA; 16])
}

pub(super) fn donation() -> DonationId {
    DonationId::from_bytes([0x61; 16])
}

pub(super) fn details() -> CauseDetails {
    CauseDetails {
        name: "Water".into(),
        description: Some("Wells".into()),
        external_id: Some("water".into()),
        goal: Some(amount(500_000)),
        opens_on: "2026-01-01".parse().ok(),
        closes_on: "2026-12-31".parse().ok(),
    }
}

pub(super) fn sealed() -> SealedField {
    SealedField { seq: 7, donor: donor(), slot: 3, kind: 1, nonce: [9; 24], ciphertext: vec![1, 2, 3] }
}
