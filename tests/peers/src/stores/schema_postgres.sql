CREATE TABLE donors (id integer PRIMARY KEY, given bigint NOT NULL, gifts bigint NOT NULL) WITH (fillfactor = 50);
CREATE TABLE causes (
    id integer PRIMARY KEY, name text NOT NULL, given bigint NOT NULL, fees bigint NOT NULL, gifts bigint NOT NULL
) WITH (fillfactor = 10);
-- Each client adds to the bank in a slot of its own, else all of them wait for one row. The balance is the sum.
CREATE TABLE balances (
    account integer NOT NULL, slot integer NOT NULL, balance bigint NOT NULL, PRIMARY KEY (account, slot)
) WITH (fillfactor = 10);
CREATE TABLE accounts (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE donations (
    id bigserial PRIMARY KEY, key text NOT NULL UNIQUE, donor integer NOT NULL, cents bigint NOT NULL,
    fee bigint NOT NULL, day integer NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX donations_of_donor ON donations (donor, id);
CREATE TABLE designations (
    donation bigint NOT NULL, cause integer NOT NULL, cents bigint NOT NULL, fee bigint NOT NULL,
    PRIMARY KEY (donation, cause)
);
CREATE INDEX designations_of_cause ON designations (cause, donation);
-- Entry 0 is the gift and 1 its fee. Debits positive, credits negative: the lines of an entry come to zero.
CREATE TABLE postings (
    donation bigint NOT NULL, entry bigint NOT NULL, account integer NOT NULL, cents bigint NOT NULL,
    PRIMARY KEY (donation, entry, account)
);
-- The statement of an account.
CREATE INDEX postings_of_account ON postings (account, donation, entry);

-- One donation in one round trip; null for a key that is there. Rows are locked in one order (donor, causes rising,
-- the client's own slot), so that no two clients wait for each other.
CREATE FUNCTION give(
    the_key text, the_donor integer, the_day integer, the_slot integer,
    the_causes integer[], the_cents bigint[], the_fees bigint[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    the_id bigint;
    whole bigint := 0;
    fee_whole bigint := 0;
BEGIN
    FOR i IN 1 .. cardinality(the_causes) LOOP
        whole := whole + the_cents[i];
        fee_whole := fee_whole + the_fees[i];
    END LOOP;
    INSERT INTO donations (key, donor, cents, fee, day) VALUES (the_key, the_donor, whole, fee_whole, the_day)
        ON CONFLICT (key) DO NOTHING RETURNING id INTO the_id;
    IF the_id IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO postings VALUES (the_id, 0, 0, whole), (the_id, 1, 0, -fee_whole);
    FOR i IN 1 .. cardinality(the_causes) LOOP
        INSERT INTO designations VALUES (the_id, the_causes[i], the_cents[i], the_fees[i]);
        INSERT INTO postings VALUES
            (the_id, 0, the_causes[i] + 1, -the_cents[i]), (the_id, 1, the_causes[i] + 1, the_fees[i]);
    END LOOP;
    UPDATE donors SET given = given + whole, gifts = gifts + 1 WHERE id = the_donor;
    FOR i IN 1 .. cardinality(the_causes) LOOP
        UPDATE causes SET given = given + the_cents[i], fees = fees + the_fees[i], gifts = gifts + 1
            WHERE id = the_causes[i];
        UPDATE balances SET balance = balance + the_fees[i] - the_cents[i]
            WHERE account = the_causes[i] + 1 AND slot = 0;
    END LOOP;
    UPDATE balances SET balance = balance + whole - fee_whole WHERE account = 0 AND slot = the_slot;
    RETURN the_id;
END $$;
