//! Cards to share a gift or a cause with.

use super::Ledger;
use crate::engine::error::LedgerError;
use crate::share::{self, ShareCard};
use crate::vocabulary::ids::{CauseId, DonationId};

impl Ledger {
    /// A card to share a cause with: its name, what was raised so far (gross less refunded and disputed), how far that is
    /// of its goal, if it has one, and how many gifts there were. It names no donor; but of a cause with one gift, what was
    /// raised is what that gift was. The link is yours, and stands in the card as it was given.
    ///
    /// Only with the feature `share`.
    ///
    /// ```
    /// use ledger_core::*;
    /// let ledger = Ledger::in_memory(Options::new())?;
    /// let eur: Currency = "EUR".parse()?;
    /// let goal = Some(Amount::parse("500.00", eur)?);
    /// let details = CauseDetails { name: "Wells for Kitui".into(), goal, ..CauseDetails::default() };
    /// let water = ledger.open_cause(OpenCause { key: None, currency: eur, details })?.cause().expect("opened");
    ///
    /// let card = ledger.share_cause(water, "https://example.org/water")?;
    /// assert_eq!(card.title, "Wells for Kitui");
    /// assert_eq!(card.text, "0.00 EUR of 500.00 EUR raised (0 %), 0 gifts.");
    /// assert!(card.svg.starts_with("<svg") && card.svg.contains("Wells for Kitui"));
    /// # Ok::<(), LedgerError>(())
    /// ```
    ///
    /// # Errors
    /// A link that is empty (1010), longer than 2,000 bytes (1011), or not of `http://` or `https://` without control
    /// characters, blanks, quotes and angle brackets (1012); an unknown cause (2002).
    pub fn share_cause(&self, cause: CauseId, link: &str) -> Result<ShareCard, LedgerError> {
        share::of_cause(self.view()?.as_ref(), cause, link)
    }

    /// A card to share a gift with. Of a public gift it tells who gave, where the donor has a name (see `public_gifts`),
    /// and what is left of the gift for each cause. Of an anonymous one it tells the names of the causes and nothing else:
    /// the cards of all anonymous gifts to the same causes are the same. Tips, days and words are on no card.
    ///
    /// Only with the feature `share`.
    ///
    /// ```
    /// use ledger_core::*;
    /// # let ledger = Ledger::in_memory(Options::new())?;
    /// # let eur: Currency = "EUR".parse()?;
    /// # let details = CauseDetails { name: "Wells for Kitui".into(), ..CauseDetails::default() };
    /// # let water = ledger.open_cause(OpenCause { key: None, currency: eur, details })?.cause().expect("opened");
    /// let profile = DonorProfile { name: Some("Ada Example".into()), ..DonorProfile::default() };
    /// let ada = ledger.register_donor(RegisterDonor { profile, ..RegisterDonor::default() })?;
    /// let mut gift = Donate {
    ///     key: "order-1".into(),
    ///     donor: ada.donor().expect("registered"),
    ///     designations: vec![Designation { cause: water, amount: Amount::parse("20.00", eur)? }],
    ///     tip: None,
    ///     fee: None,
    ///     fee_bearer: FeeBearer::Causes,
    ///     method: Method::Offline { bank: "main".into() },
    ///     occurred_on: None,
    ///     visibility: Visibility::Public,
    ///     memo: None,
    /// };
    /// let given = ledger.donate(gift.clone())?.donation().expect("given");
    /// let card = ledger.share_gift(given, "https://example.org/water")?;
    /// assert_eq!(card.title, "Ada Example gave 20.00 EUR");
    /// assert_eq!(card.text, "Ada Example gave 20.00 EUR to Wells for Kitui.");
    ///
    /// (gift.key, gift.visibility) = ("order-2".into(), Visibility::Anonymous);
    /// let given = ledger.donate(gift)?.donation().expect("given");
    /// let card = ledger.share_gift(given, "https://example.org/water")?;
    /// assert_eq!(card.text, "Somebody gave to Wells for Kitui.");
    /// # Ok::<(), LedgerError>(())
    /// ```
    ///
    /// # Errors
    /// A link as for `share_cause` (1010, 1011, 1012); an unknown donation (2003). A gift that is not there to be shown: it
    /// is not paid yet (3024), was taken back by a correction (3015), is with the donor's bank by a dispute (3031), or
    /// nothing is left of it for its causes (3006).
    pub fn share_gift(&self, donation: DonationId, link: &str) -> Result<ShareCard, LedgerError> {
        share::of_gift(self.view()?.as_ref(), self.keys().as_ref(), donation, link)
    }
}
