import JSONText

/// Converts one result of a SARIF log into a finding.
struct ResultConverter {
    let resolver: SARIFResolver
    private let run: SARIFRun
    let result: SARIFResult
    private let rule: SARIFResolver.Rule?
    /// The result's property bag.
    private let bag: JSONValue?
    let pointer: String
    private(set) var misfits: [Misfit] = []

    init(_ resolver: SARIFResolver, _ result: SARIFResult, in run: SARIFRun, pointer: String) {
        self.resolver = resolver
        self.run = run
        self.result = result
        self.pointer = pointer
        rule = resolver.known(result)
        bag = result.properties?.value
    }

    /// Weaknesses that are named of those left out.
    private static let maximumToldWeaknesses = 8

    /// - Returns: nil for a result that is no finding; `misfits` say why.
    /// - Throws: `FormatRefusal` where its message is longer than is taken.
    mutating func finding(
        from origin: FindingOrigin, _ allowance: ConversionAllowance
    ) throws(FormatRefusal) -> FindingDocument? {
        if let reason = result.absenceOfProblem { return skip(reason) }
        var finding = FindingDocument()
        finding.package = origin.package
        finding.repository = origin.repository
        finding.commit = origin.commit
        var stated = ProvenanceBag(origin.provenance)
        stated.take(bag, pointer: pointer + "/properties")
        misfits += stated.misfits
        finding.provenance = stated.provenance
        let text = try text(allowance)
        finding.title = title(text)
        finding.description = text
        finding.weakness = weakness()
        finding.location = location()
        finding.severity = FindingSeverity(securitySeverityIn: bag) ?? rule?.severity
        finding.fingerprints = fingerprints()
        // Hexadecimal digits of either case are the same identifier.
        finding.idempotencyKey = (result.guid?.lowercased()).flatMap { key in
            key.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && 1...FindingDocument.maximumKeyBytes ~= key.utf8.count
                ? key : nil
        }
        finding.extra = extra()
        (finding.entry, finding.sink) = flow()
        finding.patch = patch()
        return finding
    }

    private func text(_ allowance: ConversionAllowance) throws(FormatRefusal) -> String? {
        do throws(SARIFTextTooLong) {
            return try resolver.text(of: result, upTo: ConversionAllowance.maximumTextByteCount) ?? result.message.markdown
        } catch {
            let limit = ConversionAllowance.maximumTextByteCount
            throw allowance.refusal(pointer + "/message", "a message with its arguments has at most \(limit) bytes")
        }
    }

    private mutating func skip(_ reason: String) -> FindingDocument? {
        note("", "left out: the result \(reason)")
        return nil
    }

    mutating func note(_ place: String, _ reason: String) {
        misfits.append(Misfit(pointer: pointer + place, reason: reason))
    }

    /// The first line of the message, or the rule's description, name or identifier.
    private mutating func title(_ text: String?) -> String {
        if let title = CutTitle(text) ?? rule?.title ?? CutTitle(result.ruleID) {
            if title.isCut { note("/message", "the title is cut; the description has all of it") }
            return title.text
        }
        note("", "neither message nor rule gives a title")
        return "Untitled result of \(run.tool.driver.name.isEmpty ? "a tool" : "an analysis")"
    }

    private mutating func weakness() -> WeaknessID? {
        let tags = bag?["tags"]?.array?.compactMap(\.string) ?? []
        let own = WeaknessID.all(in: (result.ruleID.map { [$0] } ?? []) + tags)
        let first = own.first ?? rule?.weaknesses.first
        // A rule may name very many, and each of its results would repeat them.
        let others = (own + (rule?.weaknesses.prefix(Self.maximumToldWeaknesses + 1) ?? [])).filter { $0 != first }
        if !others.isEmpty {
            let told = others.prefix(Self.maximumToldWeaknesses).map(\.description).joined(separator: ", ")
            let more = others.count > Self.maximumToldWeaknesses ? " and others" : ""
            note("", "only the first weakness is kept; left out: \(told)\(more)")
        }
        return first
    }

    private mutating func location() -> FindingLocation? {
        if result.locations.count > 1 {
            note("/locations", "only the first of \(result.locations.count) locations is kept")
        }
        guard let first = result.locations.first else { return nil }
        let function = first.logicalLocations.first.map(resolver.resolve)
        guard let uri = first.artifact.map(resolver.resolve)?.uri, !uri.isEmpty else {
            if function != nil { note("/locations/0", "a logical location without a file is left out") }
            return nil
        }
        let name = function?.fullyQualifiedName ?? function?.name
        let line = first.region?.startLine
        return FindingLocation(
            file: PercentEncodedPath.decode(uri), function: name?.isEmpty == true ? nil : name, startLine: line == 0 ? nil : line)
    }

    private mutating func fingerprints() -> [String: String] {
        var all = result.fingerprints
        // Partial fingerprints identify a result only together with its rule and file (3.27.17), so they are told apart.
        for (name, value) in result.partialFingerprints { all["partial/" + name] = value }
        let usable = all.filter { !$0.value.isEmpty }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let kept = usable.prefix(FindingDocument.maximumFingerprints)
        if kept.count < all.count { note("/fingerprints", "\(all.count - kept.count) fingerprints are left out") }
        return Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }

    /// What SARIF says beyond the finding format, under names of its own.
    private func extra() -> [RawMember] {
        var members: [RawMember] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(RawMember(name: name, value: RawJSON(value))) }
        }
        add("sarif/ruleId", (result.ruleID ?? rule?.rule.id).map { .string($0) })
        add("sarif/level", .string(resolver.level(of: result).rawValue))
        add("sarif/rank", result.rank.flatMap { JSONNumber($0) }.map { .number($0) })
        add("sarif/guid", (result.guid?.lowercased()).map { .string($0) })
        add("sarif/correlationGuid", (result.correlationGUID?.lowercased()).map { .string($0) })
        add("sarif/baselineState", result.baselineState.map { .string($0.rawValue) })
        return members
    }
}

/// A path as the reference that SARIF writes it as (RFC 3986): a space is `%20`.
enum PercentEncodedPath {
    /// The path; the text itself where what it encodes is no text of one line, or where it is more than a path.
    static func decode(_ reference: String) -> String {
        guard reference.utf8.contains(UInt8(ascii: "%")), !reference.contains("://") else { return reference }
        var bytes: [UInt8] = []
        var rest = Array(reference.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy(URISyntax.isHex),
                let decoded = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), decoded >= 0x20
            else { return reference }
            bytes.append(decoded)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self) ?? reference
    }
}
