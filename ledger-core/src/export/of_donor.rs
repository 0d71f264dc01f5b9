//! All that is held about one donor, as one JSON document.

use std::io::Write;

use serde::Serialize;

use super::write_failed;
use crate::engine::error::LedgerError;
use crate::ledger::Ledger;
use crate::vocabulary::ids::DonorId;

/// Lines that are read at once.
const AT_ONCE: usize = 100;

impl Ledger {
    /// Writes all that is held about a donor as one JSON document, for whoever asks what is known of them (GDPR,
    /// article 15): `donor` as it is now, with totals; `history`, oldest first, each line with the profile or the
    /// words that were given with it, and the app's key; `seq`, the last record that was looked at. Returns how
    /// many lines there are. Of an erased donor it shows what is left: ids and money; so do the lines that are written
    /// after an erasure that comes meanwhile. `out` may call the ledger, and wait.
    ///
    /// ```
    /// use ledger_core::*;
    /// let ledger = Ledger::in_memory(Options::new())?;
    /// let profile = DonorProfile { name: Some("Ada".into()), ..DonorProfile::default() };
    /// let command = RegisterDonor { profile, ..RegisterDonor::default() };
    /// let ada = ledger.register_donor(command)?.donor().expect("registered");
    /// let mut document = Vec::new();
    /// assert_eq!(ledger.export_donor(ada, &mut document)?, 1);
    /// assert!(String::from_utf8_lossy(&document).contains(r#""name": "Ada""#));
    /// # Ok::<(), LedgerError>(())
    /// ```
    pub fn export_donor(&self, donor: DonorId, out: &mut dyn Write) -> Result<u64, LedgerError> {
        let (donor, places, seq) = self.held(donor)?;
        write!(out, "{{\n\"donor\": {},\n\"history\": [", json(&donor)?).map_err(write_failed)?;
        let (mut lines, mut comma) = (0_u64, "");
        // What is written to may wait for another call on this ledger: nothing of it is held meanwhile.
        for some in places.chunks(AT_ONCE) {
            for line in self.held_lines(some)? {
                write!(out, "{comma}\n{}", json(&line)?).map_err(write_failed)?;
                (lines, comma) = (lines.saturating_add(1), ",");
            }
        }
        write!(out, "\n],\n\"seq\": {seq}\n}}\n").map_err(write_failed)?;
        out.flush().map_err(write_failed)?;
        Ok(lines)
    }
}

fn json(value: &impl Serialize) -> Result<String, LedgerError> {
    serde_json::to_string_pretty(value).map_err(|error| write_failed(error.into()))
}
