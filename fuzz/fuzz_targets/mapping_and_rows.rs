//! Any mapping over any file: each row is counted once, a dry run counts what posting counts, and reading the same
//! again posts nothing.
#![no_main]

use ledger_core::{
    ImportError, ImportFlow, ImportMode, ImportReport, ImportWatch, Importer, Ledger, Mapping, Options,
    RejectedRow,
};
use ledger_fuzz::sound::{assert_sound, seq_of};
use libfuzzer_sys::fuzz_target;

// The first byte chooses a mapping that comes with the library; beyond those, one stands before the first zero byte.
fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let shipped = Mapping::shipped_names().into_iter().nth(usize::from(*choice)).and_then(Mapping::shipped);
    let (mapping, file) = match shipped {
        Some(shipped) => (shipped.expect("a mapping that ships"), bytes),
        None => {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            let (text, file) = bytes.split_at(end);
            let Ok(Ok(mapping)) = std::str::from_utf8(text).map(Mapping::parse) else { return };
            (mapping, file.get(1..).unwrap_or_default())
        }
    };
    let ledger = Ledger::in_memory(Options::new().entropy_seed(1)).expect("a new ledger");
    let dry = import(&ledger, &mapping, ImportMode::DryRun, file);
    assert_eq!(seq_of(&ledger), 0, "a dry run posts nothing");
    let posted = import(&ledger, &mapping, ImportMode::Post, file);
    assert_eq!(dry, posted, "a dry run says what posting does");
    assert_sound(&ledger);
    let seq = seq_of(&ledger);
    let again = import(&ledger, &mapping, ImportMode::Post, file);
    assert_eq!((seq_of(&ledger), again.rows), (seq, posted.rows), "the same rows again post nothing");
    assert_eq!((again.gifts, again.refunds, again.adjustments), (0, 0, 0));
});

fn import(ledger: &Ledger, mapping: &Mapping, mode: ImportMode, file: &[u8]) -> ImportReport {
    let mut importer = Importer::new(ledger, mapping.clone(), mode).expect("an importer");
    let mut told = Told(0);
    match importer.read(file, &mut told) {
        Ok(ImportFlow::Continue) | Err(ImportError::Truncated { .. } | ImportError::Mapping(_)) => {}
        other => panic!("{other:?}"),
    }
    let report = importer.report().clone();
    assert_eq!(report.counts().iter().map(|(_, count)| count).sum::<u64>(), report.rows, "{report:?}");
    assert_eq!(report.rejected + report.conflicts, told.0, "rows that were told");
    report
}

struct Told(u64);

impl ImportWatch for Told {
    fn rejected(&mut self, row: &RejectedRow) -> std::io::Result<()> {
        assert!(!row.reason.is_empty());
        self.0 += 1;
        Ok(())
    }

    fn progress(&mut self, _so_far: &ImportReport) -> ImportFlow {
        ImportFlow::Continue
    }
}
