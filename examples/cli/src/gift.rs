//! What a donor gives: the words that say it, wherever a gift is told.

use ledger_core::Visibility;

/// What a donor gives.
#[derive(clap::Args)]
pub struct Gift {
    /// The donor, by id or external id.
    #[arg(long)]
    pub donor: String,
    /// A cause, by id or external id, and an amount. Once for each cause.
    #[arg(long = "to", value_name = "CAUSE=AMOUNT", required = true)]
    pub to: Vec<String>,
    /// An amount for the platform on top.
    #[arg(long)]
    pub tip: Option<String>,
    /// The donor must not be named.
    #[arg(long)]
    pub anonymous: bool,
    /// The donor's words.
    #[arg(long)]
    pub memo: Option<String>,
}

impl Gift {
    /// Whether the donor may be named.
    pub fn visibility(&self) -> Visibility {
        if self.anonymous { Visibility::Anonymous } else { Visibility::Public }
    }
}
