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
use crate::records::history::Place;
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

/// The donor now, and the places of all lines, oldest first.
pub fn held(view: &dyn View, keys: &dyn Keys, donor: DonorId) -> Result<(Donor, Vec<Place>), LedgerError> {
    let known = queries::donor(view, keys, donor)?.ok_or(Rejection::UnknownDonor { donor })?;
    let mut places = PlaceReader::open(view, &HistoryOf::Donor(donor))?;
    let all = (0..places.count()).map(|index| places.at(index)).collect::<Result<_, _>>()?;
    Ok((known, all))
}

/// The line of a place, with what is held of it.
pub fn held_line(view: &dyn View, keys: &dyn Keys, place: Place) -> Result<HeldLine, LedgerError> {
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
    Ok(HeldLine { line, key: record.key, profile, memo })
}
