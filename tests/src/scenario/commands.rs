//! From steps to commands.

use core::cell::RefCell;
use core::str::FromStr;
use std::collections::BTreeSet;

use ledger_core::{
    Adjust, AdjustmentReason, Amount, Attribute, BeginEpoch, CauseDetails, CauseStatus, ClosePeriod, Command,
    Currency, Date, Designation, Donate, DonorKind, DonorProfile, DonorStanding, EntryKind, EraseDonor,
    ErasureReason, FeeBearer, IdError, LedgerError, MergeDonors, Method, OpenCause, Reallocate, RecordedAs,
    Refund, RefundScope, RegisterDonor, TakeOver, UndoMerge, UpdateCause, UpdateDonor, Visibility,
};

use super::names::Names;
use super::parse::Step;
use super::payments;
use super::{corrections, disputes, facts, settlements};

/// The verbs that make a command.
pub const VERBS: [&str; 15] = [
    "begin_epoch",
    "donor",
    "update_donor",
    "cause",
    "update_cause",
    "donate",
    "refund",
    "adjust",
    "takeover",
    "reallocate",
    "close_period",
    "erase",
    "correct",
    "merge",
    "undo_merge",
];

/// Whether a verb makes a command.
pub fn makes_command(verb: &str) -> bool {
    let of_others = [&payments::VERBS[..], &disputes::VERBS[..], &facts::VERBS[..], &settlements::VERBS[..]];
    VERBS.contains(&verb) || of_others.iter().any(|verbs| verbs.contains(&verb))
}

/// The fields of a step, each asked for by name.
pub struct Fields<'a> {
    step: &'a Step,
    names: &'a Names,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Fields<'a> {
    /// The fields of a step.
    pub fn new(step: &'a Step, names: &'a Names) -> Self {
        Self { step, names, asked: RefCell::default() }
    }

    /// The text of a field.
    pub fn text(&self, name: &str) -> Option<String> {
        self.asked.borrow_mut().insert(name.to_owned());
        let found = self.step.fields.iter().find(|(each, _)| each == name);
        found.map(|(_, value)| value.clone())
    }

    /// The number of a field.
    pub fn number<T: FromStr>(&self, name: &str) -> Option<T> {
        let parse = |text: String| text.parse().ok().expect("a number");
        self.text(name).map(parse)
    }

    /// The date of a field.
    pub fn date(&self, name: &str) -> Result<Option<Date>, LedgerError> {
        Ok(self.text(name).map(|text| text.parse()).transpose()?)
    }

    /// The id of a field, by name or spelled out.
    pub fn id<T: FromStr<Err = IdError>>(&self, name: &str) -> Result<T, LedgerError> {
        Ok(self.names.id(&self.text(name).unwrap_or_default()).parse()?)
    }

    /// What a field names, as an id if it is a name.
    pub fn known_as(&self, name: &str) -> String {
        self.names.id(&self.text(name).unwrap_or_default()).to_owned()
    }

    /// The id of the first word after the verb.
    pub fn first_id<T: FromStr<Err = IdError>>(&self) -> Result<T, LedgerError> {
        let word = self.step.words.first().map(String::as_str);
        Ok(self.names.id(word.unwrap_or_default()).parse()?)
    }

    /// The currency of the step's amounts: its field `currency`, or EUR.
    pub fn currency(&self) -> Result<Currency, LedgerError> {
        let code = self.text("currency").unwrap_or_else(|| "EUR".to_owned());
        Ok(code.parse()?)
    }

    /// The amount of a field, in the step's currency unless it says another.
    pub fn amount(&self, name: &str) -> Result<Option<Amount>, LedgerError> {
        let currency = self.currency()?;
        self.text(name).map(|text| amount(&text, currency)).transpose()
    }

    /// The fields that nobody asked for: causes with amounts.
    pub fn designations(&self) -> Result<Vec<Designation>, LedgerError> {
        let currency = self.currency()?;
        let asked = self.asked.borrow().clone();
        let others = self.step.fields.iter().filter(|(name, _)| !asked.contains(name));
        others
            .map(|(name, value)| {
                self.asked.borrow_mut().insert(name.clone());
                let cause = self.names.id(name).parse()?;
                let amount = amount(value, currency)?;
                Ok(Designation { cause, amount })
            })
            .collect()
    }

    /// Who bears a fee.
    pub fn bearer(&self) -> FeeBearer {
        match self.text("bearer").as_deref() {
            None | Some("causes") => FeeBearer::Causes,
            Some("platform") => FeeBearer::Platform,
            Some(other) => panic!("bearer={other}?"),
        }
    }

    /// Whether the donor may be named.
    pub fn visibility(&self) -> Visibility {
        match self.text("visibility").as_deref() {
            None | Some("public") => Visibility::Public,
            Some("anonymous") => Visibility::Anonymous,
            Some(other) => panic!("visibility={other}?"),
        }
    }

    fn attributes(&self) -> Vec<Attribute> {
        let attribute = |(name, value): &(String, String)| {
            let name = name.strip_prefix("attr.")?.to_owned();
            self.asked.borrow_mut().insert(format!("attr.{name}"));
            let value = value.clone();
            Some(Attribute { name, value })
        };
        self.step.fields.iter().filter_map(attribute).collect()
    }

    /// No field may be left that nobody asked for: it would be a slip of the pen.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for (name, _) in &self.step.fields {
            assert!(asked.contains(name), "line {}: field {name}?", self.step.line);
        }
    }

    /// As `finish`, where these are asked for later.
    pub fn finish_after(&self, later: &[&str]) {
        self.asked.borrow_mut().extend(later.iter().map(|&name| name.to_owned()));
        self.finish();
    }

    fn has_word(&self, word: &str) -> bool {
        self.step.words.iter().any(|each| each == word)
    }
}

pub(super) fn amount(text: &str, currency: Currency) -> Result<Amount, LedgerError> {
    match text.split_once(' ') {
        Some((number, code)) => Ok(Amount::parse(number, code.parse()?)?),
        None => Ok(Amount::parse(text, currency)?),
    }
}

/// The command of a step.
pub fn command(step: &Step, names: &Names) -> Result<Command, LedgerError> {
    let fields = Fields::new(step, names);
    let command = match step.verb.as_str() {
        verb if payments::VERBS.contains(&verb) => payments::command(&fields, verb)?,
        verb if disputes::VERBS.contains(&verb) => disputes::command(&fields, verb)?,
        verb if facts::VERBS.contains(&verb) => facts::command(&fields, verb, &step.body, names)?,
        verb if settlements::VERBS.contains(&verb) => settlements::command(&fields, &step.body, names)?,
        "donor" => Command::RegisterDonor(register_donor(&fields)?),
        "update_donor" => Command::UpdateDonor(UpdateDonor {
            key: fields.text("key"),
            donor: fields.first_id()?,
            profile: profile(&fields)?,
        }),
        "cause" => Command::OpenCause(OpenCause {
            key: fields.text("key"),
            currency: fields.currency()?,
            details: details(&fields)?,
        }),
        "update_cause" => Command::UpdateCause(UpdateCause {
            key: fields.text("key"),
            cause: fields.first_id()?,
            details: details(&fields)?,
            status: cause_status(fields.text("status").as_deref()),
        }),
        "donate" => Command::Donate(donate(&fields)?),
        "refund" => Command::Refund(refund(&fields)?),
        "adjust" => Command::Adjust(adjust(&fields)?),
        "reallocate" => Command::Reallocate(reallocate(&fields)?),
        "erase" => Command::EraseDonor(EraseDonor {
            key: fields.text("key"),
            donor: fields.first_id()?,
            reason: erasure_reason(&fields.text("reason").unwrap_or_default()),
        }),
        "merge" => Command::MergeDonors(MergeDonors {
            key: fields.text("key"),
            keep: fields.id("keep")?,
            gone: fields.id("gone")?,
        }),
        "undo_merge" => Command::UndoMerge(UndoMerge { key: fields.text("key"), gone: fields.id("gone")? }),
        "begin_epoch" => Command::BeginEpoch(BeginEpoch { key: fields.text("key") }),
        "correct" => Command::Correct(corrections::correct(&fields)?),
        "close_period" => Command::ClosePeriod(ClosePeriod {
            key: fields.text("key").unwrap_or_default(),
            through: fields.date("through")?.expect("through=DAY"),
        }),
        "takeover" => Command::TakeOver(take_over(&fields)?),
        other => panic!("line {}: {other:?} makes no command", step.line),
    };
    fields.finish();
    Ok(command)
}

fn register_donor(fields: &Fields<'_>) -> Result<RegisterDonor, LedgerError> {
    Ok(RegisterDonor {
        key: fields.text("key"),
        kind: donor_kind(fields.text("kind").as_deref()),
        standing: match fields.text("standing").as_deref() {
            None | Some("registered") => DonorStanding::Registered,
            Some("guest") => DonorStanding::Guest,
            Some("anonymous") => DonorStanding::Anonymous,
            Some(other) => panic!("standing={other}?"),
        },
        profile: profile(fields)?,
    })
}

fn donor_kind(word: Option<&str>) -> DonorKind {
    match word {
        None | Some("person") => DonorKind::Person,
        Some("organisation") => DonorKind::Organisation,
        Some(other) => panic!("kind={other}?"),
    }
}

fn profile(fields: &Fields<'_>) -> Result<DonorProfile, LedgerError> {
    Ok(DonorProfile {
        name: fields.text("name"),
        email: fields.text("email"),
        external_id: fields.text("external_id"),
        date_of_birth: fields.date("born")?,
        location: fields.text("location"),
        attributes: fields.attributes(),
    })
}

fn details(fields: &Fields<'_>) -> Result<CauseDetails, LedgerError> {
    let own_name = fields.step.words.first().cloned().unwrap_or_default();
    Ok(CauseDetails {
        name: fields.text("name").unwrap_or(own_name),
        description: fields.text("description"),
        external_id: fields.text("external_id"),
        goal: fields.amount("goal")?,
        opens_on: fields.date("opens")?,
        closes_on: fields.date("closes")?,
    })
}

fn cause_status(word: Option<&str>) -> CauseStatus {
    match word {
        None | Some("open") => CauseStatus::Open,
        Some("paused") => CauseStatus::Paused,
        Some("closed") => CauseStatus::Closed,
        Some(other) => panic!("status={other}?"),
    }
}

pub(super) fn donate(fields: &Fields<'_>) -> Result<Donate, LedgerError> {
    Ok(Donate {
        key: fields.text("key").unwrap_or_default(),
        donor: fields.id("donor")?,
        tip: fields.amount("tip")?,
        fee: fields.amount("fee")?,
        fee_bearer: fields.bearer(),
        method: method(fields.text("method").as_deref()),
        occurred_on: fields.date("on")?,
        visibility: fields.visibility(),
        memo: fields.text("memo"),
        // Last: whatever nobody asked for before is a cause.
        designations: fields.designations()?,
    })
}

pub(super) fn method(word: Option<&str>) -> Method {
    let word = word.unwrap_or("offline:main");
    let bank = |bank: &str| bank.to_owned();
    match word.split_once(':') {
        Some(("offline", name)) => Method::Offline { bank: bank(name) },
        Some(("captured_elsewhere", name)) => Method::CapturedElsewhere { bank: bank(name) },
        Some(("processor", name)) => Method::Processor { processor: name.to_owned() },
        Some(("identified", item)) => Method::Identified { item: item.parse().expect("an id") },
        None if word == "imported" => Method::Imported,
        _ => panic!("method={word}?"),
    }
}

pub(super) fn refund(fields: &Fields<'_>) -> Result<Refund, LedgerError> {
    let (key, donation) = (fields.text("key").unwrap_or_default(), fields.id("of")?);
    let (occurred_on, memo) = (fields.date("on")?, fields.text("memo"));
    let amount = fields.amount("amount")?;
    let scope = match amount {
        Some(amount) => RefundScope::Proportional { amount },
        None if fields.has_word("from") => RefundScope::Causes { from: fields.designations()? },
        None => {
            assert!(fields.has_word("everything"), "line {}: how much?", fields.step.line);
            RefundScope::Everything
        }
    };
    Ok(Refund { key, donation, scope, occurred_on, memo })
}

fn reason(word: &str) -> AdjustmentReason {
    let found = AdjustmentReason::ALL.into_iter().find(|reason| reason.word() == word);
    found.unwrap_or_else(|| panic!("reason={word}?"))
}

pub(super) fn adjust(fields: &Fields<'_>) -> Result<Adjust, LedgerError> {
    Ok(Adjust {
        key: fields.text("key").unwrap_or_default(),
        donor: fields.id("donor")?,
        cause: fields.id("cause")?,
        amount: fields.amount("amount")?.expect("an adjustment has an amount"),
        reason: reason(&fields.text("reason").unwrap_or_default()),
        method: method(fields.text("method").as_deref()),
        occurred_on: fields.date("on")?,
        entry: entry(fields),
        memo: fields.text("memo"),
    })
}

fn erasure_reason(word: &str) -> ErasureReason {
    let found = ErasureReason::ALL.into_iter().find(|reason| reason.word() == word);
    found.unwrap_or_else(|| panic!("reason={word}?"))
}

pub(super) fn entry(fields: &Fields<'_>) -> EntryKind {
    match fields.text("entry").as_deref() {
        None | Some("ordinary") => EntryKind::Ordinary,
        Some("adjusting") => EntryKind::Adjusting,
        Some(other) => panic!("entry={other}?"),
    }
}

pub(super) fn reallocate(fields: &Fields<'_>) -> Result<Reallocate, LedgerError> {
    Ok(Reallocate {
        key: fields.text("key").unwrap_or_default(),
        from: fields.id("from")?,
        to: fields.id("to")?,
        amount: fields.amount("amount")?.expect("a reallocation has an amount"),
        occurred_on: fields.date("on")?,
        entry: entry(fields),
    })
}

fn take_over(fields: &Fields<'_>) -> Result<TakeOver, LedgerError> {
    let word = fields.text("as").unwrap_or_default();
    let recorded_as = match word.split_once(':') {
        Some(("adjustment", why)) => RecordedAs::Adjustment { reason: reason(why) },
        None if word == "gift" => RecordedAs::Gift,
        None if word == "nothing" => RecordedAs::Nothing,
        _ => panic!("as={word}?"),
    };
    Ok(TakeOver {
        key: fields.text("key").unwrap_or_default(),
        recorded_as,
        donor_external_id: fields.text("donor").unwrap_or_default(),
        donor_kind: donor_kind(fields.text("donor_kind").as_deref()),
        donor_name: fields.text("donor_name"),
        cause_external_id: fields.text("cause").unwrap_or_default(),
        cause_name: fields.text("cause_name"),
        currency: fields.currency()?,
        amount: fields.amount("amount")?,
        occurred_on: fields.date("on")?,
        memo: fields.text("memo"),
    })
}
