import JSONText

/// Reads the SARIF logs that the clang static analyzer leaves behind, one a file.
enum ClangReport {
    @Sendable static func read(_ output: ProgramOutput) throws -> UnitResult {
        var result = UnitResult(version: version(try output.file("version")))
        for call in try output.calls() { add(call, to: &result) }
        return result
    }

    /// The version in `Debian clang version 14.0.6`.
    private static func version(_ bytes: [UInt8]) -> String? {
        let words = String(decoding: bytes.prefix(300), as: UTF8.self).split { $0 == " " || $0 == "\n" }
        return words.firstIndex(of: "version").flatMap { $0 + 1 < words.count ? String(words[$0 + 1]) : nil }
    }

    private static func add(_ call: ProgramOutput.Call, to result: inout UnitResult) {
        if let failure = call.failure {
            result.notices.append(.miss(call.path, because: failure, perhapsInPart: true))
        }
        guard !call.report.isEmpty else { return }
        do throws(JSONError) {
            let document = try JSONValue(parsing: call.report)
            for run in document["runs"]?.array ?? [] {
                result.findings += (run["results"]?.array ?? []).compactMap { finding($0, in: call.path) }
            }
        } catch {
            result.notices.append(.miss(call.path, because: "clang's report is no JSON: \(error)"))
        }
    }

    private static func finding(_ result: JSONValue, in path: String) -> RunnerFinding? {
        guard
            let rule = result["ruleId"]?.string, let message = result["message"]?["text"]?.string,
            let place = place(result["locations"]?.array?.first?["physicalLocation"])
        else { return nil }
        let steps = result["codeFlows"]?.array?.first?["threadFlows"]?.array?.first?["locations"]?.array ?? []
        return RunnerFinding(
            rule: rule, level: .warning, message: message, path: place.path, line: place.line, column: place.column,
            weaknesses: ClangWeaknesses.numbers(rule: rule, message: message),
            steps: steps.count < 2
                ? []
                : steps.prefix(100).compactMap { step in
                    ClangReport.place(step["location"]?["physicalLocation"]).map {
                        .init(path: $0.path, line: $0.line, message: step["location"]?["message"]?["text"]?.string ?? "")
                    }
                })
    }

    private static func place(_ location: JSONValue?) -> (path: String, line: Int, column: Int?)? {
        guard
            let uri = location?["artifactLocation"]?["uri"]?.string, uri.hasPrefix("file://"),
            let path = PercentText.decode(uri.dropFirst(7)), let line = location?["region"]?["startLine"]?.integer
        else { return nil }
        let column = location?["region"]?["startColumn"]?.integer
        return (ProgramOutput.sourcePath(path), Int(clamping: line), column.map { Int(clamping: $0) })
    }
}

/// What weakness a checker of the analyzer looks for; the analyzer itself tells a CWE only of insecure functions.
enum ClangWeaknesses {
    static func numbers(rule: String, message: String) -> [Int] {
        let told = WeaknessNumber.all(in: message)
        if !told.isEmpty { return told }
        if let number = byMessage(rule, message.lowercased()) { return [number] }
        return byRule.first { rule.hasPrefix($0.prefix) }.map { [$0.number] } ?? []
    }

    /// Checkers of memory tell several weaknesses apart by their words only.
    private static func byMessage(_ rule: String, _ message: String) -> Int? {
        guard rule.hasPrefix("unix.Malloc") || rule.hasPrefix("cplusplus.NewDelete") else { return nil }
        if message.contains("after it is") { return 416 }
        if message.contains("free released") || message.contains("delete released") { return 415 }
        if message.contains("leak") { return 401 }
        if message.contains("offset by") { return 761 }
        if message.contains("not memory allocated") || message.contains("not the address") { return 590 }
        return nil
    }

    private static let byRule: [(prefix: String, number: Int)] = [
        ("core.NullDereference", 476), ("core.NonNullParamChecker", 476), ("nullability.", 476), ("unix.cstring.NullArg", 476),
        ("core.DivideZero", 369), ("core.uninitialized.", 457), ("core.UndefinedBinaryOperatorResult", 457),
        ("core.StackAddressEscape", 562), ("core.BitwiseShift", 1_335), ("unix.MallocSizeof", 131),
        ("unix.MismatchedDeallocator", 762), ("unix.Vfork", 758), ("cplusplus.InnerPointer", 416), ("cplusplus.Move", 672),
        ("security.insecureAPI.gets", 242), ("security.insecureAPI.mktemp", 377), ("security.insecureAPI.vfork", 676),
        ("security.insecureAPI.UncheckedReturn", 252), ("security.insecureAPI.getpw", 120)
    ]
}

/// `%XX` in URIs.
enum PercentText {
    static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else { bytes.append(byte); continue }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// What may not stand in a URI reference's path (RFC 3986 section 3.3) is escaped, a colon too.
    static func encode(_ path: String) -> String {
        var text = ""
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isKept =
                48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || "-._~/!$&'()*+,;=@".unicodeScalars.contains(scalar)
            if isKept {
                text.unicodeScalars.append(scalar)
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
