package import AdvisoryFormats
import JSONText
import Journal
import PackageIdentity
import Scoring
import Sealing

extension FindingReader {
    /// The findings of a document in any format we read.
    ///
    /// `package` and `repository` say what a document is about where it does not, and count where it says something else; our own
    /// finding format names both itself, so that they are refused beside it.
    /// - Throws: `malformed` with the place (JSON Pointer, line, byte offset), also where a document gives no finding at all;
    ///   `tooLarge` with the place where its findings are more than are taken of one document.
    package static func batch(
        in bytes: [UInt8], as format: FindingFormat, package: String? = nil, repository: String? = nil,
        idempotencyKey: String? = nil
    ) throws(Refusal) -> Batch {
        switch format {
        case .finding:
            for (name, value) in [("package", package), ("repository", repository)] where value != nil {
                throw Refusal(.malformed, "a finding names its \(name) itself", place: "query parameter \(name)")
            }
            return try batch(in: bytes, idempotencyKey: idempotencyKey)
        case .sarif:
            return try submissions(inSARIF: bytes, package: package, repository: repository, idempotencyKey: idempotencyKey)
        default: break
        }
        let conversion = try FindingConversion(
            of: bytes, in: format, package: try Self.purl(package), repository: try Self.repository(repository))
        let original = Content(bytes)
        let question = question(original, [format.rawValue, package, repository])
        let submissions = conversion.findings.map { finding in
            FindingSubmission(
                report: FindingReport(finding), original: original,
                idempotencyKey: "\(idempotencyKey ?? "")\(question.hex)#\(finding.place)"
            )
        }
        return Batch(
            submissions: submissions, leftOut: conversion.misfits.map(\.description),
            key: idempotencyKey.map { BodyKey($0, body: question) }
        )
    }
}

extension FindingConversion {
    /// Reads the document by the reader of its format.
    /// - Throws: `malformed` where the reader refuses it, or where no finding is in it, with the place in both cases.
    fileprivate init(
        of bytes: [UInt8], in format: FindingFormat, package: Purl?, repository: String?
    ) throws(Refusal) {
        let read: FindingConversion?
        do throws(FormatRefusal) {
            read = try Self.reading(bytes, format, package, repository)
        } catch {
            throw Refusal(error)
        }
        guard let read else {
            self = try FreeTextReader(bytes, isMail: format == .mail, package: package, repository: repository).conversion
            return
        }
        self = read
        if findings.isEmpty {
            let first = misfits.first
            throw Refusal(
                .malformed, "the document gives no finding: \(first?.reason ?? "nothing stands in it")",
                place: first.map { $0.pointer.isEmpty ? "/" : $0.pointer }
            )
        }
        try requirePlacesOfTheirOwn()
        for index in findings.indices { rate(index) }
    }

    /// Places tell the findings of a document apart when it is sent again: two of one place would become one.
    private func requirePlacesOfTheirOwn() throws(Refusal) {
        var seen: Set<String> = []
        for finding in findings where !seen.insert(finding.place).inserted {
            throw Refusal(.malformed, "two findings stand at the same place", place: finding.place)
        }
    }

    /// Nil for what is free text.
    private static func reading(
        _ bytes: [UInt8], _ format: FindingFormat, _ package: Purl?, _ repository: String?
    ) throws(FormatRefusal) -> FindingConversion? {
        switch format {
        case .osv: try OSVRecord(parsing: bytes).findings(package: package, repository: repository)
        case .csaf: try FindingConversion(csafReport: bytes, package: package, repository: repository)
        case .scrutineer: try FindingConversion(scrutineerBundle: bytes, package: package, repository: repository)
        case .csv: try FindingConversion(csvExport: bytes, package: package, repository: repository)
        case .markdown: try FindingConversion(markdownExport: bytes, package: package, repository: repository)
        case .finding, .sarif, .text, .mail: nil
        }
    }

    /// Where the document has no word for the severity, the highest base score of its vectors gives it.
    private mutating func rate(_ index: Int) {
        guard findings[index].document.severity == nil else { return }
        var highest: Int?
        for vector in findings[index].vectors {
            do throws(CVSSError) {
                highest = max(highest ?? 0, try CVSSVector(vector).baseScoreInTenths)
            } catch {
                misfits.append(
                    Misfit(pointer: findings[index].place, reason: "the rating \(vector) gives no severity: \(error.reason)")
                )
            }
        }
        findings[index].document.severity = highest.map(FindingSeverity.init(baseScoreInTenths:))
    }
}

extension FindingSeverity {
    /// The words of CVSS 3.1 section 5.
    fileprivate init(baseScoreInTenths score: Int) {
        self =
            switch score {
            case 90...: .critical
            case 70...: .high
            case 40...: .medium
            case 1...: .low
            default: .none
            }
    }
}

extension FindingReport {
    init(_ finding: ReportedFinding) {
        self.init(finding.document)
        references = finding.references
        credits = finding.credits
        doubts = finding.doubts
    }
}
