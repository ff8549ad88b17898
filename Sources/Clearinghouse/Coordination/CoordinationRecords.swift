import AdvisoryFormats
package import CivilTime
import Handling
import JSONText
import Journal

/// The facts about cases. What belongs to a case is sealed under the case's key, its title and its clock included.
enum CoordinationRecords {
    static let opened = RecordKind("case.opened")
    static let embargoMoved = RecordKind("case.embargo-moved")
    static let embargoSuggested = RecordKind("case.embargo-suggested")
    static let published = RecordKind("case.published")

    static func stream(_ identifier: String) -> StreamName { StreamName("case", identifier) }

    static func contentKey(of identifier: String) -> ContentKeyName { ContentKeyName("case/\(identifier)") }

    /// - Parameters:
    ///   - targets: what the vulnerability is in, for the pace of their maintainers.
    ///   - finders: how many had found it when the embargo was set.
    static func opened(
        _ identifier: String, _ opening: CaseOpening, until: Timestamp, finders: Int, in targets: [String], by actor: String
    ) throws -> RecordDraft {
        RecordDraft(
            opened, in: stream(identifier), by: actor, label: try Labels.caseRoom(identifier),
            payload: [
                "case": .string(identifier), "embargoUntil": .string(until.description),
                "finders": .number(JSONNumber(Int64(finders))),
                "longerBecause": opening.longerBecause.map { .string($0) } ?? .null,
                "targets": .array(targets.map { .string($0) }), "title": .string(opening.title),
                "vendor": .string(opening.vendor),
                "vulnerability": .string(opening.vulnerability)
            ],
            sealedUnder: contentKey(of: identifier), expectedVersion: 0
        )
    }

    /// - Parameter finders: how many had found it by then: the policy speaks again where there are more.
    static func embargoMoved(
        _ identifier: String, until: Timestamp, finders: Int, reason: String, by actor: String
    ) throws -> RecordDraft {
        RecordDraft(
            embargoMoved, in: stream(identifier), by: actor, label: try Labels.caseRoom(identifier),
            payload: [
                "case": .string(identifier), "embargoUntil": .string(until.description),
                "finders": .number(JSONNumber(Int64(finders))), "reason": .string(reason)
            ],
            sealedUnder: contentKey(of: identifier)
        )
    }

    /// What the policy said when another finder reached the vulnerability: for the timeline, for what it says now is derived from who
    /// the finders are now. The desk's: whether it is followed is for the
    /// coordinator to tell the vendor.
    static func embargoSuggested(_ identifier: String, _ suggestion: EmbargoSuggestion, reason: String) throws -> RecordDraft {
        RecordDraft(
            embargoSuggested, in: stream(identifier), by: Membership.system, label: try Labels.desk(),
            payload: [
                "case": .string(identifier), "embargoUntil": .string(suggestion.until.description),
                "finders": .number(JSONNumber(suggestion.finders)), "reason": .string(reason)
            ],
            sealedUnder: contentKey(of: identifier)
        )
    }

    static func published(_ identifier: String, advisory: String, earlyBecause reason: String?, by actor: String) throws
        -> RecordDraft
    {
        RecordDraft(
            published, in: stream(identifier), by: actor, label: try Labels.caseRoom(identifier),
            payload: [
                "advisory": .string(advisory), "case": .string(identifier),
                "earlyBecause": reason.map { .string($0) } ?? .null
            ],
            sealedUnder: contentKey(of: identifier)
        )
    }
}

/// What a coordinator states when opening a case.
package struct CaseOpening: Sendable {
    package let vulnerability: String
    package let vendor: String
    package let title: String
    /// The end of the embargo; nil for what the policy says (`EmbargoPolicy`).
    package let embargoUntil: Timestamp?
    /// Why it lasts longer than the policy says; needed where it does.
    package let longerBecause: String?
    /// A patch that comes with the report, for maintainers who want none without.
    package let patch: ProposedPatch?

    package init(
        vulnerability: String, vendor: String, title: String, embargoUntil: Timestamp? = nil, longerBecause: String? = nil,
        patch: ProposedPatch? = nil
    ) {
        self.longerBecause = longerBecause
        self.vulnerability = vulnerability
        self.vendor = vendor
        self.title = title
        self.embargoUntil = embargoUntil
        self.patch = patch
    }

    /// Longer than the longest title of a finding no title needs to be.
    static let maximumTitleByteCount = FindingDocument.maximumTitleBytes

    /// - Throws: `malformed` for a title of blanks only, or a huge one.
    func requireTitle() throws(Refusal) {
        guard title.contains(where: { !$0.isWhitespace }), title.utf8.count <= Self.maximumTitleByteCount else {
            throw Refusal(.malformed, "a case has a title of 1 to \(Self.maximumTitleByteCount) bytes", place: "/title")
        }
    }
}
