//! Thanks are sent at least once, also where the program that sends them is killed; a repeat is the same mail with the
//! same id. The program is a process of its own, and so is its death: SIGKILL, at a line of what it says to the server.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod receiver;

use std::collections::BTreeSet;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{self, Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_core::{
    BeginDonation, CauseId, Command, Correct, Designation, Donate, DonorId, DonorProfile, EntryKind,
    EraseDonor, ErasureReason, Ledger, NoticeKind, Options, PaymentReport, Refund, RefundScope,
    RegisterDonor, ReportPayment, Right, StartPayment, Visibility, WhyNothing, Wrong,
};
use ledger_examples::{ThanksStopped, send_thanks};
use ledger_tests::book;
use lettre::SmtpTransport;
use lettre::transport::smtp::authentication::Credentials;
use mail_parser::MessageParser;
use receiver::{Mail, Receiver};

const SIGKILL: i32 = 9;

fn donor(ledger: &Ledger, name: &str, email: Option<&str>) -> DonorId {
    let profile = DonorProfile {
        name: Some(name.to_owned()),
        email: email.map(str::to_owned),
        ..DonorProfile::default()
    };
    ledger.register_donor(RegisterDonor { profile, ..RegisterDonor::default() }).unwrap().donor().unwrap()
}

/// A gift through a processor: begun, and captured if it is to be.
fn begin(ledger: &Ledger, key: &str, donor: DonorId, cause: CauseId, captured: bool) {
    let Donate { fee_bearer, designations, .. } = book::gift(key, donor, cause, 30_00);
    let (key, tip, visibility) = (key.to_owned(), Some(book::cents(1_50)), Visibility::Anonymous);
    let begun = BeginDonation { key, donor, designations, tip, fee_bearer, visibility, memo: None };
    let donation = ledger.begin_donation(begun).unwrap().donation().unwrap();
    let start = StartPayment { key: format!("try {donation}"), donation, processor: "stripe".into() };
    let payment = ledger.start_payment(start).unwrap().payment().unwrap();
    let report = if captured { PaymentReport::Captured } else { PaymentReport::Processing };
    let key = format!("told {donation}");
    ledger.report_payment(ReportPayment { key, payment, report, fee: None, occurred_on: None }).unwrap();
}

/// Three gifts that are captured, among others that are not and things that are no gifts.
fn write(ledger: &Ledger) {
    let (water, school) = (book::cause(ledger, "Wells for Kitui"), book::cause(ledger, "École"));
    let ada = donor(ledger, "Ada Example", Some("ada@example.org"));
    let ben = donor(ledger, "Bén \"B\" Übel", Some(" Ben@example.org"));
    let cleo = donor(ledger, "Cleo Example", Some("cleo@example.org"));
    let mut gift = book::gift("order-1", ada, water, 20_00);
    gift.occurred_on = Some("2026-01-31".parse().unwrap());
    gift.designations.push(Designation { cause: school, amount: book::cents(10_05) });
    let donation = ledger.donate(gift).unwrap().donation().unwrap();
    let (key, scope) = ("back-1".into(), RefundScope::Proportional { amount: book::cents(5_00) });
    ledger.refund(Refund { key, donation, scope, occurred_on: None, memo: None }).unwrap();
    begin(ledger, "order-2", ben, school, true);
    begin(ledger, "order-3", ada, water, false);
    ledger.donate(book::gift("order-4", cleo, water, 7_00)).unwrap();
}

fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    write(&ledger);
    ledger.close().unwrap();
    folder
}

fn open(folder: &Path) -> Ledger {
    Ledger::open(folder, Options::new()).unwrap()
}

/// The ids that the messages of a ledger must have, one for each gift.
fn ids_of_gifts(ledger: &Ledger) -> BTreeSet<String> {
    let notices = ledger.notices_after(0, 1_000).unwrap().notices;
    let gifts = notices.iter().filter(|notice| matches!(notice.kind, NoticeKind::DonationCaptured { .. }));
    let id = ledger.identity().ledger;
    gifts.map(|gift| format!("{}.{id}@donation-ledger.invalid", gift.id())).collect()
}

fn id_of(mail: &Mail) -> String {
    let parsed = MessageParser::default().parse(&mail.text).unwrap();
    parsed.message_id().unwrap().to_owned()
}

/// To whom the mails went, in their order.
fn receivers(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.to.as_str()).collect()
}

/// How a run of the program ended.
struct Run {
    signal: Option<i32>,
    success: bool,
    stdout: String,
    stderr: String,
}

/// Runs the program against a receiver, which may kill it or refuse what it says.
fn run(
    folder: &Path,
    receiver: &mut Receiver,
    mut at_line: impl FnMut(&mut Child, &str, usize) -> Option<&'static str>,
) -> Run {
    let mut command = process::Command::new(env!("CARGO_BIN_EXE_thanks"));
    command.arg(folder).arg(receiver.address().to_string());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (stdout, stderr) = receiver.during(&mut |line, kept| at_line(&mut child, line, kept), move || {
        let (mut stdout, mut stderr) = (String::new(), String::new());
        out.read_to_string(&mut stdout).unwrap();
        err.read_to_string(&mut stderr).unwrap();
        (stdout, stderr)
    });
    let status = child.wait().unwrap();
    Run { signal: status.signal(), success: status.success(), stdout, stderr }
}

fn run_to_end(folder: &Path, receiver: &mut Receiver) -> String {
    let run = run(folder, receiver, |_, _, _| None);
    assert!(run.success, "{}", run.stderr);
    run.stdout
}

#[test]
fn each_donor_is_thanked_for_each_captured_gift() {
    let (folder, mut receiver) = (written(), Receiver::new());
    // Counts, and nothing of anybody.
    let said = run_to_end(folder.path(), &mut receiver);
    assert_eq!(said, "3 sent, 0 without address, 0 refused, 0 taken back\n");
    let mails = receiver.mails.clone();
    assert_eq!(receivers(&mails), ["ada@example.org", "Ben@example.org", "cleo@example.org"]);

    let first = MessageParser::default().parse(&mails[0].text).unwrap();
    let text = first.body_text(0).unwrap().replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..3], ["Dear Ada Example,", "", "thank you for your gift of 2026-01-31:"]);
    assert_eq!(lines[3..6], ["", "           20.00 EUR  Wells for Kitui", "           10.05 EUR  École"]);
    assert_eq!(lines[6..].concat(), "");
    // A gift that is anonymous, for others.
    let second = MessageParser::default().parse(&mails[1].text).unwrap();
    let text = second.body_text(0).unwrap();
    assert!(text.starts_with("Dear Bén \"B\" Übel,"), "{text}");
    assert!(text.contains("30.00 EUR  École") && text.contains("1.50 EUR  for the platform"), "{text}");
    let to = second.to().unwrap().first().unwrap();
    assert_eq!((to.name(), to.address()), (Some("Bén \"B\" Übel"), Some("Ben@example.org")));
    // The time of the record, so that it is the same in every repeat.
    let ledger = open(folder.path());
    let recorded = ledger.notices_after(0, 1).unwrap().notices[0].recorded_at;
    assert_eq!(first.date().unwrap().to_timestamp(), recorded.micros().div_euclid(1_000_000));
    ledger.close().unwrap();

    let said = run_to_end(folder.path(), &mut receiver);
    assert_eq!(
        (said.as_str(), receiver.mails.len()),
        ("0 sent, 0 without address, 0 refused, 0 taken back\n", 3)
    );
    let ledger = open(folder.path());
    let seen: BTreeSet<String> = mails.iter().map(id_of).collect();
    assert_eq!(seen, ids_of_gifts(&ledger));
    assert_eq!(ledger.audit().unwrap().difference, None);
}

/// Kills the program at a line, when so many mails are kept, and runs it again, twice. Gives how many mails the server
/// had at the kill.
fn kill_and_run_again(line_of_kill: &str, kept_at_kill: usize) -> usize {
    let (folder, mut receiver) = (written(), Receiver::new());
    let killed = run(folder.path(), &mut receiver, |child, line, kept| {
        if line.starts_with(line_of_kill) && kept == kept_at_kill {
            child.kill().unwrap();
            // Dead before anything is answered.
            child.wait().unwrap();
        }
        None
    });
    assert_eq!((killed.signal, killed.stdout.as_str()), (Some(SIGKILL), ""));
    let before = receiver.mails.len();

    // Nothing was acknowledged: all three are sent, those that the server has once more.
    let said = run_to_end(folder.path(), &mut receiver);
    assert_eq!(said, "3 sent, 0 without address, 0 refused, 0 taken back\n");
    assert_eq!(receiver.mails.len(), before + 3);
    let ids: BTreeSet<String> = receiver.mails.iter().map(id_of).collect();
    // As many different mails as ids: a repeat is the same, byte for byte.
    let different: BTreeSet<&Mail> = receiver.mails.iter().collect();
    assert_eq!((ids.len(), different.len()), (3, 3));
    let to: BTreeSet<&str> = receivers(&receiver.mails).into_iter().collect();
    assert_eq!(to, BTreeSet::from(["Ben@example.org", "ada@example.org", "cleo@example.org"]));

    let said = run_to_end(folder.path(), &mut receiver);
    assert_eq!(said, "0 sent, 0 without address, 0 refused, 0 taken back\n");
    assert_eq!(receiver.mails.len(), before + 3);
    let ledger = open(folder.path());
    assert_eq!(ids, ids_of_gifts(&ledger));
    assert_eq!(ledger.audit().unwrap().difference, None);
    before
}

#[test]
fn killed_before_it_hears_that_the_server_has_the_mail() {
    assert_eq!(kill_and_run_again(".", 1), 1);
}

#[test]
fn killed_after_the_first_of_three() {
    assert_eq!(kill_and_run_again("MAIL FROM", 1), 1);
}

#[test]
fn killed_between_the_last_answer_and_the_acknowledgment() {
    assert_eq!(kill_and_run_again("QUIT", 3), 3);
}

#[test]
fn killed_in_its_second_page_it_repeats_nothing_of_the_first() {
    let (folder, mut receiver) = (tempfile::tempdir().unwrap(), Receiver::new());
    let ledger = open(folder.path());
    let (water, ada) = (book::cause(&ledger, "water"), donor(&ledger, "Ada", Some("ada@example.org")));
    let gift = |number| Command::Donate(book::gift(&format!("order-{number}"), ada, water, 1_00));
    ledger
        .submit_all((0..120).map(gift).collect())
        .unwrap()
        .into_iter()
        .for_each(|given| drop(given.unwrap()));
    ledger.close().unwrap();

    let killed = run(folder.path(), &mut receiver, |child, line, kept| {
        if line.starts_with("MAIL FROM") && kept == 110 {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        None
    });
    assert_eq!((killed.signal, receiver.mails.len()), (Some(SIGKILL), 110));
    let said = run_to_end(folder.path(), &mut receiver);
    assert_eq!(said, "20 sent, 0 without address, 0 refused, 0 taken back\n");
    let ids: BTreeSet<String> = receiver.mails.iter().map(id_of).collect();
    assert_eq!(ids, ids_of_gifts(&open(folder.path())));
    assert_eq!((receiver.mails.len(), ids.len()), (130, 120));
}

#[test]
fn who_cannot_be_written_to_holds_up_nobody() {
    let (folder, mut receiver) = (tempfile::tempdir().unwrap(), Receiver::new());
    let ledger = open(folder.path());
    let water = book::cause(&ledger, "water");
    let addresses = [
        None,
        Some("no..address@example.org"),
        Some("erased@example.org"),
        Some("gone@example.org"),
        // The server says nothing of SMTPUTF8.
        Some("ünï@example.org"),
        Some("twice@example.org"),
        Some("ada@example.org"),
    ];
    let mut gifts = Vec::new();
    for (number, email) in addresses.into_iter().enumerate() {
        let donor = donor(&ledger, "Somebody", email);
        let gift = ledger.donate(book::gift(&format!("order-{number}"), donor, water, 5_00)).unwrap();
        gifts.push((donor, gift.donation().unwrap()));
    }
    let anonymous = ledger.register_donor(RegisterDonor::default()).unwrap().donor().unwrap();
    ledger.donate(book::gift("order-a", anonymous, water, 5_00)).unwrap();
    let erase = EraseDonor { key: None, donor: gifts[2].0, reason: ErasureReason::Requested };
    ledger.erase_donor(erase).unwrap();
    let right = Right::Nothing { key: "fix".into(), why: WhyNothing::EnteredTwice };
    let wrong = Wrong::Donation { donation: gifts[5].1 };
    ledger.correct(Correct { wrong, right, reversed_on: None, entry: EntryKind::Ordinary }).unwrap();
    ledger.close().unwrap();

    let no_such_mailbox = |_: &mut Child, line: &str, _| {
        line.starts_with("RCPT TO:<gone@").then_some("550 5.1.1 <gone@example.org>: no such mailbox")
    };
    let ended = run(folder.path(), &mut receiver, no_such_mailbox);
    assert_eq!(ended.stdout, "1 sent, 4 without address, 2 refused, 1 taken back\n");
    assert_eq!(ended.stderr, "");
    assert_eq!(receivers(&receiver.mails), ["ada@example.org"]);
    run_to_end(folder.path(), &mut receiver);
    assert_eq!(receiver.mails.len(), 1);
}

#[test]
fn a_server_that_takes_nothing_now_loses_no_thanks_and_says_no_names() {
    let (folder, mut receiver) = (written(), Receiver::new());
    let busy = |_: &mut Child, line: &str, _| {
        line.starts_with("RCPT TO:<Ben@").then_some("451 4.3.0 <Ben@example.org>: later")
    };
    for _ in 0..2 {
        let ended = run(folder.path(), &mut receiver, busy);
        assert!(!ended.success);
        assert_eq!(ended.stderr, "the mail server answered 451: see its log, and run this again\n");
        // Whoever was thanked before it is not thanked again.
        assert_eq!(receivers(&receiver.mails), ["ada@example.org"]);
    }
    let unwilling = |_: &mut Child, line: &str, _| line.starts_with("EHLO").then_some("554 not from here");
    let ended = run(folder.path(), &mut receiver, unwilling);
    assert!(!ended.success && ended.stderr.contains("answered 554"), "{}", ended.stderr);
    run_to_end(folder.path(), &mut receiver);
    assert_eq!(receivers(&receiver.mails), ["ada@example.org", "Ben@example.org", "cleo@example.org"]);
}

#[test]
fn a_server_that_does_not_know_us_refuses_no_donor() {
    let ledger = Ledger::in_memory(Options::new()).unwrap();
    write(&ledger);
    let mut receiver = Receiver::new();
    let plain = SmtpTransport::builder_dangerous("127.0.0.1").port(receiver.address().port());
    let mail = plain.credentials(Credentials::new("app".into(), "secret".into())).build();
    let from = "thanks@donation-ledger.invalid".parse().unwrap();
    let seq = ledger.stats().unwrap().seq;
    let ended = receiver.during(&mut |_, _| None, || send_thanks(&ledger, &mail, &from));
    assert!(matches!(ended, Err(ThanksStopped::NotReached)));
    assert_eq!((receiver.mails.len(), ledger.stats().unwrap().seq), (0, seq));
}

#[test]
fn one_message_that_is_never_taken_holds_up_the_others_for_five_days_at_most() {
    let day = 24 * 60 * 60 * 1_000_000;
    let now = Arc::new(AtomicI64::new(1_800_000_000_000_000));
    let ledger = Ledger::in_memory(Options::new().clock_set_by(Arc::clone(&now))).unwrap();
    write(&ledger);
    let mut receiver = Receiver::new();
    let mail = SmtpTransport::builder_dangerous("127.0.0.1").port(receiver.address().port()).build();
    let from = "thanks@donation-ledger.invalid".parse().unwrap();
    let after = |days: i64, receiver: &mut Receiver| {
        now.fetch_add(days * day, Ordering::SeqCst);
        let never = &mut |line: &str, _| line.starts_with("RCPT TO:<Ben@").then_some("451 4.7.1 later");
        receiver.during(never, || send_thanks(&ledger, &mail, &from))
    };
    assert!(matches!(after(5, &mut receiver), Err(ThanksStopped::Answered(451))));
    assert_eq!(receivers(&receiver.mails), ["ada@example.org"]);
    let rest = after(1, &mut receiver).unwrap();
    assert_eq!((rest.sent, rest.refused), (1, 1));
    assert_eq!(receivers(&receiver.mails), ["ada@example.org", "cleo@example.org"]);
}

#[test]
fn a_consumer_that_lags_sees_what_it_saw() {
    let (folder, mut receiver) = (written(), Receiver::new());
    let ledger = open(folder.path());
    let all = ledger.next_notices("letters", 1_000).unwrap().notices;
    let first = ledger.next_notices("archive", 1).unwrap();
    ledger.acknowledge_notices("archive", first.through).unwrap();
    ledger.close().unwrap();

    run_to_end(folder.path(), &mut receiver);
    let ledger = open(folder.path());
    assert_eq!(ledger.next_notices("letters", 1_000).unwrap().notices, all);
    assert_eq!(ledger.next_notices("archive", 1_000).unwrap().notices, all[1..]);
    assert_eq!(ledger.next_notices("thanks", 1_000).unwrap().notices, []);
    // Looking again, with nothing to do, writes nothing.
    let seq = ledger.stats().unwrap().seq;
    ledger.close().unwrap();
    run_to_end(folder.path(), &mut receiver);
    assert_eq!(open(folder.path()).stats().unwrap().seq, seq);
}
