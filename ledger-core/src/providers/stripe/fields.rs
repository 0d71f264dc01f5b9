//! Fields of Stripe's objects.

use serde_json::Value;

use super::amounts;
use crate::providers::WebhookRefusal;
use crate::vocabulary::money::Amount;
use crate::vocabulary::time::Timestamp;

/// An object of Stripe's.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a Value);

impl<'a> Fields<'a> {
    /// The text of a field; none where it is missing or null.
    pub(super) fn text(self, field: &str) -> Option<&'a str> {
        self.0.get(field).and_then(Value::as_str)
    }

    /// The text of a field that must be there.
    pub(super) fn needed(self, field: &'static str) -> Result<&'a str, WebhookRefusal> {
        self.text(field).ok_or(WebhookRefusal::NotUnderstood { field })
    }

    /// The id in a field, which may be an id or, expanded, the object itself.
    pub(super) fn id(self, field: &str) -> Option<&'a str> {
        let value = self.0.get(field)?;
        value.as_str().or_else(|| value.get("id")?.as_str())
    }

    /// An object in a field.
    pub(super) fn object(self, field: &str) -> Option<Self> {
        self.0.get(field).filter(|value| value.is_object()).map(Fields)
    }

    /// The objects of a list in a field, written as an array or as a page of a list.
    pub(super) fn objects(self, field: &str) -> impl Iterator<Item = Self> {
        let value = self.0.get(field);
        let list = value.and_then(|value| value.as_array().or_else(|| value.get("data")?.as_array()));
        list.into_iter().flatten().filter(|value| value.is_object()).map(Fields)
    }

    /// A whole number.
    pub(super) fn number(self, field: &str) -> Option<i64> {
        self.0.get(field).and_then(Value::as_i64)
    }

    /// Whether a field is true.
    pub(super) fn flag(self, field: &'static str) -> Result<bool, WebhookRefusal> {
        self.0.get(field).and_then(Value::as_bool).ok_or(WebhookRefusal::NotUnderstood { field })
    }

    /// An amount in a field, in the currency of the object.
    pub(super) fn amount(self, field: &'static str) -> Result<Amount, WebhookRefusal> {
        let not_understood = WebhookRefusal::NotUnderstood { field };
        let units = self.number(field).ok_or(not_understood.clone())?;
        amounts::amount(units, self.needed("currency")?).ok_or(not_understood)
    }

    /// A time in seconds.
    pub(super) fn time(self, field: &'static str) -> Result<Timestamp, WebhookRefusal> {
        let seconds = self.number(field).ok_or(WebhookRefusal::NotUnderstood { field })?;
        Ok(Timestamp::from_micros(seconds.saturating_mul(1_000_000)))
    }

    /// Our id in the metadata, if it is one.
    pub(super) fn told<T: core::str::FromStr>(self, name: &str) -> Option<T> {
        self.object("metadata")?.text(name)?.parse().ok()
    }
}
