//! All that is held about one donor: every line of the history, with what is sealed in its record.

use serde::Serialize;

use super::error::LedgerError;
use super::history::{history_line, record_at};
use super::history_line::{HistoryLine, LineKind};
use super::places::PlaceReader;
use super::queries::{self, Donor};
use crate::giving::donor::DonorProfile;
use crate::machine::personal::Personal;
use crate::machine::rejection::Rejection;
use crate::records::row::HistoryOf;
use crate::records::sealing;
use crate::storage::{Keys, View};
use crate::vocabulary::ids::DonorId;

/// A line of a donor's history with everything that its record holds of the donor. It has no debug form: it is
/// all personal.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HeldLine {
    /// What happened.
    #[serde(flatten)]
    pub line: HistoryLine,
    /// The app's key of the act.
    pub key: Option<String>,
    /// The profile as it was given then; the records of earlier ones stay.
    pub profile: Option<DonorProfile>,
    /// The words that were given with it.
    pub memo: Option<String>,
}

/// A part of what is held.
pub enum Held {
    /// The donor now: first, and once.
    Donor(Box<Donor>),
    /// A line, oldest first.
    Line(Box<HeldLine>),
}

/// Visits the donor, then all lines.
pub fn each_held(
    view: &dyn View,
    keys: &dyn Keys,
    donor: DonorId,
    each: &mut dyn FnMut(Held) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let known = queries::donor(view, keys, donor)?.ok_or(Rejection::UnknownDonor { donor })?;
    each(Held::Donor(Box::new(known)))?;
    let mut places = PlaceReader::open(view, &HistoryOf::Donor(donor))?;
    for index in 0..places.count() {
        let place = places.at(index)?;
        let record = record_at(view, place)?;
        let line = history_line(view, record.told(), place, None)?;
        let is_about_profile = matches!(line.kind, LineKind::DonorRegistered | LineKind::DonorUpdated);
        // The words in the record of a correction were given with what is right.
        let has_words = !is_about_profile && line.kind != LineKind::Reversal;
        let (mut profile, mut memo) = (None, None);
        for field in record.sealed.iter().filter(|field| Some(field.donor) == line.donor) {
            match sealing::open(field, keys)? {
                Some(Personal::Profile { profile: given, .. }) if is_about_profile => profile = Some(given),
                Some(Personal::Memo { text }) if has_words => memo = Some(text),
                Some(Personal::Profile { .. } | Personal::Memo { .. }) | None => {}
            }
        }
        each(Held::Line(Box::new(HeldLine { line, key: record.key, profile, memo })))?;
    }
    Ok(())
}
