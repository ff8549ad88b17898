import AdvisoryFormats
import JSONText
import Journal
import PackageIdentity
import Sealing

/// Turns what arrives into submissions: parsed, validated, with an idempotency key.
package enum FindingReader {
    /// What one document held.
    package struct Batch: Sendable {
        package let submissions: [FindingSubmission]
        /// What the document said that a finding can't carry, in words.
        package let leftOut: [String]
        /// The key given beside the document, bound to its bytes.
        package let key: BodyKey?

        package init(submissions: [FindingSubmission], leftOut: [String] = [], key: BodyKey? = nil) {
            self.submissions = submissions
            self.leftOut = leftOut
            self.key = key
        }
    }

    /// One finding as a JSON object, with the key given beside it.
    package static func batch(in bytes: [UInt8], idempotencyKey: String?) throws(Refusal) -> Batch {
        let submission = try submission(in: bytes, idempotencyKey: idempotencyKey)
        return Batch(
            submissions: [submission], key: idempotencyKey.map { BodyKey($0, body: submission.original.digest) }
        )
    }

    /// One finding as a JSON object, or one line of NDJSON.
    ///
    /// The key is, in this order: the one given beside the document, the document's own, the SHA-256 of its bytes. So a line
    /// sent again as it was is never a second finding, even by a finder that knows of no keys.
    /// - Throws: `malformed` with the JSON Pointer and byte offset.
    package static func submission(in bytes: [UInt8], idempotencyKey: String? = nil) throws(Refusal) -> FindingSubmission {
        let document: FindingDocument
        do {
            document = try FindingDocument(parsing: bytes)
        } catch {
            throw Refusal(error)
        }
        let original = Content(bytes)
        let key = idempotencyKey ?? document.idempotencyKey ?? original.digest.hex
        return FindingSubmission(report: FindingReport(document), original: original, idempotencyKey: key)
    }

    /// Every problem of a SARIF 2.1.0 log.
    ///
    /// What makes a result of a later log the same finding again is its own `guid`, or else its `correlationGuid`, together with
    /// the problem; and for results without either the log's key and their place in it, which come back only with the same log.
    /// Where an identifier comes back with other words or at another place, the result has changed: that is a finding of its own, a
    /// later report, which joins the vulnerability of the earlier one (`FingerprintKey.Kind.result`). So neither refuses anything.
    ///
    /// A run may name the package that was scanned (`properties.package`) or its repository; `package` and `repository` say
    /// it where the log does not, and count where it says something else.
    /// - Throws: `malformed` with the place, also where the log reports problems and none of them is known to be in any package or
    ///   repository.
    package static func submissions(
        inSARIF bytes: [UInt8], package said: String? = nil, repository: String? = nil, idempotencyKey: String? = nil
    ) throws(Refusal) -> Batch {
        let report: SARIFReport
        do {
            report = try SARIFReport(parsing: bytes)
        } catch {
            throw Refusal(error)
        }
        let original = Content(bytes)
        let package = try purl(said)
        let about = try Self.repository(repository)
        let converted: SARIFConversion
        do throws(FormatRefusal) {
            converted = try report.findings(package: package, repository: about)
        } catch {
            throw Refusal(error)
        }
        if converted.findings.isEmpty, let lost = converted.withoutSubject.first {
            throw Refusal(
                .malformed, "\(lost.reason); say beside the log what it is about: package or repository", place: lost.pointer)
        }
        // What the log is said to be about belongs to the question: the same log about something else is another one.
        let question = question(original, [said, repository])
        let submissions = converted.findings.map { finding in
            submission(finding, in: original, otherwiseUnder: "\(idempotencyKey ?? "")\(question.hex)#\(finding.pointer)")
        }
        return Batch(
            submissions: submissions, leftOut: converted.misfits.map(\.description),
            key: idempotencyKey.map { BodyKey($0, body: question) }
        )
    }

    private static func submission(
        _ finding: SARIFFinding, in original: Content, otherwiseUnder key: String
    ) -> FindingSubmission {
        let report = FindingReport(finding.document)
        guard let result = finding.document.idempotencyKey ?? finding.correlationGUID else {
            return FindingSubmission(report: report, original: original, idempotencyKey: key, place: finding.pointer)
        }
        return FindingSubmission(
            report: report, original: original, idempotencyKey: "\(result)/\(report.problem.hex)", isRepeat: .ofProblem,
            place: finding.pointer
        )
    }

    /// The digest of a document together with what it is said to be.
    static func question(_ original: Content, _ said: [String?]) -> Digest {
        Digest(
            hashing: JSONValue.array(([original.digest.hex] + said).map { $0.map { .string($0) } ?? .null }).canonicalBytes()
        )
    }

    static func purl(_ text: String?) throws(Refusal) -> Purl? {
        guard let text else { return nil }
        do {
            return try Purl(parsing: text)
        } catch {
            throw Refusal(.malformed, "package is not a package URL: \(error.reason)", place: "query parameter package")
        }
    }

    static func repository(_ text: String?) throws(Refusal) -> String? {
        guard let text else { return nil }
        guard let repository = FindingDocument.repository(text) else {
            throw Refusal(
                .malformed, "repository is no URI like https://github.com/acme/parser", place: "query parameter repository")
        }
        return repository
    }
}

extension FindingReport {
    init(_ document: FindingDocument) {
        self.init(
            title: document.title, package: document.package?.description, repository: document.repository,
            commit: document.commit, weakness: document.weakness?.description, file: document.location?.file,
            function: document.location?.function, startLine: document.location?.startLine.map(Int64.init),
            detail: document.description ?? "", severity: document.severity?.rawValue,
            provenance: document.provenance?.object, toolFingerprints: document.fingerprints
        )
        (patch, crash, entry, sink) = (document.patch, document.crash, document.entry, document.sink)
        renames = document.renames.map { Rename(from: $0.from, to: $0.to) }
        discoveredAt = document.discoveredAt?.text
        var further = JSONObject(document.extra.map { ($0.name, $0.value.value) })
        if let extra = document.location?.extra, !extra.isEmpty {
            further["location"] = .object(JSONObject(extra.map { ($0.name, $0.value.value) }))
        }
        self.further = further.isEmpty ? nil : further
    }
}

extension FindingProvenance {
    /// For the journal; members nobody stated are left out.
    fileprivate var object: JSONObject {
        let texts: [(String, String?)] = [
            ("model", model), ("version", version), ("harness", harness), ("harnessVersion", harnessVersion),
            ("promptPolicyHash", promptPolicyHash)
        ]
        var members = texts.compactMap { name, text in text.map { (name, JSONValue.string($0)) } }
        if let humanReviewed { members.append(("humanReviewed", .bool(humanReviewed))) }
        return JSONObject(members + extra.map { ($0.name, $0.value.value) })
    }
}
