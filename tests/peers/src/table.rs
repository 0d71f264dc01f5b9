//! Rows as text.

use crate::verdict::Judged;

/// Three digits that count, or all that stand before the point.
pub fn figure(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// Prints rows under a heading.
pub fn print(heading: &str, rows: &[Judged]) {
    println!("\n{heading}\n");
    let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    println!("{:<width$} {:>9} {:<3} {:>19}  {:<22} verdict", "", "median", "", "least .. most", "target");
    for row in rows {
        let value = row.value.map_or_else(|| "-".to_owned(), figure);
        let spread =
            row.spread.map_or_else(String::new, |[min, max]| format!("{} .. {}", figure(min), figure(max)));
        let target = row.target.as_deref().unwrap_or_default();
        println!("{:<width$} {value:>9} {:<3} {spread:>19}  {target:<22} {}", row.name, row.unit, row.met);
    }
}
