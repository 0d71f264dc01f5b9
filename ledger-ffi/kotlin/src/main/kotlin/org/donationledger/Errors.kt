package org.donationledger

/** What is wrong: code, message and the values that it tells. */
val LedgerException.problem: Problem
    get() = when (this) {
        is LedgerException.Invalid -> problem
        is LedgerException.NotFound -> problem
        is LedgerException.Conflict -> problem
        is LedgerException.Limit -> problem
        is LedgerException.Storage -> problem
        is LedgerException.Corrupt -> problem
    }

/** The stable number of the error, which never changes its meaning. */
val LedgerException.code: Int get() = problem.code.toInt()

/** Which kind of error it is: what the class says. */
val LedgerException.kind: ErrorKind get() = problem.kind

/** Whether the same call may succeed when it is made again, without anything else being changed. */
val LedgerException.isRetryable: Boolean get() = problem.retryable

/** The values that the message tells, each by its name. */
val LedgerException.fields: Map<String, String> get() = problem.fields
