//! The picture: texts, rows and a bar on 1200 × 630 pixels. plotters draws them, and escapes every text.

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoTextStyle, RGBColor};

use super::seen::{Progress, SeenCause, SeenGift};
use super::words::{columns, on_two_lines, shortened};
use crate::engine::error::{LedgerError, Outcome};
use crate::vocabulary::money::Amount;

const SIZE: (u32, u32) = (1200, 630);
const LEFT: i32 = 80;
const RIGHT: i32 = 1120;
const AT_LEFT: (HPos, i32) = (HPos::Left, LEFT);
const AT_RIGHT: (HPos, i32) = (HPos::Right, RIGHT);

const PAPER: RGBColor = RGBColor(251, 250, 247);
const INK: RGBColor = RGBColor(31, 41, 51);
const GREY: RGBColor = RGBColor(95, 107, 122);
const GREEN: RGBColor = RGBColor(27, 110, 83);
const TRACK: RGBColor = RGBColor(219, 228, 223);

/// How a text looks. Nobody knows how wide it becomes in the font of whoever shows it, so how many columns fit is an
/// estimate for wide fonts.
struct Look {
    /// plotters divides it by 1.24: 78 is a font of 63 pixels.
    size: i32,
    style: FontStyle,
    colour: RGBColor,
    columns: usize,
    /// From one line to the next.
    pitch: i32,
}

const TITLE: Look = Look { size: 78, style: FontStyle::Bold, colour: INK, columns: 27, pitch: 76 };
const AMOUNT: Look = Look { size: 118, style: FontStyle::Bold, colour: GREEN, columns: 17, pitch: 0 };
const LONG_AMOUNT: Look = Look { size: 47, columns: 44, ..AMOUNT };
const CAUSE: Look = Look { size: 62, style: FontStyle::Normal, colour: INK, columns: 33, pitch: 76 };
const ROW: Look = Look { size: 45, columns: 46, pitch: 50, ..CAUSE };
const NOTE: Look = Look { colour: GREY, ..ROW };

/// Most rows of a picture.
const ROWS_MAX: usize = 4;

type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// The picture of a cause.
pub(super) fn of_cause(cause: &SeenCause) -> Result<String, LedgerError> {
    picture(|on| {
        title(on, &cause.name)?;
        amount(on, &cause.raised)?;
        match &cause.progress {
            Some(Progress { goal, percent }) => {
                write(on, &format!("raised of {goal}"), &NOTE, AT_LEFT, 390)?;
                bar(on, *percent)?;
                write(on, &format!("{percent} %"), &ROW, AT_LEFT, 525)?;
                write(on, &cause.gifts, &NOTE, AT_RIGHT, 525)
            }
            None => write(on, &format!("raised, {}", cause.gifts), &NOTE, AT_LEFT, 390),
        }
    })
}

/// The picture of a gift.
pub(super) fn of_gift(gift: &SeenGift) -> Result<String, LedgerError> {
    picture(|on| match gift {
        SeenGift::Public { giver, total, parts } => {
            title(on, giver.as_deref().unwrap_or("A gift"))?;
            amount(on, &total.to_string())?;
            match parts.as_slice() {
                // Its amount stands there already.
                [(cause, _)] => lines(on, &on_two_lines(&format!("to {cause}"), CAUSE.columns), &CAUSE, 400),
                parts => rows(on, parts, 395),
            }
        }
        SeenGift::Anonymous { causes } => {
            let (named, look) = match causes.as_slice() {
                [cause] => (on_two_lines(cause, TITLE.columns), &TITLE),
                causes => {
                    let shortened = |cause: &String| shortened(cause, CAUSE.columns);
                    let mut named: Vec<String> = causes.iter().take(shown(causes)).map(shortened).collect();
                    named.extend(more(causes));
                    (named, &CAUSE)
                }
            };
            // Half a line less of margin for each line more.
            let half = look.pitch.saturating_mul(i32::try_from(named.len()).unwrap_or(0)) / 2;
            let top = 285_i32.saturating_sub(half);
            write(on, "An anonymous gift to", &NOTE, AT_LEFT, top)?;
            lines(on, &named, look, top.saturating_add(70))
        }
    })
}

fn picture(draw: impl FnOnce(&Canvas) -> Drawn) -> Result<String, LedgerError> {
    let mut svg = String::new();
    let on = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
    let band = Rectangle::new([(0, 0), (1200, 16)], GREEN.filled());
    let drawn = on.fill(&PAPER).and_then(|()| on.draw(&band)).and_then(|()| draw(&on));
    let drawn = drawn.and_then(|()| on.present());
    drop(on);
    match drawn {
        Ok(()) => Ok(svg),
        Err(error) => Err(LedgerError::Storage {
            outcome: Outcome::ReadFailed,
            what: format!("draw share card failed: {error}"),
        }),
    }
}

fn write(on: &Canvas, text: &str, look: &Look, (side, at): (HPos, i32), top: i32) -> Drawn {
    let style = ("sans-serif", look.size, look.style, &look.colour).into_text_style(on);
    on.draw_text(text, &style.pos(Pos::new(side, VPos::Top)), (at, top))
}

/// Where lines begin, from the first one down.
fn tops(first: i32, look: &Look) -> impl Iterator<Item = i32> {
    core::iter::successors(Some(first), |top| top.checked_add(look.pitch))
}

fn lines(on: &Canvas, texts: &[String], look: &Look, top: i32) -> Drawn {
    texts.iter().zip(tops(top, look)).try_for_each(|(text, top)| write(on, text, look, AT_LEFT, top))
}

fn title(on: &Canvas, text: &str) -> Drawn {
    lines(on, &on_two_lines(text, TITLE.columns), &TITLE, 80)
}

/// An amount is never shortened: a long one is smaller.
fn amount(on: &Canvas, amount: &str) -> Drawn {
    if columns(amount) <= AMOUNT.columns {
        write(on, amount, &AMOUNT, AT_LEFT, 265)
    } else {
        write(on, amount, &LONG_AMOUNT, AT_LEFT, 300)
    }
}

/// How many of these are shown.
fn shown<T>(of: &[T]) -> usize {
    if of.len() > ROWS_MAX { ROWS_MAX.saturating_sub(1) } else { of.len() }
}

/// What stands in the place of those that are not.
fn more<T>(of: &[T]) -> Option<String> {
    let more = of.len().saturating_sub(shown(of));
    (more > 0).then(|| format!("and {more} more"))
}

/// Causes below each other, each with its amount.
fn rows(on: &Canvas, parts: &[(String, Amount)], top: i32) -> Drawn {
    let mut tops = tops(top, &ROW);
    for ((cause, amount), top) in parts.iter().take(shown(parts)).zip(&mut tops) {
        let amount = amount.to_string();
        // Two columns stay free between them.
        let left = ROW.columns.saturating_sub(columns(&amount)).saturating_sub(2);
        write(on, &shortened(cause, left), &ROW, AT_LEFT, top)?;
        write(on, &amount, &ROW, AT_RIGHT, top)?;
    }
    more(parts).iter().zip(tops).try_for_each(|(more, top)| write(on, more, &ROW, AT_LEFT, top))
}

/// How far a cause has come; full where it is beyond its goal.
fn bar(on: &Canvas, percent: i128) -> Drawn {
    let percent = i32::try_from(percent.clamp(0, 100)).unwrap_or(100);
    strip(on, RIGHT - LEFT, TRACK)?;
    if percent > 0 { strip(on, (RIGHT - LEFT).saturating_mul(percent) / 100, GREEN) } else { Ok(()) }
}

/// A strip with round ends, at least as long as it is high.
fn strip(on: &Canvas, length: i32, colour: RGBColor) -> Drawn {
    const TOP: i32 = 470;
    const RADIUS: i32 = 15;
    let (from, to) = (LEFT + RADIUS, LEFT.saturating_add(length.max(2 * RADIUS)).saturating_sub(RADIUS));
    on.draw(&Circle::new((from, TOP + RADIUS), RADIUS, colour.filled()))?;
    on.draw(&Rectangle::new([(from, TOP), (to, TOP + 2 * RADIUS)], colour.filled()))?;
    on.draw(&Circle::new((to, TOP + RADIUS), RADIUS, colour.filled()))
}
