//! The bytes of row keys, and of the accounts in them.

use crate::accounting::account::{Account, AccountName};
use crate::machine::state::DonorLookup;
use crate::records::row::{HistoryOf, MonthOf, RowKey};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DisputeId, DonorId, RefundId};
use crate::vocabulary::month::Month;

/// The bytes of a row key: a kind byte, then fields in big endian, so that bytes sort as keys do.
pub fn encode_key(key: &RowKey) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(40);
    match key {
        RowKey::Chunk(owner, number) => {
            bytes.push(0x10);
            push_owner(&mut bytes, owner);
            bytes.extend(number.to_be_bytes());
        }
        RowKey::Placement(block) => {
            bytes.push(0x20);
            bytes.extend(block.to_be_bytes());
        }
        RowKey::KeyBlock(block) => {
            bytes.push(0x21);
            bytes.extend(block.to_be_bytes());
        }
        RowKey::DonorLookup(DonorLookup::Email(hash)) => {
            bytes.extend([0x30, 0x01]);
            bytes.extend(hash.0);
        }
        RowKey::DonorLookup(DonorLookup::ExternalId(hash)) => {
            bytes.extend([0x30, 0x02]);
            bytes.extend(hash.0);
        }
        RowKey::CauseLookup(external_id) => {
            bytes.push(0x31);
            bytes.extend(external_id.as_bytes());
        }
        RowKey::Donation(donation) => push_id(&mut bytes, 0x40, donation.to_bytes()),
        RowKey::Reversal(seq) => {
            bytes.push(0x41);
            bytes.extend(seq.to_be_bytes());
        }
        RowKey::Payout(payout) => push_id(&mut bytes, 0x42, payout.to_bytes()),
        RowKey::Suspense(item) => push_id(&mut bytes, 0x43, item.to_bytes()),
        RowKey::Dispute(dispute) => push_id(&mut bytes, 0x44, dispute.to_bytes()),
        RowKey::Month(of, month) => {
            bytes.push(0x45);
            push_month_of(&mut bytes, of);
            bytes.extend(month.to_bytes());
        }
        RowKey::Object(processor, object) => {
            bytes.push(0x46);
            bytes.extend(processor.as_bytes());
            bytes.push(0x00);
            bytes.extend(object.as_bytes());
        }
        RowKey::Consumer(name) => {
            bytes.push(0x47);
            bytes.extend(name.as_bytes());
        }
        RowKey::Settlement(settlement) => push_id(&mut bytes, 0x48, settlement.to_bytes()),
        RowKey::Owner(owner) => {
            bytes.push(0x50);
            push_owner(&mut bytes, owner);
        }
        RowKey::Meta => bytes.push(0xF0),
    }
    bytes
}

fn push_id(bytes: &mut Vec<u8>, kind: u8, id: [u8; 16]) {
    bytes.push(kind);
    bytes.extend(id);
}

fn push_month_of(bytes: &mut Vec<u8>, of: &MonthOf) {
    match of {
        MonthOf::Account(account) => {
            bytes.push(0x01);
            push_account(bytes, account);
        }
        MonthOf::AllCauses(currency) => {
            bytes.push(0x02);
            bytes.extend(currency.code().as_bytes());
        }
    }
}

fn push_owner(bytes: &mut Vec<u8>, owner: &HistoryOf) {
    match owner {
        HistoryOf::Donor(donor) => {
            bytes.push(0x01);
            bytes.extend(donor.to_bytes());
        }
        HistoryOf::Cause(cause) => {
            bytes.push(0x02);
            bytes.extend(cause.to_bytes());
        }
        HistoryOf::Account(account) => {
            bytes.push(0x03);
            push_account(bytes, account);
        }
    }
}

fn push_account(bytes: &mut Vec<u8>, account: &Account) {
    match &account.name {
        AccountName::Bank { bank } => {
            bytes.push(0x01);
            bytes.extend(bank.as_bytes());
            bytes.push(0x00);
        }
        AccountName::Imported => bytes.push(0x02),
        AccountName::CauseAvailable { cause } => {
            bytes.push(0x03);
            bytes.extend(cause.to_bytes());
        }
        AccountName::Tips => bytes.push(0x04),
        AccountName::ProcessorFees => bytes.push(0x05),
        AccountName::TipShareOfFees => bytes.push(0x06),
        AccountName::Contributions { cause } => {
            bytes.push(0x07);
            bytes.extend(cause.to_bytes());
        }
        AccountName::FeesOfCause { cause } => {
            bytes.push(0x08);
            bytes.extend(cause.to_bytes());
        }
        AccountName::Restricted { cause } => {
            bytes.push(0x09);
            bytes.extend(cause.to_bytes());
        }
        AccountName::Unrestricted => bytes.push(0x0A),
        AccountName::ProcessorPending { processor } => {
            bytes.push(0x0B);
            bytes.extend(processor.as_bytes());
            bytes.push(0x00);
        }
        AccountName::CauseInTransit { cause } => {
            bytes.push(0x0C);
            bytes.extend(cause.to_bytes());
        }
        AccountName::PlatformFees => bytes.push(0x0D),
        AccountName::RefundPending { refund } => {
            bytes.push(0x0E);
            bytes.extend(refund.to_bytes());
        }
        AccountName::DisputeHeld { dispute } => {
            bytes.push(0x0F);
            bytes.extend(dispute.to_bytes());
        }
        AccountName::CauseHeld { cause } => {
            bytes.push(0x10);
            bytes.extend(cause.to_bytes());
        }
        AccountName::CauseReceivable { cause } => {
            bytes.push(0x11);
            bytes.extend(cause.to_bytes());
        }
        AccountName::DisputeFees => bytes.push(0x12),
        AccountName::FeeCover => bytes.push(0x13),
        AccountName::BadDebt => bytes.push(0x14),
        AccountName::BeyondGift => bytes.push(0x15),
        AccountName::Unidentified => bytes.push(0x16),
        AccountName::FxTrading => bytes.push(0x17),
    }
    bytes.extend(account.currency.code().as_bytes());
}

/// The account at the processor, and the object there, in a key of an object's row.
pub fn decode_object_key(key: &[u8]) -> Option<(String, String)> {
    let [0x46, rest @ ..] = key else { return None };
    let mut parts = rest.splitn(2, |byte| *byte == 0x00).map(|part| String::from_utf8(part.to_vec()).ok());
    Some((parts.next()??, parts.next()??))
}

/// The month in a key of a month's row.
pub fn decode_month(key: &[u8]) -> Result<Month, Fault> {
    let last = key.last_chunk().copied().and_then(Month::from_bytes);
    last.ok_or_else(|| Fault::state("month key that cannot be read", 0))
}

/// The owner in a key of an owner's row.
pub fn decode_owner_key(bytes: &[u8]) -> Result<HistoryOf, Fault> {
    let unknown = || Fault::state("owner key that cannot be read", 0);
    let id = |bytes: &[u8]| <[u8; 16]>::try_from(bytes).map_err(|_| unknown());
    let cause_of = |bytes: &[u8]| id(bytes).map(CauseId::from_bytes);
    match bytes {
        [0x50, 0x01, rest @ ..] => Ok(HistoryOf::Donor(DonorId::from_bytes(id(rest)?))),
        [0x50, 0x02, rest @ ..] => Ok(HistoryOf::Cause(cause_of(rest)?)),
        [0x50, 0x03, kind, middle @ .., a, b, c] => {
            let code = String::from_utf8(vec![*a, *b, *c]).map_err(|_| unknown())?;
            let name = match (kind, middle) {
                (0x01, [bank @ .., 0x00]) => {
                    AccountName::Bank { bank: String::from_utf8(bank.to_vec()).map_err(|_| unknown())? }
                }
                (0x02, []) => AccountName::Imported,
                (0x03, cause) => AccountName::CauseAvailable { cause: cause_of(cause)? },
                (0x04, []) => AccountName::Tips,
                (0x05, []) => AccountName::ProcessorFees,
                (0x06, []) => AccountName::TipShareOfFees,
                (0x07, cause) => AccountName::Contributions { cause: cause_of(cause)? },
                (0x08, cause) => AccountName::FeesOfCause { cause: cause_of(cause)? },
                (0x09, cause) => AccountName::Restricted { cause: cause_of(cause)? },
                (0x0A, []) => AccountName::Unrestricted,
                (0x0B, [name @ .., 0x00]) => AccountName::ProcessorPending {
                    processor: String::from_utf8(name.to_vec()).map_err(|_| unknown())?,
                },
                (0x0C, cause) => AccountName::CauseInTransit { cause: cause_of(cause)? },
                (0x0D, []) => AccountName::PlatformFees,
                (0x0E, refund) => AccountName::RefundPending { refund: RefundId::from_bytes(id(refund)?) },
                (0x0F, dispute) => AccountName::DisputeHeld { dispute: DisputeId::from_bytes(id(dispute)?) },
                (0x10, cause) => AccountName::CauseHeld { cause: cause_of(cause)? },
                (0x11, cause) => AccountName::CauseReceivable { cause: cause_of(cause)? },
                (0x12, []) => AccountName::DisputeFees,
                (0x13, []) => AccountName::FeeCover,
                (0x14, []) => AccountName::BadDebt,
                (0x15, []) => AccountName::BeyondGift,
                (0x16, []) => AccountName::Unidentified,
                (0x17, []) => AccountName::FxTrading,
                _ => return Err(unknown()),
            };
            Ok(HistoryOf::Account(Account { name, currency: code.parse().map_err(|_| unknown())? }))
        }
        _ => Err(unknown()),
    }
}
