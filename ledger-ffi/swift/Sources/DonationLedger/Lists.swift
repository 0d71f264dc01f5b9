import LedgerCore

/// A list of any length, read page by page as it is looped over; what is committed meanwhile may be in it. Loop with `for
/// try await`, which reads away from the threads that tasks run on, or with `for` over `all()`.
public struct Pages<Element: Sendable, Place: Sendable>: AsyncSequence, Sendable {
    let read: @Sendable (Place?) throws -> (items: [Element], next: Place?)

    /// Reads on where the last page ended.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let read: @Sendable (Place?) throws -> (items: [Element], next: Place?)
        var waiting: ArraySlice<Element> = []
        var place: Place?
        var isLast = false

        public mutating func next() async throws -> Element? {
            // A page can be empty and not the last: of a public list, where other things happened in between.
            while waiting.isEmpty && !isLast {
                try Task.checkCancellation()
                let (read, place) = (read, place)
                let page = try await away { try read(place) }
                (waiting, self.place, isLast) = (page.items[...], page.next, page.next == nil)
            }
            return waiting.popFirst()
        }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(read: read) }

    /// All of them, at once.
    public func all() throws -> [Element] {
        var (found, place): ([Element], Place?) = ([], nil)
        repeat {
            let page = try read(place)
            found += page.items
            place = page.next
        } while place != nil
        return found
    }
}

/// How many are read at once.
private let page: UInt32 = 500

/// Where a list goes on after a page: nowhere, where the page is short.
private func after<Element, Place>(_ items: [Element], _ place: (Element) -> Place) -> (items: [Element], next: Place?) {
    (items, items.count < page ? nil : items.last.map(place))
}

extension Ledger {
    /// What happened with a donor, line by line.
    public func history(of donor: DonorId, order: Order = .oldestFirst) -> Pages<HistoryLine, Cursor> {
        Pages { cursor in
            let found = try self.donorHistory(donor: donor, request: PageRequest(order: order, cursor: cursor, linesMax: page))
            return (found.lines, found.next)
        }
    }

    /// What happened to a cause, line by line: its own part of each gift, never the whole.
    public func history(of cause: CauseId, order: Order = .oldestFirst) -> Pages<HistoryLine, Cursor> {
        Pages { cursor in
            let found = try self.causeHistory(cause: cause, request: PageRequest(order: order, cursor: cursor, linesMax: page))
            return (found.lines, found.next)
        }
    }

    /// What was posted to an account, line by line.
    public func history(of account: Account, order: Order = .oldestFirst) -> Pages<AccountLine, Cursor> {
        Pages { cursor in
            let found = try self.accountHistory(
                account: account, request: PageRequest(order: order, cursor: cursor, linesMax: page))
            return (found.lines, found.next)
        }
    }

    /// What the public may see of the gifts to a cause: names only where the donor allowed it.
    public func publicGifts(to cause: CauseId, order: Order = .newestFirst) -> Pages<PublicGift, Cursor> {
        Pages { cursor in
            let found = try self.publicGifts(cause: cause, request: PageRequest(order: order, cursor: cursor, linesMax: page))
            return (found.gifts, found.next)
        }
    }

    /// All donors, in the order in which they were registered.
    public func donors() -> Pages<Donor, DonorId> {
        Pages { after(try self.donors(after: $0, limit: page)) { $0.id } }
    }

    /// All causes, in the order in which they were opened.
    public func causes() -> Pages<Cause, CauseId> {
        Pages { after(try self.causes(after: $0, limit: page)) { $0.id } }
    }

    /// Everything that was committed after a record: ids and money, nothing personal.
    public func changes(after seq: UInt64 = 0) -> Pages<Change, UInt64> {
        Pages { after(try self.changes(afterSeq: $0 ?? seq, limit: page)) { $0.seq } }
    }

    /// The donations that were captured after a record, each as it stands now; those that were taken back among them.
    public func donations(after seq: UInt64 = 0) -> Pages<Donation, UInt64> {
        Pages { place in
            let found = try self.donationsAfter(seq: place ?? seq, limit: page)
            return (found.donations, found.donations.count < page ? nil : found.through)
        }
    }

    /// All notices after a record, whoever has acknowledged them.
    public func notices(after seq: UInt64 = 0) -> Pages<Notice, UInt64> {
        Pages { place in
            let found = try self.noticesAfter(seq: place ?? seq, limit: page)
            return (found.notices, found.notices.count < page ? nil : found.through)
        }
    }
}
