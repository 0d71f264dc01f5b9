// The types of the ledger are in a module of their own, which nobody has to import.
@_exported import LedgerCore

/// How a ledger is opened.
public typealias Options = Settings
