import CivilTime
import JSONText
import Journal
import Sealing

/// Decides about a batch of submissions of one member, each seeing the ones before it.
struct FindingIntake {
    private let member: String
    private let secret: [UInt8]
    private let snapshot: JournalSnapshot
    private let now: Timestamp
    private(set) var drafts: [RecordDraft] = []
    /// What this batch has decided and the tables do not show yet.
    private var earlier: [String: (submission: FindingSubmission, receipt: FindingReceipt)] = [:]
    private var claims: [FingerprintClaim: String] = [:]
    /// Digests of the original bytes that a draft of this batch brings.
    private var carried: Set<Digest> = []
    /// Results by the vulnerability and the document that this batch put them under.
    private var listed: [DocumentListing: Set<ListedResult>] = [:]
    /// Vulnerabilities that a finding of this batch has joined.
    private var joined: Set<String> = []

    init(member: String, secret: [UInt8], snapshot: JournalSnapshot, now: Timestamp) {
        self.now = now
        self.member = member
        self.secret = secret
        self.snapshot = snapshot
    }

    mutating func take(_ finding: PreparedFinding) throws -> Result<FindingReceipt, Refusal> {
        let (identifier, submission) = (finding.identifier, finding.submission)
        if let receipt = try earlierAnswer(identifier) {
            guard try isRepeated(identifier, by: submission) else {
                return .failure(
                    Refusal(
                        .idempotencyKeyReused, "the idempotency key was used before for a different finding",
                        place: submission.keyPlace
                    )
                )
            }
            return .success(receipt)
        }
        // Refused here, alone: the journal would refuse the whole batch.
        guard finding.submitted.payloadByteCount <= JournalLimits.maximumPayloadByteCount else {
            return .failure(Refusal(.tooLarge, "a finding's texts have at most \(JournalLimits.maximumPayloadByteCount) bytes"))
        }
        let assignment = try VulnerabilityAssignment(
            of: finding, listsAnother: { try listsAnother(submission, under: $0) }, known: vulnerability(for:))
        listed[DocumentListing(submission, under: assignment.vulnerability), default: []].insert(ListedResult(submission.report))
        // Findings of one log share their bytes, which are stored once.
        let isFirstWithBytes = carried.insert(submission.original.digest).inserted
        drafts.append(isFirstWithBytes ? finding.submitted : finding.submitted.withoutContents)
        drafts.append(try DiscoveryRecords.joined(assignment.vulnerability, assignment.membership, by: Membership.system))
        if !assignment.membership.isFirst, joined.insert(assignment.vulnerability).inserted {
            drafts += try snapshot.embargoSuggestion(for: member, joining: assignment.vulnerability, now: now)
        }
        for claim in assignment.membership.claims where claims[claim] == nil {
            claims[claim] = assignment.vulnerability
        }
        let receipt = FindingReceipt(
            finding: identifier, vulnerability: assignment.vulnerability, joinedExisting: !assignment.membership.isFirst,
            isRepeat: false, reasons: assignment.membership.reasons
        )
        earlier[identifier] = (submission, receipt.asRepeat)
        return .success(receipt)
    }

    /// Binds a key to the body it came with.
    /// - Throws: `idempotencyKeyReused` where it is bound to another.
    mutating func claim(_ key: BodyKey) throws {
        let identifier = Identifier.derived("k", secret: secret, from: [member, key.text])
        guard let claim = try snapshot.records(of: DiscoveryRecords.keyStream(identifier)).first else {
            drafts.append(try DiscoveryRecords.keyClaimed(identifier, for: key.body, by: member))
            return
        }
        guard claim.payload?["body"]?.string == key.body.hex else {
            throw Refusal(
                .idempotencyKeyReused, "the idempotency key was used before for another body", place: "header Idempotency-Key"
            )
        }
    }

    private func earlierAnswer(_ finding: String) throws -> FindingReceipt? {
        if let known = earlier[finding] { return known.receipt }
        guard try snapshot.firstRow("SELECT 1 FROM finding WHERE id = $1", [.text(finding)]) != nil else { return nil }
        return try FindingReceipt.firstAnswer(to: finding, in: snapshot)
    }

    /// Whether this is the finding that has the identifier, by what was recorded of it.
    private func isRepeated(_ finding: String, by submission: FindingSubmission) throws -> Bool {
        let known = earlier[finding]?.submission
        switch submission.isRepeat {
        case .ofBytes:
            return try (known?.original.digest.hex ?? recordedOriginal(finding)) == submission.original.digest.hex
        case .ofProblem:
            return try (known?.report ?? recordedReport(finding))?.problem == submission.report.problem
        }
    }

    /// Whether the vulnerability has results of the same tool in the same document, and none of them is this one.
    private func listsAnother(_ submission: FindingSubmission, under vulnerability: String) throws -> Bool {
        let listing = DocumentListing(submission, under: vulnerability)
        let results = try (listed[listing] ?? []).union(snapshot.results(of: listing, by: member))
        return !results.isEmpty && !results.contains(ListedResult(submission.report))
    }

    private func recordedOriginal(_ finding: String) throws -> String? {
        try snapshot.firstRow("SELECT original FROM finding WHERE id = $1", [.text(finding)])?.text(0)
    }

    private func recordedReport(_ finding: String) throws -> FindingReport? {
        let submitted = try snapshot.records(of: DiscoveryRecords.findingStream(finding)).first
        return submitted?.payload?["report"].flatMap(FindingReport.init(json:))
    }

    private func vulnerability(for claim: FingerprintClaim) throws -> String? {
        try claims[claim] ?? snapshot.vulnerability(claiming: claim)
    }
}

extension FindingReceipt {
    var asRepeat: FindingReceipt {
        FindingReceipt(
            finding: finding, vulnerability: vulnerability, joinedExisting: joinedExisting, isRepeat: true, reasons: reasons
        )
    }

    /// The answer a finding got when it arrived, read from the record that gave it; later moves do not change it.
    static func firstAnswer(to finding: String, in snapshot: JournalSnapshot) throws -> FindingReceipt {
        // The intake writes the two records of a finding one after the other.
        guard
            let sequence = try snapshot.firstRow("SELECT sequence FROM finding WHERE id = $1", [.text(finding)])?.integer(0),
            let payload = try snapshot.record(at: sequence + 1)?.payload, payload["finding"]?.string == finding,
            let vulnerability = payload["vulnerability"]?.string
        else { throw JournalError(.contradiction, "the finding \(finding) has no first vulnerability") }
        return FindingReceipt(
            finding: finding, vulnerability: vulnerability, joinedExisting: payload["isFirst"]?.bool == false, isRepeat: true,
            reasons: (payload["reasons"]?.array ?? []).compactMap(\.string)
        )
    }
}
