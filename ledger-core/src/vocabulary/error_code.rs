//! The one table of error codes: the same numbers in every language, never reused.

use serde::{Deserialize, Serialize};

/// What kind of error a code is: the exception classes of every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input is wrong in itself; change it.
    Invalid,
    /// The thing named does not exist in this ledger.
    NotFound,
    /// The input is fine, the present state of the book forbids it.
    Conflict,
    /// A limit is reached.
    Limit,
    /// The medium, the handle or another process is in the way.
    Storage,
    /// Bytes are not what was written.
    Corrupt,
}

macro_rules! error_codes {
    ($($number:literal $name:ident $kind:ident $remedy:literal;)*) => {
        /// A stable error code. The number never changes its meaning and is never used again.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u16)]
        pub enum ErrorCode {
            $(#[doc = $remedy] $name = $number,)*
        }

        impl ErrorCode {
            /// Every code, in order of number.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The number, as shown to users and matched by programs.
            pub fn number(self) -> u16 {
                match self { $(Self::$name => $number,)* }
            }

            /// The name, as in this table.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// The kind.
            pub fn kind(self) -> ErrorKind {
                match self { $(Self::$name => ErrorKind::$kind,)* }
            }

            /// What it means and what to do.
            pub fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy,)* }
            }
        }
    };
}

error_codes! {
    1001 AmountNotPositive Invalid "An amount is zero or negative. Give it without a sign; the command says which way money moves.";
    1002 AmountTooLarge Invalid "An amount or a sum of a command passes 2^63 - 1 minor units. Split it.";
    1003 AmountTooPrecise Invalid "An amount has digits that its currency does not have. Round it first.";
    1004 AmountMalformed Invalid "An amount is not a plain decimal number. Write 12.30, without spaces or thousands separators.";
    1005 UnknownCurrency Invalid "A currency is not a code of ISO 4217 with minor units. Use three upper-case letters.";
    1006 CurrencyMismatch Invalid "Two currencies where there must be one. A cause takes gifts in its own currency only.";
    1007 MalformedId Invalid "A text is not an id of the kind that is needed. Pass ids as they were returned.";
    1008 ImpossibleDate Invalid "A date does not exist or lies outside 1900 to 9999. Write it as 2026-01-31.";
    1009 InvalidKey Invalid "An idempotency key is empty, longer than 200 bytes or has control characters. Make one per act of the user.";
    1010 EmptyText Invalid "A text that must say something is empty. Fill the field that is named.";
    1011 TextTooLong Invalid "A text is longer than its limit. Shorten the field that is named.";
    1012 TextNotPrintable Invalid "A text has control characters. Remove them from the field that is named.";
    1013 InvalidEmail Invalid "An e-mail address has no @ between two parts, or has spaces.";
    1014 TooManyAttributes Invalid "A donor has more than 32 attributes. Keep the rest in the app.";
    1015 AttributeTwice Invalid "An attribute name stands twice. Give each name once.";
    1016 AnonymousWithProfile Invalid "An anonymous donor has no profile. Register a guest to keep a name or an e-mail.";
    1017 DatesReversed Invalid "A cause or a period ends before it begins. Swap the dates.";
    1018 NoDesignation Invalid "A donation or a refund of chosen causes names no cause. Give at least one.";
    1019 TooManyDesignations Invalid "A donation names more than 100 causes. Make two donations.";
    1020 CauseTwice Invalid "A command names a cause twice. Add the two amounts up.";
    1021 FeeExceedsGift Invalid "A fee borne by the causes is larger than the gift. Let the platform bear it.";
    1022 InvalidBankName Invalid "A name of a bank account or a processor is not 1 to 40 of a-z, 0-9 and hyphens, or begins with a hyphen.";
    1023 InvalidCursor Invalid "A cursor was not returned by this history in this order. Start without one.";
    1024 InvalidMapping Invalid "An import mapping cannot be read or names columns that the file does not have.";
    1025 InvalidPageSize Invalid "A page size is not 1 to 1,000 lines of a history, or 1 to 10,000 items of a list.";
    1026 RecordNotReached Invalid "A balance is asked for as of a record that is not there yet. Ask for the last one or an earlier one.";
    1027 FeeWithoutCapture Invalid "A fee is reported of a payment that is not captured with it. Book it once the money is captured.";
    1028 SameCurrency Invalid "Money is to be exchanged into the currency that it has. Nothing is exchanged.";
    1029 InvalidRate Invalid "A rate of exchange is not a positive decimal number. Give it as the processor does, or leave it out.";
    1030 PolicyOfOneCause Invalid "Passing money on to another cause is a policy of one cause. Name the cause.";
    1031 MethodNotGiven Invalid "This method comes about by capturing an exchanged gift or by identifying money. Give where the money is.";
    1032 FactCount Invalid "A call has no facts of a provider, or more than 100. Submit them in several calls.";
    1033 NotAttached Invalid "Fees are not attached to objects of a provider: what it charges comes with what it says.";
    1034 SettlementLineCount Invalid "A call has no lines of a settlement, or more than 1,000, or its settlement has 1,000 such calls. Give them in several calls.";

    2001 UnknownDonor NotFound "There is no donor with this id in this ledger.";
    2002 UnknownCause NotFound "There is no cause with this id in this ledger.";
    2003 UnknownDonation NotFound "There is no donation with this id in this ledger.";
    2004 NoLedger NotFound "There is no ledger in this folder. Check the path, or make one there with `open` (`ledger init`).";
    2005 UnknownEntry NotFound "There is no refund, adjustment or reallocation with this id in this ledger.";
    2006 UnknownPayment NotFound "There is no payment with this id in this ledger.";
    2007 UnknownPayout NotFound "There is no payout with this id in this ledger.";
    2008 UnknownDispute NotFound "There is no dispute with this id in this ledger.";
    2009 UnknownSuspense NotFound "There is no unidentified money with this id in this ledger.";
    2010 UnknownSettlement NotFound "There is no settlement with this id in this ledger.";

    3001 KeyConflict Conflict "This idempotency key already stands for something else. Use a new key for a new act.";
    3002 ExternalIdTaken Conflict "Another donor or cause has this external id; its id is in the message.";
    3003 EmailTaken Conflict "Another donor has this e-mail address; its id is in the message.";
    3004 CauseNotOpen Conflict "The cause is paused or closed and takes no gifts.";
    3005 OutsideCampaign Conflict "The gift is dated before the cause opens or after it closes.";
    3006 NothingToRefund Conflict "Everything of this donation has been refunded already.";
    3007 RefundExceedsRest Conflict "The refund is larger than what is left of the donation.";
    3008 RefundExceedsPart Conflict "The refund from a cause is larger than what is left of its part.";
    3009 CauseNotInDonation Conflict "The donation has no part for this cause.";
    3010 LedgerExists Conflict "There is a ledger in this folder already. Open it, or choose another folder.";
    3012 PeriodClosed Conflict "The day lies in a closed period. Date the entry later, or make it an adjusting one.";
    3013 PeriodNotOver Conflict "A period can be closed up to yesterday (UTC).";
    3014 DonorErased Conflict "The donor was erased. Nothing personal can be kept of them, and they give no more; register a new donor.";
    3015 EntryReversed Conflict "A correction has taken this entry back. Go on with the entry that stands in its place.";
    3016 DonationHasRefunds Conflict "A donation of which something was given back cannot be taken back. Take its refunds back first.";
    3017 DonorMerged Conflict "The donor is merged into another already. Merge that one, or undo the merge first.";
    3018 DonorNotMerged Conflict "The donor is not merged into another, so there is no merge to undo.";
    3019 SameDonor Conflict "The two ids are one donor already.";
    3020 DonorKindsDiffer Conflict "A person and an organisation cannot be one donor.";
    3021 AnonymousKept Conflict "An anonymous donor would be kept and a known one be gone. Keep the known one.";
    3022 IllegalTransition Conflict "A payment or a payout cannot come from where it stands to what was reported. Look at it again.";
    3023 DonationNotOpen Conflict "The donation is paid or given up and takes no further payment. Begin a new one.";
    3024 DonationNotCaptured Conflict "The donation is not paid yet. Wait until a payment of it is captured.";
    3025 NotAtProcessor Conflict "The donation was not captured at a processor. Its fee belongs into the command that recorded it.";
    3026 PaymentOpen Conflict "A payment of the donation is under way. Report what became of it first.";
    3027 MoneyPending Conflict "Money of the donor is on its way. Wait until it has arrived or was given up.";
    3028 NotAvailable Conflict "A payout is larger than what is available to the cause. Pay at most that.";
    3029 AgencyOnly Conflict "These are one charity's own books: causes are not paid out to, and no platform takes a fee.";
    3030 CollectedHere Conflict "The donation was collected by payments, which cannot be corrected. Refund it, or reallocate its money.";
    3031 DonationDisputed Conflict "The donation is disputed, and the bank may give the money back too. Wait, or force the refund; what was set aside of it is not released meanwhile.";
    3032 CauseWouldOwe Conflict "A cause would owe money, and its policy blocks that. Wait for gifts, or change the policy.";
    3033 NotOwed Conflict "More is to be settled than a cause owes. Settle at most that.";
    3034 MoreThanWasBorne Conflict "More of a fee is to be given back than was borne. Give back at most that.";
    3035 ExceedsSuspense Conflict "More is taken than is left of unidentified money. Take at most that.";
    3036 WrongSuspense Conflict "Money set aside of a gift is released to a cause; other unidentified money is identified or returned.";
    3037 AwaitsExchange Conflict "The donation is in another currency than its causes. Report its capture with what it was exchanged into.";
    3038 ObjectTaken Conflict "The object of the provider is something else here already. Look up what it was attached to.";
    3039 LineSettled Conflict "A line is in a settlement already, or stands twice in the call. Leave it out.";
    3040 RefundOfOtherAmount Conflict "A provider gave back another amount than was asked for. Find out which is right, then adjust.";

    4002 TooManyCommands Limit "More than 10,000 commands in one call. Submit them in several calls.";
    4003 StatementTooLong Limit "A statement has more than 20,000 lines. Ask for a shorter period.";
    4004 TooManyRefunds Limit "A donation has 1,000 refunds already. Give the rest back by an adjustment.";
    4005 TooManyAccounts Limit "A closing would bring more than 2,000 accounts to zero. Close an earlier day first.";
    4006 TooManyMerged Limit "A donor would have more than 100 ids. Find out why there are so many.";
    4007 TooManyPayments Limit "A donation has 100 payments already. Begin a new donation.";
    4008 TooManyDisputes Limit "A donation has 100 disputes already. Book the rest by adjustments.";
    4009 TooManyParked Limit "100 facts wait for one object of a provider already. Find out why nobody attached it.";

    5001 NotCommitted Storage "The medium failed before anything was written, or a dry run keeps the state in its place. Nothing happened; try again.";
    5002 OutcomeUnknown Storage "The medium failed while writing. Reopen, then repeat with the same key or ask for its status.";
    5003 Closed Storage "The ledger was closed, or stopped writing after a failure. Reopen it.";
    5004 AlreadyOpen Storage "Another process or handle has this ledger open for writing. Close it there, or open it for reading only.";
    5005 ReadFailed Storage "The medium failed while reading. Nothing was changed; try again.";
    5006 NewerFormat Storage "The ledger was written by a newer version of this library. Upgrade.";
    5007 ReadOnly Storage "The handle was opened for reading only. Write where the ledger is open for writing.";
    5008 Standby Storage "The folder is a copy that follows another ledger. Read it with an opening for reading only, or promote it.";
    5009 NotStandby Storage "The folder is no copy that follows another ledger, so there is nothing to promote. Open it as it is.";
    5010 NotAFolder Storage "The path leads to something that is not a folder. Choose another path, or move away what is there.";

    6001 JournalDamaged Corrupt "Bytes of the journal are not what was written. Restore the named segment from a backup.";
    6002 StateDamaged Corrupt "The derived state contradicts the journal. Rebuild it (`ledger rebuild`).";
    6003 KeyringDamaged Corrupt "The file of donor keys is damaged. Restore `keys` from its backup.";
    6004 FormatDamaged Corrupt "The file FORMAT or HEAD cannot be read. Restore it from a backup.";
    6005 JournalCut Corrupt "Acknowledged records are missing at the end of the journal. Restore it from a backup.";
    6006 Diverged Corrupt "A copy and its source are not one history any more. Keep both, and make a new copy of the right one elsewhere.";

    7001 FieldCount Invalid "A row of an import has another number of fields than its header or mapping says.";
    7002 BrokenUtf8 Invalid "A row of an import is not UTF-8. Convert the file first.";
    7003 EmptyKey Invalid "A row of an import lacks a part of its idempotency key.";
    7004 EmptyField Invalid "A row of an import lacks the donor or the cause.";
    7005 PatternMismatch Invalid "A field of a row does not match the pattern that the mapping demands.";
    7006 TruncatedRow Invalid "The last row of an import is cut off. Fetch the file again; the rows before it were imported.";
    7007 TruncatedFile Invalid "The compressed file of an import ends too early or is damaged. Fetch it again; the rows before were imported.";
    7008 OpenQuote Invalid "A quote in a row of an import does not close before the next delimiter. Only that line was left out.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_agree_with_their_kind() {
        assert!(ErrorCode::ALL.windows(2).all(|pair| pair[0].number() < pair[1].number()));
        for code in ErrorCode::ALL {
            let kind = match code.number() / 1000 {
                1 | 7 => ErrorKind::Invalid,
                2 => ErrorKind::NotFound,
                3 => ErrorKind::Conflict,
                4 => ErrorKind::Limit,
                5 => ErrorKind::Storage,
                _ => ErrorKind::Corrupt,
            };
            assert_eq!(code.kind(), kind, "{code:?}");
        }
    }
}
