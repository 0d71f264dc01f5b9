//! What is personal in a command: kept apart from the events, because events stay and this may be erased.

use core::fmt;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::donor::DonorProfile;
use crate::vocabulary::ids::DonorId;

/// A keyed hash by which a donor is found (HMAC of an e-mail address or an external id).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
pub struct LookupHash(pub [u8; 16]);

impl fmt::Debug for LookupHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookupHash")
    }
}

/// The hashes by which a donor is found, as far as the profile has the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Encode, Decode)]
pub struct Lookups {
    /// Of the e-mail address.
    pub email: Option<LookupHash>,
    /// Of the external id.
    pub external_id: Option<LookupHash>,
}

/// Personal content of a record, before it is sealed and after it was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
pub enum Personal {
    /// A profile as registered or changed, with the lookups that it claims and those that it gives up.
    Profile {
        /// The profile.
        profile: DonorProfile,
        /// By what the donor is found from now on.
        claimed: Lookups,
        /// By what the donor is not found any more.
        released: Lookups,
    },
    /// A memo on money of the donor.
    Memo {
        /// The text.
        text: String,
    },
}

/// Personal content and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalField {
    /// The donor with whose key it is sealed.
    pub donor: DonorId,
    /// What it says.
    pub content: Personal,
}
