//! A message of thanks for each gift, by SMTP. Each gift is thanked for at least once, whatever is killed when: a notice
//! is acknowledged only after the mail server took its message. What is sent again has the same id and the same bytes.

use std::io;

use ledger_core::{Amount, Designation, DonorProfile, Ledger, LedgerError, Notice, NoticeKind};
use lettre::address::Envelope;
use lettre::transport::smtp;
use lettre::{Address, SmtpTransport, Transport};
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address as Mailbox;

/// Under which name notices are read and acknowledged.
const CONSUMER: &str = "thanks";

/// Notices between two acknowledgments, and so about how many are sent again after a kill, at most.
const PAGE: u32 = 100;

/// How old a gift becomes before a no that is for now counts as one for good: as long as mail servers try (RFC 5321,
/// 4.5.4.1).
const PATIENCE_MICROS: i64 = 5 * 24 * 60 * 60 * 1_000_000;

/// How many gifts there were, by what became of their thanks. Nothing in it is personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Thanked {
    /// The server has the message.
    pub sent: u64,
    /// The donor has no address that mail can be sent to, or was erased.
    pub without_address: u64,
    /// The server does not take the message, and is not asked again.
    pub refused: u64,
    /// A correction took the gift back before it was thanked for.
    pub taken_back: u64,
}

/// What became of the thanks for one gift.
enum Became {
    Sent,
    WithoutAddress,
    Refused,
    TakenBack,
}

impl Thanked {
    fn count(&mut self, became: &Became) {
        let gifts = match became {
            Became::Sent => &mut self.sent,
            Became::WithoutAddress => &mut self.without_address,
            Became::Refused => &mut self.refused,
            Became::TakenBack => &mut self.taken_back,
        };
        *gifts = gifts.saturating_add(1);
    }
}

/// Why not everything was sent. The rest is sent by the next run. What the server said is left out, because it says
/// addresses.
#[derive(Debug, thiserror::Error)]
pub enum ThanksStopped {
    /// The ledger could not be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The server takes no message now.
    #[error("the mail server answered {0}: see its log, and run this again")]
    Answered(u16),
    /// There is no server, it broke off, or it cannot do what it is asked for, such as knowing us by a password.
    #[error(
        "the mail server was not reached, broke off, or lacks something: check its address, and run this again"
    )]
    NotReached,
    /// A message could not be put together.
    #[error("a message could not be written")]
    Unwritten(#[from] io::Error),
}

/// Sends what is due, and says what it was. A message that the server refuses for good is counted and passed over, so
/// that no one bad address holds up those behind it for ever; a server that refuses all of them shows in the counts.
///
/// Whoever begins with this in an old ledger acknowledges what is in it first, or all its gifts are thanked for.
pub fn send_thanks(ledger: &Ledger, mail: &SmtpTransport, from: &Address) -> Result<Thanked, ThanksStopped> {
    let mut thanked = Thanked::default();
    loop {
        let page = ledger.next_notices(CONSUMER, PAGE)?;
        // Nothing to acknowledge either: that would be one more record each time that somebody looks.
        if page.notices.is_empty() {
            return Ok(thanked);
        }
        // A server that wants nothing from us refuses no address by that.
        mail.test_connection().map_err(|error| stopped_by(&error))?;
        for notice in &page.notices {
            match thank(ledger, mail, from, notice) {
                Ok(became) => became.iter().for_each(|became| thanked.count(became)),
                Err(stopped) => {
                    // Those before it have their message, and do not get it again because of this one.
                    ledger.acknowledge_notices(CONSUMER, notice.seq.saturating_sub(1))?;
                    return Err(stopped);
                }
            }
        }
        ledger.acknowledge_notices(CONSUMER, page.through)?;
    }
}

/// Thanks for the gift that a notice is about; most others are about none.
fn thank(
    ledger: &Ledger,
    mail: &SmtpTransport,
    from: &Address,
    notice: &Notice,
) -> Result<Option<Became>, ThanksStopped> {
    let NoticeKind::DonationCaptured { donation, donor, designations, tip } = &notice.kind else {
        return Ok(None);
    };
    if ledger.donation(*donation)?.is_none_or(|gift| gift.reversed_by.is_some()) {
        return Ok(Some(Became::TakenBack));
    }
    // Nothing is known of an erased donor. A gift that is anonymous is so for others; its donor is thanked too.
    let profile = ledger.donor(*donor)?.map(|donor| donor.profile).unwrap_or_default();
    let Some(to) = address_of(&profile) else { return Ok(Some(Became::WithoutAddress)) };
    let (name, address) = (profile.name.as_deref(), to.to_string());
    let text = words(ledger, name, notice, designations, *tip)?;
    let message = message(ledger, from, Mailbox::new_address(name, &*address), notice, text)?;
    let envelope = Envelope::new(Some(from.clone()), vec![to]).map_err(io::Error::other)?;
    match mail.send_raw(&envelope, &message) {
        Ok(_) => Ok(Some(Became::Sent)),
        Err(error) if is_for_good(ledger, notice, &address, &error) => Ok(Some(Became::Refused)),
        Err(error) => Err(stopped_by(&error)),
    }
}

/// An address that mail can be sent to. The ledger takes what donors say, which may be none.
fn address_of(profile: &DonorProfile) -> Option<Address> {
    profile.email.as_deref()?.trim().parse().ok()
}

/// Whether a message that was not taken never will be.
fn is_for_good(ledger: &Ledger, notice: &Notice, address: &str, error: &smtp::Error) -> bool {
    let age = ledger.now().micros().saturating_sub(notice.recorded_at.micros());
    match error.status().map(u16::from) {
        // Of this mailbox or this message. What other codes refuse is us.
        Some(550..=554) => true,
        Some(450..=452) => age > PATIENCE_MICROS,
        Some(_) => false,
        // A server without SMTPUTF8 takes no such address, whenever it is asked.
        None => error.is_client() && !address.is_ascii(),
    }
}

fn stopped_by(error: &smtp::Error) -> ThanksStopped {
    error.status().map_or(ThanksStopped::NotReached, |code| ThanksStopped::Answered(code.into()))
}

fn words(
    ledger: &Ledger,
    name: Option<&str>,
    notice: &Notice,
    designations: &[Designation],
    tip: Option<Amount>,
) -> Result<String, LedgerError> {
    let name = name.unwrap_or("donor");
    let mut lines = vec![format!("Dear {name},\n\nthank you for your gift of {}:\n", notice.day)];
    for Designation { cause, amount } in designations {
        let cause = ledger.cause(*cause)?.map(|cause| cause.details.name).unwrap_or_default();
        lines.push(format!("{amount:>20}  {cause}"));
    }
    lines.extend(tip.map(|tip| format!("{tip:>20}  for the platform")));
    Ok(lines.join("\n"))
}

/// The same bytes whenever it is made: the date is that of the record, and the id is that of the notice.
fn message(
    ledger: &Ledger,
    from: &Address,
    to: Mailbox<'_>,
    notice: &Notice,
    text: String,
) -> io::Result<Vec<u8>> {
    MessageBuilder::new()
        .from(from.to_string())
        .to(to)
        .message_id(format!("{}.{}@donation-ledger.invalid", notice.id(), ledger.identity().ledger))
        .date(notice.recorded_at.micros().div_euclid(1_000_000))
        .subject("Thank you for your gift")
        .text_body(text)
        .write_to_vec()
}
