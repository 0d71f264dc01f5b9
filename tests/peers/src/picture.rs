//! The ratios as bars, and bulk at growing sizes as curves, in SVG.

use std::fmt::Write;

use crate::figures::Spread;
use crate::runs::Work;
use crate::store::Engine;
use crate::table::figure;
use crate::verdict::{Judged, Rounds};

const WIDTH: f64 = 860.0;
/// Where bars begin.
const LEFT: f64 = 400.0;
const BAR: f64 = 22.0;
const CURVES: f64 = 220.0;
const OURS: &str = "#2a6f97";
const THEIRS: &str = "#b08968";

/// Draws what was measured.
pub fn draw(judged: &[Judged], rounds: &Rounds) -> String {
    // Growth is the ledger beside itself: the curves show it.
    let ratios = judged.iter().filter(|row| row.unit == "x" && !row.name.starts_with("growth"));
    let bars: Vec<(&Judged, f64)> = ratios.filter_map(|row| Some((row, row.value?))).collect();
    let curves_top = bars.len() as f64 * BAR + 70.0;
    let curves = curves(rounds, curves_top + 30.0);
    let height = if curves.is_empty() { curves_top } else { curves_top + CURVES + 60.0 };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
    );
    text(
        &mut svg,
        12.0,
        24.0,
        "start",
        "How many times as fast as the other (log scale, the line is 1; brown: target not met)",
    );
    draw_bars(&mut svg, &bars);
    svg + &curves + "</svg>\n"
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    writeln!(svg, "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"{anchor}\" fill=\"#222\">{words}</text>")
        .unwrap();
}

fn draw_bars(svg: &mut String, bars: &[(&Judged, f64)]) {
    let logs = || bars.iter().map(|(_, value)| value.log10());
    let (least, most) = (logs().fold(-0.3, f64::min), logs().fold(0.3, f64::max));
    let x = |log: f64| LEFT + (log - least) / (most - least) * (WIDTH - LEFT - 70.0);
    for (number, (row, value)) in bars.iter().enumerate() {
        let top = 40.0 + number as f64 * BAR;
        let (from, to) = (x(value.log10().min(0.0)), x(value.log10().max(0.0)));
        let color = if row.met == "NOT met" { THEIRS } else { OURS };
        text(svg, LEFT - 12.0, top + 14.0, "end", &row.name);
        writeln!(
            svg,
            "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{color}\"/>",
            top + 2.0,
            (to - from).max(1.0),
            BAR - 6.0
        )
        .unwrap();
        text(svg, to + 6.0, top + 14.0, "start", &figure(*value));
    }
    let bottom = 40.0 + bars.len() as f64 * BAR;
    writeln!(svg, "<path d=\"M{:.1} 36V{bottom:.1}\" stroke=\"#222\" fill=\"none\"/>", x(0.0)).unwrap();
}

/// Size and donations a second of a store's bulks, rising.
fn points(rounds: &Rounds, engine: Engine) -> Vec<(f64, f64)> {
    let runs = rounds.iter().filter(|(run, _)| (run.engine, run.work) == (engine, Work::Bulk));
    runs.filter_map(|(run, rounds)| {
        let rates: Vec<f64> = rounds.iter().map(|figures| figures["per_second"]).collect();
        Some((run.size as f64, Spread::of(&rates)?.median))
    })
    .collect()
}

/// Empty where bulk was measured at one size only.
fn curves(rounds: &Rounds, top: f64) -> String {
    let ours = points(rounds, Engine::Ledger);
    let theirs = points(rounds, Engine::Sqlite);
    let all = || ours.iter().chain(&theirs);
    if theirs.len() < 2 {
        return String::new();
    }
    let most = all().map(|(_, rate)| *rate).fold(0.0, f64::max);
    let logs = || all().map(|(size, _)| size.log10());
    let (first, last) = (logs().fold(f64::MAX, f64::min), logs().fold(f64::MIN, f64::max));
    let x = |size: f64| 60.0 + (size.log10() - first) / (last - first) * (WIDTH - 200.0);
    let y = |rate: f64| top + CURVES * (1.0 - rate / most);
    let mut svg = String::new();
    text(&mut svg, 12.0, top - 12.0, "start", "Donations a second in bulk, as the books grow (from zero up)");
    for (points, color, name) in [(&ours, OURS, "ledger"), (&theirs, THEIRS, "sqlite")] {
        let line: Vec<String> =
            points.iter().map(|(size, rate)| format!("{:.1},{:.1}", x(*size), y(*rate))).collect();
        let line = line.join(" ");
        writeln!(svg, "<polyline points=\"{line}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>")
            .unwrap();
        if let Some((size, rate)) = points.last() {
            text(&mut svg, x(*size) + 8.0, y(*rate) + 4.0, "start", &format!("{name} {}/s", figure(*rate)));
        }
    }
    writeln!(svg, "<path d=\"M60 {top:.1}v{CURVES}H{:.1}\" stroke=\"#222\" fill=\"none\"/>", WIDTH - 140.0)
        .unwrap();
    for (size, _) in &ours {
        text(&mut svg, x(*size), top + CURVES + 18.0, "middle", &format!("{} k", size / 1_000.0));
    }
    svg
}
