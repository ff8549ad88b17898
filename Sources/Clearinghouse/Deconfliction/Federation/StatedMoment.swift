import CivilTime

/// A moment that a federation record states, and where.
struct StatedMoment: Sendable {
    let value: Timestamp
    private let place: String

    /// - Throws: `malformed` for what the record's schema allows and nobody can keep: a leap second, and a moment that its offset carries
    ///   out of the years 0000 to 9999.
    init(_ text: String, at place: String) throws(Refusal) {
        guard let moment = Timestamp(rfc3339: text) else {
            throw Refusal(.malformed, "a moment of the years 0000 to 9999 is needed, and no leap second", place: place)
        }
        value = moment
        self.place = place
    }

    /// - Throws: `malformed` for a moment that lies ahead: it would count as newer than all that comes until then.
    func requireNotAfter(_ latest: Timestamp) throws(Refusal) {
        guard value <= latest else { throw Refusal(.malformed, "\(value) lies in the future", place: place) }
    }
}
