//! The step that imports rows: `import map=NAME`, then the rows of the file, each after `> `. In a row `\xFF`
//! is a byte, and `\` at its end leaves the line end out. With `gzip=cut` the file is packed and loses its end.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ledger_core::{
    ErrorCode, ImportFlow, ImportMode, ImportReport, ImportWatch, Importer, LedgerError, Mapping, RejectedRow,
};
use serde_json::json;

use super::commands::Fields;
use super::names::Names;
use super::parse::Step;
use super::played::{self, Played};

/// Keeps the lines about rejected rows.
#[derive(Default)]
struct Rejects {
    lines: Vec<String>,
    /// Line, code and reason of each, for other languages.
    told: Vec<(u64, u16, String)>,
}

impl ImportWatch for Rejects {
    fn rejected(&mut self, row: &RejectedRow) -> std::io::Result<()> {
        self.told.push((row.line, row.code.number(), row.reason.clone()));
        self.lines.push(format!("line {}: {}", row.line, error_line(row.code, &row.reason)));
        Ok(())
    }

    fn progress(&mut self, _so_far: &ImportReport) -> ImportFlow {
        ImportFlow::Continue
    }
}

/// Imports the rows of a step; answers the counts, each rejected row, and why it stopped.
pub fn act(ledger: &Played, names: &Names, step: &Step) -> Result<Vec<String>, LedgerError> {
    let fields = Fields::new(step, names);
    let map = fields.text("map").expect("import map=NAME");
    let mapping =
        Mapping::shipped(&map).expect("a mapping that comes with the library").expect("it can be read");
    let mut importer = Importer::new(ledger, mapping, ImportMode::Post)?;
    let mut file: Vec<u8> = step.body.iter().flat_map(|row| bytes_of(row)).collect();
    if fields.text("gzip").as_deref() == Some("cut") {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(&file).expect("packed");
        file = packer.finish().expect("packed");
        file.truncate(file.len() - 8);
    }
    let mut rejects = Rejects::default();
    let stopped = importer.read(file.as_slice(), &mut rejects).err();
    let report = importer.report();
    let told = stopped.as_ref().map(|error| played::refusal(error.code(), error));
    ledger.note(
        "import",
        json!([map, hex(&file)]),
        json!({ "report": report, "rejects": rejects.told, "stopped": told }),
    );
    let counts = report.counts().into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(name, count)| format!("{name} {count}")).collect();
    let mut lines = vec![format!("rows {}: {}", report.rows, counts.join(", "))];
    lines.extend(rejects.lines);
    lines.extend(stopped.map(|error| error_line(error.code(), &error.to_string())));
    Ok(lines)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn error_line(code: ErrorCode, message: &str) -> String {
    format!("error {} {}: {message}", code.number(), code.name())
}

fn bytes_of(row: &str) -> Vec<u8> {
    let (row, end) = row.strip_suffix('\\').map_or((row, "\n"), |open| (open, ""));
    let mut pieces = row.split("\\x");
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).expect("two digits after \\x"));
        bytes.extend(&piece.as_bytes()[2..]);
    }
    bytes.extend(end.as_bytes());
    bytes
}
