//! Donors: people and organisations who give. What is personal stands in the profile and is sealed at rest.

use core::fmt;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::vocabulary::date::Date;

/// What a donor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum DonorKind {
    /// A natural person.
    #[default]
    Person,
    /// A company, a foundation, a public body.
    Organisation,
}

/// How a donor stands to the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum DonorStanding {
    /// Has signed up.
    #[default]
    Registered,
    /// Gave without signing up; may have a name and an e-mail for the receipt.
    Guest,
    /// Nobody knows who: has no profile at all.
    Anonymous,
}

/// What is known of a donor. All of it is encrypted at rest with the donor's own key.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct DonorProfile {
    /// Name, at most 200 bytes.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub name: Option<String>,
    /// E-mail address, at most 254 bytes; unique, compared without regard to case.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub email: Option<String>,
    /// The app's own id of the donor, at most 200 bytes; unique.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub external_id: Option<String>,
    /// Date of birth.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub date_of_birth: Option<Date>,
    /// Where the donor lives, in the app's own words, at most 200 bytes.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub location: Option<String>,
    /// Anything else: at most 32 attributes.
    #[serde(default)]
    #[cfg_attr(feature = "uniffi", uniffi(default = []))]
    pub attributes: Vec<Attribute>,
}

impl DonorProfile {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Shows which fields are there, never what they say: profiles end up in logs through `{:?}`.
impl fmt::Debug for DonorProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |there: bool| if there { "(sealed)" } else { "none" };
        f.debug_struct("DonorProfile")
            .field("name", &shown(self.name.is_some()))
            .field("email", &shown(self.email.is_some()))
            .field("external_id", &shown(self.external_id.is_some()))
            .field("date_of_birth", &shown(self.date_of_birth.is_some()))
            .field("location", &shown(self.location.is_some()))
            .field("attributes", &self.attributes.len())
            .finish()
    }
}

/// A free attribute of a donor.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Name, 1 to 64 bytes, once per donor.
    pub name: String,
    /// Value, at most 500 bytes.
    pub value: String,
}

impl fmt::Debug for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Attribute(sealed)")
    }
}

/// An e-mail address as it is compared: without surrounding blanks, in lower case.
pub fn comparable_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Why a donor was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum ErasureReason {
    /// The donor asked for it (GDPR, article 17).
    Requested,
    /// The time for which the data had to be kept is over.
    RetentionEnded,
    /// The donor should never have been registered.
    Mistake,
}

impl ErasureReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Requested, Self::RetentionEnded, Self::Mistake];

    /// The word used on the command line and in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::RetentionEnded => "retention_ended",
            Self::Mistake => "mistake",
        }
    }
}
