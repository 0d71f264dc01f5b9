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

/// Rows in the order of the file.
pub struct Rows<R: Read> {
    reader: csv::Reader<Kept<Source<R>>>,
    columns: Vec<String>,
}

impl<R: Read> Rows<R> {
    /// Begins to read; takes the header where there is one.
    pub fn new(source: R, mapping: &Mapping) -> Result<Self, MappingError> {
        let unreadable =
            |error: &dyn std::fmt::Display| MappingError::new(format!("file cannot be read: {error}"));
        let source = Source::open(source).map_err(|error| unreadable(&error))?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(mapping.delimiter)
            .quoting(mapping.quotes)
            .has_headers(false)
            .flexible(true)
            .from_reader(Kept::new(source));
        let mut columns = mapping.columns.clone();
        if mapping.header {
            let mut header = csv::ByteRecord::new();
            if !reader.read_byte_record(&mut header).map_err(|error| unreadable(&error))? {
                return Err(MappingError::new("file is empty and the mapping expects a header".to_owned()));
            }
            let name = |field: &[u8]| {
                String::from_utf8_lossy(field).trim_start_matches('\u{feff}').trim().to_owned()
            };
            columns = header.iter().map(name).collect();
        }
        Ok(Self { reader, columns })
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The next row; `None` after the last.
    pub fn next_row(&mut self) -> Result<Option<Row>, RowsEnd> {
        let mut fields = csv::ByteRecord::new();
        let start = self.reader.position().byte();
        match self.reader.read_byte_record(&mut fields) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(error) => return Err(RowsEnd::Failed(error.to_string())),
        }
        let end = self.reader.position().byte();
        let kept = self.reader.get_mut().take(start, end);
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
        let original = original.to_vec();
        Ok(Some(Row { line, fields, original, end: row_end }))
    }
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

/// Keeps the bytes that passed until they are asked for, so that a rejected row can be shown as it stands.
struct Kept<R> {
    inner: R,
    bytes: Vec<u8>,
    /// The offset in the file of the first byte that is kept.
    start: u64,
}

impl<R> Kept<R> {
    fn new(inner: R) -> Self {
        Self { inner, bytes: Vec::new(), start: 0 }
    }

    /// The bytes from one offset to another; what is before them is forgotten.
    fn take(&mut self, from: u64, to: u64) -> Vec<u8> {
        let index = |offset: u64| usize::try_from(offset.saturating_sub(self.start)).unwrap_or(usize::MAX);
        let (from_index, to_index) = (index(from).min(self.bytes.len()), index(to).min(self.bytes.len()));
        let taken = self.bytes.get(from_index..to_index).unwrap_or_default().to_vec();
        // Forgetting moves what stays, so it is done when most can be forgotten.
        if to_index > self.bytes.len() / 2 {
            self.bytes.drain(..to_index);
            self.start = to;
        }
        taken
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        self.bytes.extend(into.iter().take(count));
        Ok(count)
    }
}
