//! What nobody waited for: events before what they are about, money of nobody, a cause that was closed meanwhile, a gift
//! that is never paid.

use ledger_core::{
    AttachObject, CancelDonation, CauseId, CauseStatus, Command, DisputeState, DonationId, FactSays,
    Identify, Method, PaymentReport, ProviderFact, ProviderTarget, ReceiveUnidentified, Refund, RefundReport,
    RefundScope, ReleaseSetAside, ReportPayment, ReturnUnidentified, SandboxCard, UpdateCause, Visibility,
};

use super::app::{App, Lived, made};
use super::{BANK, Cast, details, gift, to};
use crate::book::{self, cents};

pub(super) fn live(app: &mut App<'_>, cast: &Cast) -> Lived<()> {
    hear_too_early(app, cast)?;
    find_money(app, cast)?;
    close_cause(app, cast)?;
    give_up(app, cast)?;
    give_cash(app, cast)
}

fn begin(app: &mut App<'_>, key: &str, cast: &Cast, parts: &[(CauseId, i64)]) -> Lived<DonationId> {
    let begin = gift(key, cast.bob, to(parts), None);
    made(app.submit(Command::BeginDonation(begin))?.donation())
}

/// A refund, a dispute and the capture of a payment are told of before it is known which payment that is.
fn hear_too_early(app: &mut App<'_>, cast: &Cast) -> Lived<()> {
    let donation = begin(app, "order-3", cast, &[(cast.school, 3_100), (cast.forest, 1_900)])?;
    let payment = app.start("order-3-try-1", donation)?;
    let (of_payment, made_at) = (|| "pi_3".to_owned(), app.time());
    let fact = |object: &str, says| ProviderFact { object: object.into(), says };
    let refund = |report| FactSays::Refund {
        of_payment: of_payment(),
        refund: None,
        amount: cents(700),
        report,
        made_at,
    };
    let dispute = |state| {
        let amount = cents(2_500);
        fact("dispute_3", FactSays::Dispute { of_payment: of_payment(), amount, state, made_at })
    };
    app.hear("order-3-back", vec![fact("re_3", refund(RefundReport::Succeeded))])?;
    app.hear("order-3-disputed", vec![dispute(DisputeState::Opened)])?;
    let captured = Some(cents(5_000));
    let says = FactSays::Payment { payment: None, report: PaymentReport::Captured, captured };
    app.hear("order-3-captured", vec![fact("pi_3", says)])?;
    let fee = FactSays::Fee { of_payment: of_payment(), fee: cents(95) };
    app.hear("order-3-fee", vec![fact("fee_3", fee)])?;
    let to = ProviderTarget::Payment { payment };
    let attach = AttachObject { key: "order-3-attach".into(), object: "pi_3".into(), to };
    app.submit(Command::AttachObject(attach))?;
    app.hear("order-3-won", vec![dispute(DisputeState::Won)])?;
    app.send_messages()
}

/// Money of nobody: some of it turns out to be a gift, some goes back; and a capture of another amount than was meant.
fn find_money(app: &mut App<'_>, cast: &Cast) -> Lived<()> {
    let method = Method::Offline { bank: BANK.into() };
    let receive =
        ReceiveUnidentified { key: "found-1".into(), amount: cents(5_000), method, occurred_on: None };
    let item = made(app.submit(Command::ReceiveUnidentified(receive))?.suspense())?;
    app.submit(Command::Identify(Identify {
        key: "found-1-ada".into(),
        item,
        donor: cast.ada,
        designations: to(&[(cast.school, 3_000)]),
        tip: Some(cents(100)),
        occurred_on: None,
        visibility: Visibility::Anonymous,
        memo: Some("it was mine".into()),
    }))?;
    let (key, amount) = ("found-1-back".into(), cents(900));
    app.submit(Command::ReturnUnidentified(ReturnUnidentified { key, item, amount, occurred_on: None }))?;

    let donation = begin(app, "order-4", cast, &[(cast.forest, 2_000)])?;
    let payment = app.start("order-4-try-1", donation)?;
    let sent = app.paid(payment, cents(2_100), SandboxCard::AsksDonor);
    app.receive_all(&sent)
}

/// A cause is closed while money for it is on its way: the money is set aside, and then another cause's.
fn close_cause(app: &mut App<'_>, cast: &Cast) -> Lived<()> {
    let donation = begin(app, "order-5", cast, &[(cast.harbour, 2_000)])?;
    let payment = app.start("order-5-try-1", donation)?;
    let (key, status) = (Some("harbour-closed".into()), CauseStatus::Closed);
    let close = UpdateCause { key, cause: cast.harbour, details: details("harbour", "the past"), status };
    app.submit(Command::UpdateCause(close))?;
    let (key, report, fee) = ("order-5-captured".into(), PaymentReport::Captured, Some(cents(53)));
    let captured = ReportPayment { key, payment, report, fee, occurred_on: None };
    let item = made(app.submit(Command::ReportPayment(captured))?.suspense())?;
    let (key, amount) = ("order-5-released".into(), cents(1_900));
    let release = ReleaseSetAside { key, item, to: cast.forest, amount, occurred_on: None };
    app.submit(Command::ReleaseSetAside(release))?;
    Ok(())
}

/// A gift that is never paid.
fn give_up(app: &mut App<'_>, cast: &Cast) -> Lived<()> {
    let donation = begin(app, "order-6", cast, &[(cast.school, 1_000)])?;
    let payment = app.start("order-6-try-1", donation)?;
    let sent = app.paid(payment, cents(1_000), SandboxCard::InsufficientFunds);
    app.receive_all(&sent)?;
    app.submit(Command::CancelDonation(CancelDonation { key: "order-6-over".into(), donation }))?;
    Ok(())
}

/// A gift in cash, all of which goes back.
fn give_cash(app: &mut App<'_>, cast: &Cast) -> Lived<()> {
    let donate = book::gift("order-7", cast.ada, cast.forest, 1_200);
    let donation = made(app.submit(Command::Donate(donate))?.donation())?;
    let (scope, memo) = (RefundScope::Everything, None);
    let refund = Refund { key: "refund-4".into(), donation, scope, occurred_on: None, memo };
    app.submit(Command::Refund(refund))?;
    Ok(())
}
