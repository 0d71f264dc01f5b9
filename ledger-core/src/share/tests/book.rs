//! A book to share of, and what is read of a picture.

use crate::*;

pub(super) const LINK: &str = "https://example.org/give?cause=1&from=card";

pub(super) fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

pub(super) fn eur(text: &str) -> Amount {
    Amount::parse(text, currency("EUR")).unwrap()
}

/// A ledger, and how many keys it was given.
pub(super) struct Book {
    pub(super) ledger: Ledger,
    keys: std::cell::Cell<u32>,
}

impl Book {
    pub(super) fn new() -> Self {
        Self { ledger: Ledger::in_memory(Options::new()).unwrap(), keys: std::cell::Cell::new(0) }
    }

    pub(super) fn key(&self) -> String {
        self.keys.set(self.keys.get() + 1);
        format!("key-{}", self.keys.get())
    }

    pub(super) fn cause_of(&self, name: &str, currency: Currency, goal: Option<Amount>) -> CauseId {
        let details = CauseDetails { name: name.into(), goal, ..CauseDetails::default() };
        self.ledger.open_cause(OpenCause { key: None, currency, details }).unwrap().cause().unwrap()
    }

    pub(super) fn cause(&self, name: &str) -> CauseId {
        self.cause_of(name, currency("EUR"), None)
    }

    pub(super) fn donor(&self, standing: DonorStanding, name: Option<&str>) -> DonorId {
        let profile = DonorProfile { name: name.map(str::to_owned), ..DonorProfile::default() };
        let command = RegisterDonor { standing, profile, ..RegisterDonor::default() };
        self.ledger.register_donor(command).unwrap().donor().unwrap()
    }

    pub(super) fn named(&self, name: &str) -> DonorId {
        self.donor(DonorStanding::Registered, Some(name))
    }

    pub(super) fn gift(&self, donor: DonorId, visibility: Visibility, to: &[(CauseId, Amount)]) -> Donate {
        Donate {
            key: self.key(),
            donor,
            designations: to
                .iter()
                .map(|(cause, amount)| Designation { cause: *cause, amount: *amount })
                .collect(),
            tip: None,
            fee: None,
            fee_bearer: FeeBearer::Causes,
            method: Method::Processor { processor: "stripe".into() },
            occurred_on: None,
            visibility,
            memo: None,
        }
    }

    pub(super) fn give(
        &self,
        donor: DonorId,
        visibility: Visibility,
        to: &[(CauseId, Amount)],
    ) -> DonationId {
        self.ledger.donate(self.gift(donor, visibility, to)).unwrap().donation().unwrap()
    }

    pub(super) fn refund(&self, donation: DonationId, scope: RefundScope) {
        self.ledger
            .refund(Refund { key: self.key(), donation, scope, occurred_on: None, memo: None })
            .unwrap();
    }

    pub(super) fn card(&self, donation: DonationId) -> ShareCard {
        self.ledger.share_gift(donation, LINK).unwrap()
    }

    /// Why a gift has no card.
    pub(super) fn refused(&self, donation: DonationId) -> u16 {
        self.ledger.share_gift(donation, LINK).unwrap_err().code().number()
    }
}

/// The texts of a picture, in order. It must be a document of nothing but shapes and texts.
pub(super) fn texts(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let root = document.root_element();
    assert_eq!(
        (root.tag_name().name(), root.tag_name().namespace()),
        ("svg", Some("http://www.w3.org/2000/svg"))
    );
    assert_eq!((root.attribute("width"), root.attribute("height")), (Some("1200"), Some("630")));
    let children = || root.children().filter(|node| !node.is_text());
    let names = ["rect", "circle", "text"];
    assert!(children().all(|node| names.contains(&node.tag_name().name())), "{svg}");
    let texts = children().filter(|node| node.tag_name().name() == "text");
    texts.map(|node| node.text().unwrap().trim().to_owned()).collect()
}
