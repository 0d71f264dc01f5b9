//! Rows of a delimited file, plain or gzip, with the bytes that each was read from.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::mapping::{Mapping, MappingError};

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its fields.
    pub fields: csv::ByteRecord,
    /// The bytes that it was read from, without the line end.
    pub original: Vec<u8>,
    /// How the row ends.
    pub end: RowEnd,
    /// Whether its quotes can be believed.
    pub quotes: Quotes,
}

/// Whether the quotes of a row can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// Each field that begins with a quote ends with one.
    Closed,
    /// One is open at the end of the file or for too long, or closes within a field. The row is the one line on
    /// which it begins; what follows is read as rows of their own.
    Open,
}

/// How a row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowEnd {
    /// With a line end.
    LineEnd,
    /// With the file.
    FileEnd,
}

/// Why there are no more rows.
#[derive(Debug, PartialEq, Eq)]
pub enum RowsEnd {
    /// The file was read to its end.
    Complete,
    /// It cannot be read any further.
    Failed(String),
}

/// Why there are no rows.
pub enum NoRows {
    /// The file is not what the mapping expects.
    Unfit(MappingError),
    /// Not even its beginning can be read.
    Unreadable(String),
}

/// Rows in the order of the file.
pub struct Rows<R: Read> {
    /// Reads on; taken apart only to begin anew behind a line with an open quote.
    reader: Option<csv::Reader<Kept<Source<R>>>>,
    columns: Vec<String>,
    settings: csv::ReaderBuilder,
    delimiter: u8,
    has_quotes: bool,
    /// Lines before the first that the reader counts.
    lines_before: u64,
}

impl<R: Read> Rows<R> {
    /// Begins to read; takes the header where there is one.
    pub fn new(source: R, mapping: &Mapping) -> Result<Self, NoRows> {
        let source = Source::open(source).map_err(|error| NoRows::Unreadable(error.to_string()))?;
        let mut settings = csv::ReaderBuilder::new();
        settings.delimiter(mapping.delimiter).quoting(mapping.quotes).has_headers(false).flexible(true);
        let mut reader = settings.from_reader(Kept::new(source, Vec::new()));
        let mut columns = mapping.columns.clone();
        if mapping.header {
            let mut header = csv::ByteRecord::new();
            let found = reader.read_byte_record(&mut header);
            if !found.map_err(|error| NoRows::Unreadable(error.to_string()))? {
                let what = "file is empty and the mapping expects a header".to_owned();
                return Err(NoRows::Unfit(MappingError::new(what)));
            }
            let name = |field: &[u8]| {
                String::from_utf8_lossy(field).trim_start_matches('\u{feff}').trim().to_owned()
            };
            columns = header.iter().map(name).collect();
        }
        let (delimiter, has_quotes) = (mapping.delimiter, mapping.quotes);
        Ok(Self { reader: Some(reader), columns, settings, delimiter, has_quotes, lines_before: 0 })
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The next row; `None` after the last.
    pub fn next_row(&mut self) -> Result<Option<Row>, RowsEnd> {
        let Some(reader) = &mut self.reader else { return Ok(None) };
        let mut fields = csv::ByteRecord::new();
        let (start, line) = (reader.position().byte(), reader.position().line());
        let found = reader.read_byte_record(&mut fields);
        let (end, is_endless) = (reader.position().byte(), reader.get_ref().is_full());
        match found {
            Ok(false) if !is_endless => return Ok(None),
            Err(error) if !is_endless => return Err(RowsEnd::Failed(error.to_string())),
            Ok(_) | Err(_) => {}
        }
        let kept = reader.get_ref().between(start, end).to_vec();
        // The reader skips a byte order mark at the start of the file.
        let is_first = start == 0 && self.lines_before == 0;
        let row = kept.strip_prefix(b"\xEF\xBB\xBF").filter(|_| is_first).unwrap_or(&kept);
        if is_endless || (self.has_quotes && !quotes_close(row, self.delimiter)) {
            return Ok(self.line_with_open_quote(start, line, fields));
        }
        reader.get_mut().pass(end);
        let stripped = kept.strip_suffix(b"\n");
        let row_end =
            if stripped.is_some() || kept.ends_with(b"\r") { RowEnd::LineEnd } else { RowEnd::FileEnd };
        let original = stripped.unwrap_or(&kept);
        let original = original.strip_suffix(b"\r").unwrap_or(original);
        // The reader skips what is left of a line end (of `\r\n` it leaves the second byte) and empty lines only
        // when it begins the next row, and names the line before them as the row's.
        let is_line_end = |byte: &&u8| matches!(**byte, b'\n' | b'\r');
        let skipped = original.iter().take_while(is_line_end).count();
        let (skipped, original) = original.split_at(skipped);
        let lines: u64 = skipped.iter().map(|byte| u64::from(*byte == b'\n')).sum();
        let line = fields.position().map_or(0, csv::Position::line).saturating_add(lines);
        let (line, original) = (line.saturating_add(self.lines_before), original.to_vec());
        Ok(Some(Row { line, fields, original, end: row_end, quotes: Quotes::Closed }))
    }

    /// Sets the one line aside on which a row with an open quote begins, and reads on behind it: the quote would
    /// take the rows after it along.
    fn line_with_open_quote(&mut self, start: u64, line: u64, fields: csv::ByteRecord) -> Option<Row> {
        let (mut source, mut kept) = self.reader.take()?.into_inner().end_at(start);
        let mut dropped = 0_u64;
        let is_line_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let skipped = kept.iter().take_while(|byte| is_line_end(byte)).count();
        if !kept.iter().skip(skipped).any(is_line_end) {
            dropped = read_to_line_end(&mut source, &mut kept);
        }
        let (skipped, rest) = kept.split_at(skipped);
        let length = rest.iter().position(is_line_end).unwrap_or(rest.len());
        let (original, rest) = rest.split_at(length);
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').map(|_| 1_u64).sum::<u64>();
        let line = self.lines_before.saturating_add(line).saturating_add(count(skipped));
        let end = if rest.is_empty() { RowEnd::FileEnd } else { RowEnd::LineEnd };
        // The new reader counts from 1 again, and skips the rest of this line's end itself.
        self.lines_before = line.saturating_sub(1);
        self.reader = Some(self.settings.from_reader(Kept::new(source, rest.to_vec())));
        let mut original = original.to_vec();
        if dropped > 0 {
            original.extend(format!(" … and {dropped} bytes more").bytes());
        }
        Some(Row { line, fields, original, end, quotes: Quotes::Open })
    }
}

/// Most bytes of a line that are kept to be told.
const TOLD_BYTES_MAX: usize = 1 << 20;

/// Reads the rest of a line that is longer than any row may be, and what was read behind its end. Gives how many
/// bytes of the line were dropped, because nobody wants to be told of so many. A failing source ends the line; it
/// fails again when it is read on.
fn read_to_line_end(source: &mut impl Read, kept: &mut Vec<u8>) -> u64 {
    let (mut dropped, mut block) = (0_u64, [0; 8 << 10]);
    loop {
        let count = source.read(&mut block).unwrap_or(0);
        let read = block.get(..count).unwrap_or_default();
        let end = read.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let (of_line, behind) = read.split_at(end.unwrap_or(count));
        let (told, more) = of_line.split_at(of_line.len().min(TOLD_BYTES_MAX.saturating_sub(kept.len())));
        kept.extend(told);
        dropped = dropped.saturating_add(u64::try_from(more.len()).unwrap_or(u64::MAX));
        if end.is_some() || count == 0 {
            kept.extend(behind);
            return dropped;
        }
    }
}

/// Whether each field of a row that begins with a quote ends with one, before a delimiter or the row's end.
fn quotes_close(row: &[u8], delimiter: u8) -> bool {
    enum At {
        FieldStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }
    let mut at = At::FieldStart;
    for &byte in row {
        let is_end = matches!(byte, b'\n' | b'\r');
        at = match at {
            At::FieldStart | At::QuoteInQuoted if byte == b'"' => At::Quoted,
            At::FieldStart | At::Plain | At::QuoteInQuoted if byte == delimiter || is_end => At::FieldStart,
            At::FieldStart | At::Plain => At::Plain,
            At::Quoted if byte == b'"' => At::QuoteInQuoted,
            At::Quoted => At::Quoted,
            At::QuoteInQuoted => return false,
        };
    }
    !matches!(at, At::Quoted)
}

/// Plain bytes, or gzip unpacked.
enum Source<R: Read> {
    Plain(BufReader<R>),
    Gzip(Box<MultiGzDecoder<BufReader<R>>>),
}

impl<R: Read> Source<R> {
    fn open(source: R) -> std::io::Result<Self> {
        let mut buffered = BufReader::with_capacity(1 << 16, source);
        let is_gzip = buffered.fill_buf()?.starts_with(&[0x1F, 0x8B]);
        Ok(if is_gzip { Self::Gzip(Box::new(MultiGzDecoder::new(buffered))) } else { Self::Plain(buffered) })
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(into),
            Self::Gzip(reader) => reader.read(into),
        }
    }
}

/// Most bytes of a row, and of what was read ahead with it: a longer one has a quote that does not close.
const ROW_BYTES_MAX: usize = 128 << 10;

/// Keeps the bytes that passed until they are asked for, so that a rejected row can be shown as it stands.
struct Kept<R> {
    inner: R,
    /// Bytes that were read once and are read again before those of the source.
    again: Vec<u8>,
    bytes: Vec<u8>,
    /// The offset, from where the reader began, of the first byte that is kept.
    start: u64,
    /// How many of the bytes are of rows that were taken.
    passed: usize,
}

impl<R> Kept<R> {
    fn new(inner: R, again: Vec<u8>) -> Self {
        Self { inner, again, bytes: Vec::new(), start: 0, passed: 0 }
    }

    /// Whether more was read since the last row than a row may have.
    fn is_full(&self) -> bool {
        self.bytes.len().saturating_sub(self.passed) > ROW_BYTES_MAX
    }

    /// The source, and everything from an offset on that passed and is to be read again.
    fn end_at(mut self, from: u64) -> (R, Vec<u8>) {
        let mut rest = self.bytes.split_off(self.index(from));
        rest.append(&mut self.again);
        (self.inner, rest)
    }

    fn index(&self, offset: u64) -> usize {
        usize::try_from(offset.saturating_sub(self.start)).unwrap_or(usize::MAX).min(self.bytes.len())
    }

    /// The bytes from one offset to another.
    fn between(&self, from: u64, to: u64) -> &[u8] {
        self.bytes.get(self.index(from)..self.index(to)).unwrap_or_default()
    }

    /// Forgets what is before an offset.
    fn pass(&mut self, to: u64) {
        self.passed = self.index(to);
        // Forgetting moves what stays, so it is done when most can be forgotten.
        if self.passed > self.bytes.len() / 2 {
            self.bytes.drain(..self.passed);
            (self.start, self.passed) = (to, 0);
        }
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.is_full() {
            return Err(std::io::Error::other("row without an end"));
        }
        let count = if self.again.is_empty() {
            self.inner.read(into)?
        } else {
            let count = self.again.as_slice().read(into)?;
            self.again.drain(..count);
            count
        };
        self.bytes.extend(into.iter().take(count));
        Ok(count)
    }
}
