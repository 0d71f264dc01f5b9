//! The one file that knows bytes: records, rows and personal content behind a version byte, keys in an
//! order that sorts.
//!
//! Bytes come from `bincode` (standard configuration: little endian, variable-length integers) and are
//! decoded with a limit. Golden vectors hold every kind still; a change of bytes needs a new version.

use core::cmp::Ordering;

use bincode::{Decode, Encode};

use super::record::{Record, RecordHead};
use super::row::{HistoryOf, MonthOf, Row, RowKey};
use crate::accounting::account::{Account, AccountName};
use crate::machine::command::{Command, Correct, Donate, Right};
use crate::machine::personal::Personal;
use crate::machine::state::DonorLookup;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonorId, RefundId};
use crate::vocabulary::month::Month;

/// The version of a command's content, as its fingerprint was made from. A command that gains a field gets the
/// next one, and repeats of older records are compared by the older one.
pub const CONTENT_VERSION: u8 = 1;

/// The version of records and personal content that is written.
const VERSION: u8 = 1;

/// The version of rows. Rows of another one are not read: the state is made again from the journal.
const ROW_VERSION: u8 = 4;

/// Largest record, row or personal content that is decoded: 1 MiB. The largest legal record, a donation to
/// 100 causes with a fee, has about 25 KiB.
pub const BYTES_MAX: usize = 1 << 20;

/// Room for what is encoded most often, so that it need not grow.
const USUAL_BYTES: usize = 512;

fn encode(value: &impl Encode) -> Result<Vec<u8>, Fault> {
    encode_as(VERSION, value)
}

fn encode_as(version: u8, value: &impl Encode) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    bytes.push(version);
    bincode::encode_into_std_write(value, &mut bytes, bincode::config::standard())
        .map_err(|error| Fault::medium("encode", &error))?;
    Ok(bytes)
}

fn decode<T: Decode<()>>(expected: u8, bytes: &[u8], damage: &dyn Fn(String) -> Fault) -> Result<T, Fault> {
    let (&version, body) = bytes.split_first().ok_or_else(|| damage("empty bytes".to_owned()))?;
    if version != expected {
        return Err(damage(format!("unknown version {version}")));
    }
    let config = bincode::config::standard().with_limit::<BYTES_MAX>();
    let (value, used) = bincode::decode_from_slice(body, config)
        .map_err(|error| damage(format!("undecodable bytes ({error})")))?;
    if used == body.len() { Ok(value) } else { Err(damage("left-over bytes".to_owned())) }
}

/// A record as bytes.
pub fn encode_record(record: &Record) -> Result<Vec<u8>, Fault> {
    encode(record)
}

/// A record from the bytes at a place of the journal.
pub fn decode_record(bytes: &[u8], file: &str, offset: u64, seq: u64) -> Result<Record, Fault> {
    if let Some(version) = bytes.first() {
        check_record_version(*version, file, offset, seq)?;
    }
    let record: Record = decode(VERSION, bytes, &|what| Fault::damaged(what, file, offset, seq))?;
    if record.seq == seq {
        Ok(record)
    } else {
        Err(Fault::damaged("record of another seq", file, offset, seq))
    }
}

/// The beginning of a record from its bytes at a place of the journal. What follows it is not looked at.
pub fn decode_record_head(bytes: &[u8], file: &str, offset: u64, seq: u64) -> Result<RecordHead, Fault> {
    let damaged = |what: String| Fault::damaged(what, file, offset, seq);
    let (&version, body) = bytes.split_first().ok_or_else(|| damaged("empty bytes".to_owned()))?;
    check_record_version(version, file, offset, seq)?;
    let config = bincode::config::standard().with_limit::<BYTES_MAX>();
    let (head, _): (RecordHead, usize) = bincode::decode_from_slice(body, config)
        .map_err(|error| damaged(format!("undecodable bytes ({error})")))?;
    if head.seq == seq { Ok(head) } else { Err(damaged("record of another seq".to_owned())) }
}

/// Where the checksum is right, a version that is not known was written so.
fn check_record_version(version: u8, file: &str, offset: u64, seq: u64) -> Result<(), Fault> {
    match version.cmp(&VERSION) {
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(Fault::Newer { file: file.to_owned(), found: version.into() }),
        Ordering::Less => Err(Fault::damaged(format!("unknown version {version}"), file, offset, seq)),
    }
}

/// A row as bytes.
pub fn encode_row(row: &Row) -> Result<Vec<u8>, Fault> {
    encode_as(ROW_VERSION, row)
}

/// A row from bytes.
pub fn decode_row(bytes: &[u8]) -> Result<Row, Fault> {
    decode(ROW_VERSION, bytes, &|what| Fault::state(format!("row: {what}"), 0))
}

/// Personal content as bytes, before encryption.
pub fn encode_personal(content: &Personal) -> Result<Vec<u8>, Fault> {
    encode(content)
}

/// Personal content from bytes, after decryption.
pub fn decode_personal(bytes: &[u8], seq: u64) -> Result<Personal, Fault> {
    decode(VERSION, bytes, &|what| Fault::damaged(format!("personal content: {what}"), "journal", 0, seq))
}

/// The content of a command as bytes, for its fingerprint, with everything personal left out.
pub fn command_content(command: &Command) -> Result<Vec<u8>, Fault> {
    // Most gifts come without words; then there is nothing to leave out.
    if let Command::Donate(Donate { memo: None, .. }) = command {
        return encode(command);
    }
    let mut open = command.clone();
    match &mut open {
        Command::RegisterDonor(command) => command.profile = crate::giving::donor::DonorProfile::default(),
        Command::UpdateDonor(command) => command.profile = crate::giving::donor::DonorProfile::default(),
        Command::Donate(command) | Command::Correct(Correct { right: Right::Donation(command), .. }) => {
            command.memo = None;
        }
        Command::Refund(command) | Command::Correct(Correct { right: Right::Refund(command), .. }) => {
            command.memo = None;
        }
        Command::Adjust(command) | Command::Correct(Correct { right: Right::Adjustment(command), .. }) => {
            command.memo = None;
        }
        Command::BeginDonation(command) => command.memo = None,
        Command::TakeOver(command) => {
            command.memo = None;
            command.donor_name = None;
            command.donor_external_id.clear();
        }
        Command::OpenCause(_)
        | Command::UpdateCause(_)
        | Command::Reallocate(_)
        | Command::ClosePeriod(_)
        | Command::EraseDonor(_)
        | Command::MergeDonors(_)
        | Command::UndoMerge(_)
        | Command::BeginEpoch(_)
        | Command::StartPayment(_)
        | Command::ReportPayment(_)
        | Command::CancelDonation(_)
        | Command::BookFee(_)
        | Command::TakePlatformFee(_)
        | Command::RecordSettlement(_)
        | Command::ProposePayout(_)
        | Command::ReportPayout(_)
        | Command::ReportRefund(_)
        | Command::Correct(_) => {}
    }
    encode(&open)
}

/// The personal content of a command as bytes, for its mark; `None` where it has none.
pub fn command_personal(command: &Command) -> Result<Option<Vec<u8>>, Fault> {
    let memo = |memo: &Option<String>| memo.as_ref().map(encode).transpose();
    match command {
        Command::RegisterDonor(command) if command.profile.is_empty() => Ok(None),
        Command::RegisterDonor(command) => encode(&command.profile).map(Some),
        Command::UpdateDonor(command) => encode(&command.profile).map(Some),
        Command::Donate(command) | Command::Correct(Correct { right: Right::Donation(command), .. }) => {
            memo(&command.memo)
        }
        Command::Refund(command) | Command::Correct(Correct { right: Right::Refund(command), .. }) => {
            memo(&command.memo)
        }
        Command::Adjust(command) | Command::Correct(Correct { right: Right::Adjustment(command), .. }) => {
            memo(&command.memo)
        }
        Command::BeginDonation(command) => memo(&command.memo),
        Command::TakeOver(row) => encode(&(&row.donor_external_id, &row.donor_name, &row.memo)).map(Some),
        Command::OpenCause(_)
        | Command::UpdateCause(_)
        | Command::Reallocate(_)
        | Command::ClosePeriod(_)
        | Command::EraseDonor(_)
        | Command::MergeDonors(_)
        | Command::UndoMerge(_)
        | Command::BeginEpoch(_)
        | Command::StartPayment(_)
        | Command::ReportPayment(_)
        | Command::CancelDonation(_)
        | Command::BookFee(_)
        | Command::TakePlatformFee(_)
        | Command::RecordSettlement(_)
        | Command::ProposePayout(_)
        | Command::ReportPayout(_)
        | Command::ReportRefund(_)
        | Command::Correct(_) => Ok(None),
    }
}

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
        RowKey::Donation(donation) => {
            bytes.push(0x40);
            bytes.extend(donation.to_bytes());
        }
        RowKey::Reversal(seq) => {
            bytes.push(0x41);
            bytes.extend(seq.to_be_bytes());
        }
        RowKey::Payout(payout) => {
            bytes.push(0x42);
            bytes.extend(payout.to_bytes());
        }
        RowKey::Month(of, month) => {
            bytes.push(0x45);
            match of {
                MonthOf::Account(account) => {
                    bytes.push(0x01);
                    push_account(&mut bytes, account);
                }
                MonthOf::AllCauses(currency) => {
                    bytes.push(0x02);
                    bytes.extend(currency.code().as_bytes());
                }
            }
            bytes.extend(month.to_bytes());
        }
        RowKey::Owner(owner) => {
            bytes.push(0x50);
            push_owner(&mut bytes, owner);
        }
        RowKey::Meta => bytes.push(0xF0),
    }
    bytes
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
    }
    bytes.extend(account.currency.code().as_bytes());
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
                _ => return Err(unknown()),
            };
            Ok(HistoryOf::Account(Account { name, currency: code.parse().map_err(|_| unknown())? }))
        }
        _ => Err(unknown()),
    }
}
