//! The whole life of several gifts, as an app plays it through the public API: what donors and the app do, and what a
//! provider says, each call with a key of its own. The life is the app's list of what it wants done. After a crash it
//! plays all of it again from the start, as a provider and an app that retry do, and must come to the same end.

mod abroad;
mod app;
mod end;
mod first_gift;
mod unexpected;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use ledger_core::{
    Amount, BeginDonation, CauseDetails, CauseId, CausePolicies, CauseStatus, ClosedCause, Command,
    Designation, DonorId, FeeBearer, Ledger, NegativeCause, OpenCause, Options, RegisterDonor,
    SetCausePolicies, UpdateCause, Visibility,
};

pub use self::app::Told;
use self::app::{App, Lived, made};
pub use self::end::End;
use crate::book::{cents, euro, profile};

/// The account at the provider.
const SANDBOX: &str = "sandbox";
/// The account at the bank.
const BANK: &str = "main";
/// Who sends messages about what happened.
const MAILER: &str = "mailer";
/// When the life begins, in microseconds since 1970; it is over on the same day.
const BEGINNING: i64 = 1_767_258_000_000_000;

/// A clock that stands where the life begins.
pub fn clock() -> Arc<AtomicI64> {
    Arc::new(AtomicI64::new(BEGINNING))
}

/// How the ledger is opened: small, so that a life has checkpoints, and with the same ids whenever it is played.
pub fn options(clock: &Arc<AtomicI64>) -> Options {
    let small = Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10).checkpoint_records(20);
    small.entropy_seed(7).clock_set_by(Arc::clone(clock))
}

/// Plays the whole life. Says what it was told after each call, and gives the notices of which messages were sent.
pub fn live(
    ledger: &Ledger,
    clock: &AtomicI64,
    told: &mut dyn FnMut(Told),
) -> Result<BTreeSet<String>, String> {
    let mut app = App::begin(ledger, clock, told);
    let cast = introduce(&mut app)?;
    first_gift::live(&mut app, &cast)?;
    tell_news(&mut app, &cast, "spring")?;
    abroad::live(&mut app, &cast)?;
    tell_news(&mut app, &cast, "summer")?;
    unexpected::live(&mut app, &cast)?;
    app.send_messages()?;
    Ok(app.sent)
}

/// Who takes part.
struct Cast {
    ada: DonorId,
    bob: DonorId,
    water: CauseId,
    school: CauseId,
    forest: CauseId,
    harbour: CauseId,
}

/// What is said of a cause, at such length that a life needs a second segment.
fn details(name: &str, news: &str) -> CauseDetails {
    let description = Some(format!("{name} in {news} ").repeat(200));
    CauseDetails { name: name.into(), external_id: Some(name.into()), description, ..CauseDetails::default() }
}

/// Causes in one group, donors, and what is to happen when a cause owes money or is closed.
fn introduce(app: &mut App<'_>) -> Lived<Cast> {
    let open = |name: &str| {
        let goal = (name == "water").then(|| cents(3_000));
        let details = CauseDetails { goal, ..details(name, "winter") };
        Command::OpenCause(OpenCause { key: Some(name.into()), currency: euro(), details })
    };
    let opened = app.submit_all(["water", "school", "forest", "harbour"].map(open).into())?;
    let causes: Vec<CauseId> = opened.iter().filter_map(ledger_core::Committed::cause).collect();
    let [water, school, forest, harbour] = causes[..] else { return Err(format!("opened {causes:?}")) };
    let mut register = |name: &str| {
        let donor =
            RegisterDonor { key: Some(name.into()), profile: profile(name), ..RegisterDonor::default() };
        made(app.submit(Command::RegisterDonor(donor))?.donor())
    };
    let (ada, bob) = (register("ada")?, register("bob")?);
    let policies =
        CausePolicies { on_negative: NegativeCause::AllowAsReceivable, ..CausePolicies::default() };
    let of_all = SetCausePolicies { key: "policies".into(), cause: None, policies };
    app.submit(Command::SetCausePolicies(of_all))?;
    let policies = CausePolicies { on_closed: ClosedCause::SetAside, ..policies };
    let of_harbour = SetCausePolicies { key: "policies-harbour".into(), cause: Some(harbour), policies };
    app.submit(Command::SetCausePolicies(of_harbour))?;
    Ok(Cast { ada, bob, water, school, forest, harbour })
}

/// Every cause that is open says something new, all in one group.
fn tell_news(app: &mut App<'_>, cast: &Cast, news: &str) -> Lived<()> {
    let update = |(name, cause): (&str, CauseId)| {
        let (key, status) = (Some(format!("{name}-{news}")), CauseStatus::Open);
        Command::UpdateCause(UpdateCause { key, cause, details: details(name, news), status })
    };
    let causes = [("water", cast.water), ("school", cast.school), ("forest", cast.forest)];
    app.submit_all(causes.map(update).into())?;
    Ok(())
}

/// Cents to causes.
fn to(parts: &[(CauseId, i64)]) -> Vec<Designation> {
    parts.iter().map(|(cause, minor)| Designation { cause: *cause, amount: cents(*minor) }).collect()
}

/// A gift that is still to be paid, with words of the donor's.
fn gift(key: &str, donor: DonorId, designations: Vec<Designation>, tip: Option<Amount>) -> BeginDonation {
    BeginDonation {
        key: key.into(),
        donor,
        designations,
        tip,
        fee_bearer: FeeBearer::Causes,
        visibility: Visibility::Public,
        memo: Some(format!("words with {key} ").repeat(40)),
    }
}
