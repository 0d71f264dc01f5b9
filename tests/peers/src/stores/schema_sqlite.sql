-- Integers as ids, no row id where the key is the order that is read, and only the indexes that the reads need.
CREATE TABLE donors (id INTEGER PRIMARY KEY, given INTEGER NOT NULL, gifts INTEGER NOT NULL);
CREATE TABLE causes (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL,
    given INTEGER NOT NULL, fees INTEGER NOT NULL, gifts INTEGER NOT NULL
);
CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL, balance INTEGER NOT NULL);
CREATE TABLE donations (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, donor INTEGER NOT NULL REFERENCES donors,
    cents INTEGER NOT NULL, fee INTEGER NOT NULL, day INTEGER NOT NULL, recorded_at INTEGER NOT NULL
);
CREATE INDEX donations_of_donor ON donations (donor);
CREATE TABLE designations (
    donation INTEGER NOT NULL REFERENCES donations, cause INTEGER NOT NULL REFERENCES causes,
    cents INTEGER NOT NULL, fee INTEGER NOT NULL,
    PRIMARY KEY (donation, cause)
) WITHOUT ROWID;
CREATE INDEX designations_of_cause ON designations (cause, donation);
-- Entry 0 is the gift and 1 its fee. Debits positive, credits negative: the lines of an entry come to zero.
CREATE TABLE postings (
    donation INTEGER NOT NULL REFERENCES donations, entry INTEGER NOT NULL,
    account INTEGER NOT NULL REFERENCES accounts, cents INTEGER NOT NULL,
    PRIMARY KEY (donation, entry, account)
) WITHOUT ROWID;
-- The statement of an account.
CREATE INDEX postings_of_account ON postings (account, donation, entry);
