//! The one place that knows bytes: records, rows and personal content behind a version byte, keys in an
//! order that sorts.
//!
//! Bytes come from `bincode` (standard configuration: little endian, variable-length integers) and are
//! decoded with a limit. Golden vectors hold every kind still; a change of bytes needs a new version.

mod keys;

use core::cmp::Ordering;

use bincode::{Decode, Encode};

pub use self::keys::{decode_month, decode_object_key, decode_owner_key, encode_key};
use super::record::{Record, RecordHead};
use super::row::Row;
use crate::machine::command::{Command, Correct, Donate, Right};
use crate::machine::personal::Personal;
use crate::vocabulary::fault::Fault;

/// The version of a command's content, as its fingerprint was made from. A command that gains a field gets the
/// next one, and repeats of older records are compared by the older one.
pub const CONTENT_VERSION: u8 = 1;

/// The version of records and personal content that is written.
const VERSION: u8 = 1;

/// The version of rows. Rows of another one are not read: the state is made again from the journal.
const ROW_VERSION: u8 = 6;

/// Largest record as bytes: 1 MiB. A donation to 100 causes with a fee has about 25 KiB; a record that takes up facts which
/// waited can be larger than all, and is refused beyond this.
pub const BYTES_MAX: usize = 1 << 20;

/// Most memory that decoding may claim, which is several times the bytes: small numbers take one byte and claim eight. The
/// largest legal row, a donation to 100 causes with 1,000 refunds by its processor and 100 disputes, each of all causes,
/// has about 3 MiB.
pub const MEMORY_MAX: usize = 16 << 20;

/// A record up to this length never claims more than may be claimed.
const SURELY_READ: usize = MEMORY_MAX / 256;

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
    let config = bincode::config::standard().with_limit::<MEMORY_MAX>();
    let (value, used) = bincode::decode_from_slice(body, config)
        .map_err(|error| damage(format!("undecodable bytes ({error})")))?;
    if used == body.len() { Ok(value) } else { Err(damage("left-over bytes".to_owned())) }
}

/// A record as bytes.
pub fn encode_record(record: &Record) -> Result<Vec<u8>, Fault> {
    let bytes = encode(record)?;
    // Beyond that it could be written and never be read again.
    let too_long = |why: String| Fault::medium("encode a record", &format!("{} bytes: {why}", bytes.len()));
    if bytes.len() > BYTES_MAX {
        return Err(too_long(format!("{BYTES_MAX} at most")));
    }
    if bytes.len() > SURELY_READ {
        decode::<Record>(VERSION, &bytes, &too_long)?;
    }
    Ok(bytes)
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
    let config = bincode::config::standard().with_limit::<MEMORY_MAX>();
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
        Command::Refund(command)
        | Command::ForceRefund(command)
        | Command::Correct(Correct { right: Right::Refund(command), .. }) => command.memo = None,
        Command::Adjust(command) | Command::Correct(Correct { right: Right::Adjustment(command), .. }) => {
            command.memo = None;
        }
        Command::BeginDonation(command) | Command::BeginForeignDonation(command) => command.memo = None,
        Command::Identify(command) => command.memo = None,
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
        | Command::OpenDispute(_)
        | Command::ReportDispute(_)
        | Command::BookDisputeFee(_)
        | Command::SetCausePolicies(_)
        | Command::SettleReceivable(_)
        | Command::GiveBackFees(_)
        | Command::ReceiveUnidentified(_)
        | Command::ReturnUnidentified(_)
        | Command::ReleaseSetAside(_)
        | Command::CaptureExchanged(_)
        | Command::ExchangeMoney(_)
        | Command::IngestFacts(_)
        | Command::AttachObject(_)
        | Command::AcknowledgeNotices(_)
        | Command::RecordSettlementLines(_)
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
        Command::Refund(command)
        | Command::ForceRefund(command)
        | Command::Correct(Correct { right: Right::Refund(command), .. }) => memo(&command.memo),
        Command::Adjust(command) | Command::Correct(Correct { right: Right::Adjustment(command), .. }) => {
            memo(&command.memo)
        }
        Command::BeginDonation(command) | Command::BeginForeignDonation(command) => memo(&command.memo),
        Command::Identify(command) => memo(&command.memo),
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
        | Command::OpenDispute(_)
        | Command::ReportDispute(_)
        | Command::BookDisputeFee(_)
        | Command::SetCausePolicies(_)
        | Command::SettleReceivable(_)
        | Command::GiveBackFees(_)
        | Command::ReceiveUnidentified(_)
        | Command::ReturnUnidentified(_)
        | Command::ReleaseSetAside(_)
        | Command::CaptureExchanged(_)
        | Command::ExchangeMoney(_)
        | Command::IngestFacts(_)
        | Command::AttachObject(_)
        | Command::AcknowledgeNotices(_)
        | Command::RecordSettlementLines(_)
        | Command::Correct(_) => Ok(None),
    }
}
