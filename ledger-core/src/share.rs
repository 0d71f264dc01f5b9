//! Floor 7: cards to share a gift or a cause with. Title, text and picture are in English and hold what the public may
//! see, no more: what is drawn is made of [`seen`] alone.

#![cfg(feature = "share")]

mod picture;
mod seen;
mod words;

use serde::Serialize;

use self::seen::{SeenCause, SeenGift};
use self::words::{check_link, listed, shortened};
use crate::engine::error::LedgerError;
use crate::storage::{Keys, View};
use crate::vocabulary::ids::{CauseId, DonationId};

/// Most columns of a name in titles and texts.
const NAME_COLUMNS: usize = 60;
/// Most causes that a text names.
const NAMED_MAX: usize = 3;

/// What an app needs to share a gift or a cause. Title and text are plain texts: escape them where you put them.
///
/// Only with the feature `share`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct ShareCard {
    /// A headline.
    pub title: String,
    /// A sentence.
    pub text: String,
    /// The address that was given.
    pub link: String,
    /// A picture of 1200 × 630 pixels, as a document of SVG. Its texts are in the font `sans-serif` of whoever draws it.
    pub svg: String,
}

/// The card of a cause.
pub fn of_cause(view: &dyn View, cause: CauseId, link: &str) -> Result<ShareCard, LedgerError> {
    check_link(link)?;
    let cause = seen::cause(view, cause)?;
    let (title, text) = said_of_cause(&cause);
    Ok(ShareCard { title, text, link: link.to_owned(), svg: picture::of_cause(&cause)? })
}

/// The card of a gift.
pub fn of_gift(
    view: &dyn View,
    keys: &dyn Keys,
    donation: DonationId,
    link: &str,
) -> Result<ShareCard, LedgerError> {
    check_link(link)?;
    let gift = seen::gift(view, keys, donation)?;
    let (title, text) = said_of_gift(&gift);
    Ok(ShareCard { title, text, link: link.to_owned(), svg: picture::of_gift(&gift)? })
}

fn said_of_cause(cause: &SeenCause) -> (String, String) {
    let SeenCause { raised, gifts, .. } = cause;
    let text = match &cause.progress {
        Some(progress) => {
            format!("{raised} of {} raised ({} %), {gifts}.", progress.goal, progress.percent)
        }
        None => format!("{raised} raised, {gifts}."),
    };
    (shortened(&cause.name, NAME_COLUMNS), text)
}

fn said_of_gift(gift: &SeenGift) -> (String, String) {
    let name = |name: &String| shortened(name, NAME_COLUMNS);
    match gift {
        SeenGift::Public { giver, total, parts } => {
            let part = |(cause, amount): &(String, _)| format!("{amount} to {}", name(cause));
            let parts: Vec<String> = parts.iter().map(part).collect();
            let giver = giver.as_ref().map(name);
            let title = match &giver {
                Some(giver) => format!("{giver} gave {total}"),
                None => format!("A gift of {total}"),
            };
            let giver = giver.unwrap_or_else(|| "Somebody".to_owned());
            (title, format!("{giver} gave {}.", listed(&parts, NAMED_MAX)))
        }
        SeenGift::Anonymous { causes } => {
            let causes: Vec<String> = causes.iter().map(name).collect();
            ("An anonymous gift".to_owned(), format!("Somebody gave to {}.", listed(&causes, NAMED_MAX)))
        }
    }
}

#[cfg(test)]
mod tests;
