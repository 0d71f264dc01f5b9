"""A small website that takes donations, with the ledger inside it. Read it from `app.py` on."""
