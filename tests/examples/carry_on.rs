//! Carries on with a ledger that other languages wrote: `tests/carry_on` says in which order.
//!
//! ```sh
//! cargo run -p ledger-tests --example carry_on -- FOLDER GIFTS KEY
//! ```
//! There must be so many gifts already, and the book must be whole; then one more is given.

use ledger_core::{
    Amount, CauseDetails, Designation, Donate, DonorProfile, FeeBearer, Ledger, Method, OpenCause, Options,
    RegisterDonor, Visibility,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, gifts, key] = arguments.as_slice() else { return Err("carry_on FOLDER GIFTS KEY".into()) };
    let ledger = Ledger::open(folder, Options::new())?;
    let found = (ledger.stats()?.donations.to_string(), ledger.audit()?.difference);
    if found != (gifts.clone(), None) {
        return Err(format!("wanted {gifts} gifts and a whole book, found {found:?}").into());
    }
    let euros = "EUR".parse()?;
    let known = (ledger.donor_by_external_id("ada")?, ledger.cause_by_external_id("wells")?);
    let (donor, cause) = if let (Some(donor), Some(cause)) = known {
        (donor.id, cause.id)
    } else {
        let profile = DonorProfile {
            name: Some("Ada".into()),
            external_id: Some("ada".into()),
            ..DonorProfile::default()
        };
        let details = CauseDetails {
            name: "Wells".into(),
            external_id: Some("wells".into()),
            ..CauseDetails::default()
        };
        let donor = ledger.register_donor(RegisterDonor { profile, ..RegisterDonor::default() })?;
        let cause = ledger.open_cause(OpenCause { key: None, currency: euros, details })?;
        (donor.donor().ok_or("no donor")?, cause.cause().ok_or("no cause")?)
    };
    ledger.donate(Donate {
        key: key.clone(),
        donor,
        designations: vec![Designation { cause, amount: Amount::parse("1.00", euros)? }],
        tip: None,
        fee: None,
        fee_bearer: FeeBearer::Causes,
        method: Method::Offline { bank: "main".into() },
        occurred_on: None,
        visibility: Visibility::Public,
        memo: Some(format!("from {key}")),
    })?;
    ledger.close()?;
    Ok(())
}
