//! A small book of gifts, refunds, adjustments and takeovers, for tests that break things afterwards.

use ledger_core::{
    Adjust, AdjustmentReason, Amount, Attribute, CauseDetails, CauseId, CauseStatus, Currency, Designation,
    Donate, DonorId, DonorKind, DonorProfile, EntryKind, FeeBearer, Ledger, Method, OpenCause, RecordedAs,
    Refund, RefundScope, RegisterDonor, TakeOver, UpdateCause, UpdateDonor, Visibility,
};

/// What is in the book.
pub struct Book {
    /// The donors, one of them with a profile that was changed.
    pub donors: Vec<DonorId>,
    /// The causes, all in euro.
    pub causes: Vec<CauseId>,
    /// Every key that was claimed.
    pub keys: Vec<String>,
}

/// The currency of the book.
pub fn euro() -> Currency {
    "EUR".parse().unwrap()
}

/// An amount in cents.
pub fn cents(minor: i64) -> Amount {
    Amount::from_minor(minor, euro()).unwrap()
}

/// Opens a cause.
pub fn cause(ledger: &Ledger, name: &str) -> CauseId {
    let details = CauseDetails {
        name: name.into(),
        external_id: Some(format!("cause {name}")),
        ..CauseDetails::default()
    };
    let command = OpenCause { key: None, currency: euro(), details };
    ledger.open_cause(command).unwrap().cause().unwrap()
}

/// A profile with something in every field, all of it telling of `name`.
pub fn profile(name: &str) -> DonorProfile {
    DonorProfile {
        name: Some(format!("{name} Lovelace-Quartermain")),
        email: Some(format!("{name}.Quartermain@Mail.example.org")),
        external_id: Some(format!("member-of-the-app-{name}")),
        date_of_birth: Some("1915-12-10".parse().unwrap()),
        location: Some(format!("Ockham Park near {name}")),
        attributes: vec![Attribute {
            name: format!("shoe size of {name}"),
            value: format!("thirty-nine as {name} says"),
        }],
    }
}

/// Registers a donor with a profile.
pub fn donor(ledger: &Ledger, name: &str) -> DonorId {
    let command = RegisterDonor { profile: profile(name), ..RegisterDonor::default() };
    ledger.register_donor(command).unwrap().donor().unwrap()
}

/// A gift to one cause.
pub fn gift(key: &str, donor: DonorId, cause: CauseId, minor: i64) -> Donate {
    Donate {
        key: key.into(),
        donor,
        designations: vec![Designation { cause, amount: cents(minor) }],
        tip: None,
        fee: None,
        fee_bearer: FeeBearer::Causes,
        method: Method::Offline { bank: "main".into() },
        occurred_on: None,
        visibility: Visibility::Public,
        memo: None,
    }
}

/// Writes a book with this many gifts into a ledger.
pub fn write(ledger: &Ledger, gifts: u32) -> Book {
    let causes = vec![cause(ledger, "water"), cause(ledger, "school"), cause(ledger, "roof")];
    let donors = vec![donor(ledger, "ada"), donor(ledger, "bob"), donor(ledger, "eve")];
    let mut book = Book { donors, causes, keys: Vec::new() };
    for number in 0..gifts {
        let key = format!("gift-{number}");
        book.donate(ledger, &key, number);
    }
    book.change_who_and_what(ledger);
    book.move_money(ledger);
    book
}

impl Book {
    /// One more gift: to two causes, with tip, fee and memo; every seventh is given back in part.
    pub fn donate(&mut self, ledger: &Ledger, key: &str, number: u32) {
        let pick = |length: usize| usize::try_from(number).unwrap() % length;
        let (donor, first) = (self.donors[pick(self.donors.len())], pick(self.causes.len()));
        let second = Designation { cause: self.causes[(first + 1) % self.causes.len()], amount: cents(101) };
        let mut command = gift(key, donor, self.causes[first], 1_000 + i64::from(number));
        command.designations.push(second);
        command.tip = Some(cents(50));
        command.fee = Some(cents(33));
        command.memo = Some(format!("in memory of number {number}"));
        let donation = ledger.donate(command).unwrap().donation().unwrap();
        self.keys.push(key.into());
        if number % 7 == 3 {
            let (key, amount) = (format!("back-{key}"), cents(250));
            let refund = Refund {
                key: key.clone(),
                donation,
                scope: RefundScope::Proportional { amount },
                occurred_on: None,
                memo: Some(format!("regrets number {number}")),
            };
            ledger.refund(refund).unwrap();
            self.keys.push(key);
        }
    }

    fn change_who_and_what(&mut self, ledger: &Ledger) {
        let profile = DonorProfile { email: Some("Moved.Elsewhere@example.net".into()), ..profile("ada") };
        let update = UpdateDonor { key: Some("moved".into()), donor: self.donors[0], profile };
        ledger.update_donor(update).unwrap();
        let details = CauseDetails { name: "Slates".into(), ..CauseDetails::default() };
        let update = UpdateCause {
            key: Some("renamed".into()),
            cause: self.causes[2],
            details,
            status: CauseStatus::Open,
        };
        ledger.update_cause(update).unwrap();
        self.keys.extend(["moved".into(), "renamed".into()]);
    }

    fn move_money(&mut self, ledger: &Ledger) {
        let adjust = Adjust {
            entry: EntryKind::Ordinary,
            key: "adjusted".into(),
            donor: self.donors[1],
            cause: self.causes[0],
            amount: cents(77),
            reason: AdjustmentReason::RedesignatedIn,
            method: Method::Imported,
            occurred_on: None,
            memo: Some("by word of bob".into()),
        };
        ledger.adjust(adjust).unwrap();
        let row = TakeOver {
            key: "row-1".into(),
            recorded_as: RecordedAs::Gift,
            donor_external_id: "passport-of-the-count".into(),
            donor_kind: DonorKind::Organisation,
            donor_name: Some("Count Orlok".into()),
            cause_external_id: "cause water".into(),
            cause_name: None,
            currency: euro(),
            amount: Some(cents(4_242)),
            occurred_on: Some("2020-02-29".parse().unwrap()),
            memo: Some("from the castle".into()),
        };
        ledger.take_over(row).unwrap();
        self.keys.extend(["adjusted".into(), "row-1".into()]);
    }
}
