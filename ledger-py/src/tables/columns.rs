//! Columns: how values of core are kept in Arrow's memory.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Decimal128Builder, StringBuilder,
    TimestampMicrosecondBuilder, UInt64Builder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use ledger_core::{Currency, Date, Timestamp};

use super::Kind;

/// Digits of every decimal, and those after its point: as many as the currency with the most has.
const DECIMAL: (u8, i8) = (38, 4);

/// What a column is of.
#[derive(Clone, Copy)]
enum Of {
    Text,
    Number,
    Money,
    Day,
    Time,
    Flag,
}

/// The columns of each table: a name, what it is of, and whether it can be empty.
fn layout(kind: Kind) -> &'static [(&'static str, Of, bool)] {
    match kind {
        Kind::Donations => &[
            ("donation", Of::Text, false),
            ("seq", Of::Number, false),
            ("recorded_at", Of::Time, false),
            ("day", Of::Day, false),
            ("donor", Of::Text, false),
            ("cause", Of::Text, true),
            ("currency", Of::Text, false),
            ("given", Of::Money, false),
            ("refunded", Of::Money, false),
            ("disputed", Of::Money, false),
            ("public", Of::Flag, false),
            ("taken_back", Of::Flag, false),
        ],
        Kind::Entries => &[
            ("seq", Of::Number, false),
            ("recorded_at", Of::Time, false),
            ("day", Of::Day, false),
            ("entry", Of::Number, false),
            ("account", Of::Text, false),
            ("currency", Of::Text, false),
            ("debit", Of::Money, false),
            ("credit", Of::Money, false),
        ],
        Kind::Balances => &[
            ("account", Of::Text, false),
            ("currency", Of::Text, false),
            ("debits", Of::Money, false),
            ("credits", Of::Money, false),
            ("net", Of::Money, false),
            ("lines", Of::Number, false),
        ],
        Kind::Causes => &[
            ("cause", Of::Text, false),
            ("name", Of::Text, false),
            ("external_id", Of::Text, true),
            ("status", Of::Text, false),
            ("currency", Of::Text, false),
            ("goal", Of::Money, true),
            ("gross", Of::Money, false),
            ("refunded", Of::Money, false),
            ("disputed", Of::Money, false),
            ("fees", Of::Money, false),
            ("adjusted", Of::Money, false),
            ("net", Of::Money, false),
            ("pending", Of::Money, false),
            ("paid_out", Of::Money, false),
            ("donations", Of::Number, false),
        ],
    }
}

pub fn schema(kind: Kind) -> SchemaRef {
    let field = |(name, of, empty): &(&str, Of, bool)| {
        let data_type = match of {
            Of::Text => DataType::Utf8,
            Of::Number => DataType::UInt64,
            Of::Money => DataType::Decimal128(DECIMAL.0, DECIMAL.1),
            Of::Day => DataType::Date32,
            Of::Time => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Of::Flag => DataType::Boolean,
        };
        Field::new(*name, data_type, *empty)
    };
    Arc::new(Schema::new(layout(kind).iter().map(field).collect::<Vec<_>>()))
}

fn days_since_1970(date: Date) -> i32 {
    let civil = jiff::civil::Date::new(date.year(), date.month(), date.day());
    civil
        .map_or(0, |civil| civil.duration_since(jiff::civil::date(1970, 1, 1)).as_hours().div_euclid(24))
        .try_into()
        .unwrap_or(0)
}

/// A column that is being filled.
enum Column {
    Text(StringBuilder),
    Number(UInt64Builder),
    Money(Decimal128Builder),
    Day(Date32Builder),
    Time(TimestampMicrosecondBuilder),
    Flag(BooleanBuilder),
}

/// A batch that is being filled, row by row, each from its first column to its last.
pub struct Columns {
    columns: Vec<Column>,
    next: usize,
}

impl Columns {
    pub fn of(kind: Kind) -> Self {
        let column = |(_, of, _): &(&str, Of, bool)| match of {
            Of::Text => Column::Text(StringBuilder::new()),
            Of::Number => Column::Number(UInt64Builder::new()),
            Of::Money => Column::Money(Decimal128Builder::new()),
            Of::Day => Column::Day(Date32Builder::new()),
            Of::Time => Column::Time(TimestampMicrosecondBuilder::new()),
            Of::Flag => Column::Flag(BooleanBuilder::new()),
        };
        Self { columns: layout(kind).iter().map(column).collect(), next: 0 }
    }

    pub fn rows(&self) -> usize {
        match self.columns.last() {
            Some(Column::Text(column)) => column.len(),
            Some(Column::Number(column)) => column.len(),
            Some(Column::Money(column)) => column.len(),
            Some(Column::Day(column)) => column.len(),
            Some(Column::Time(column)) => column.len(),
            Some(Column::Flag(column)) => column.len(),
            None => 0,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.rows() == 0
    }

    fn column(&mut self) -> Option<&mut Column> {
        let place = self.next;
        let after = place.saturating_add(1);
        self.next = if after >= self.columns.len() { 0 } else { after };
        self.columns.get_mut(place)
    }

    pub fn text(&mut self, value: Option<&str>) -> &mut Self {
        if let Some(Column::Text(column)) = self.column() {
            column.append_option(value);
        }
        self
    }

    pub fn number(&mut self, value: u64) -> &mut Self {
        if let Some(Column::Number(column)) = self.column() {
            column.append_value(value);
        }
        self
    }

    /// Minor units of a currency, as a decimal.
    pub fn money(&mut self, minor: Option<i128>, currency: Currency) -> &mut Self {
        let missing = u32::from(DECIMAL.1.unsigned_abs()).saturating_sub(currency.minor_digits());
        let scale = 10_i128.saturating_pow(missing);
        if let Some(Column::Money(column)) = self.column() {
            column.append_option(minor.map(|minor| minor.saturating_mul(scale)));
        }
        self
    }

    pub fn day(&mut self, date: Date) -> &mut Self {
        if let Some(Column::Day(column)) = self.column() {
            column.append_value(days_since_1970(date));
        }
        self
    }

    pub fn time(&mut self, time: Timestamp) -> &mut Self {
        if let Some(Column::Time(column)) = self.column() {
            column.append_value(time.micros());
        }
        self
    }

    pub fn flag(&mut self, value: bool) -> &mut Self {
        if let Some(Column::Flag(column)) = self.column() {
            column.append_value(value);
        }
        self
    }

    pub fn finish(self, schema: SchemaRef) -> Result<RecordBatch, ArrowError> {
        let arrays = self.columns.into_iter().map(|column| -> Result<ArrayRef, ArrowError> {
            Ok(match column {
                Column::Text(mut column) => Arc::new(column.finish()),
                Column::Number(mut column) => Arc::new(column.finish()),
                Column::Money(mut column) => {
                    Arc::new(column.finish().with_precision_and_scale(DECIMAL.0, DECIMAL.1)?)
                }
                Column::Day(mut column) => Arc::new(column.finish()),
                Column::Time(mut column) => Arc::new(column.finish().with_timezone("UTC")),
                Column::Flag(mut column) => Arc::new(column.finish()),
            })
        });
        RecordBatch::try_new(schema, arrays.collect::<Result<_, _>>()?)
    }
}
