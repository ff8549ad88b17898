import XMLText

/// Reads cppcheck's report, `results` version 2, of cppcheck 1.90 and later.
enum CppcheckReport {
    @Sendable static func read(_ output: ProgramOutput) throws -> UnitResult {
        try output.calls().reduce(UnitResult()) { sum, call in sum + read(call) }
    }

    private static func read(_ call: ProgramOutput.Call) -> UnitResult {
        if let failure = call.failure {
            return UnitResult(notices: [.miss(call.path, because: failure, perhapsInPart: true)])
        }
        do throws(XMLError) {
            return try XMLReader.read(call.report) { (reader) throws(XMLError) in
                var reading = Reading()
                while let event = try reader.next() { reading.take(event) }
                return reading.result
            }
        } catch {
            return UnitResult(notices: [.miss(call.path, because: "cppcheck's report is no XML: \(error)")])
        }
    }

    /// What says that a file could not be understood, and nothing about its author.
    private static let failures: Set<String> = [
        "syntaxError", "preprocessorErrorDirective", "internalError", "internalAstError", "unknownMacro", "cppcheckError",
        "noValidConfiguration", "toomanyconfigs", "missingFile", "invalidCode", "bailout", "unhandledChar"
    ]

    private struct Reading {
        var result = UnitResult()
        private var error: (id: String, severity: String, message: String, cwe: Int?, file: String?)?
        private var places: [RunnerFinding.Step] = []
        private var column: Int?

        mutating func take(_ event: XMLEvent) {
            switch event {
            case .start(let element): open(element)
            // Only `error` is closed with places collected: a location has no content.
            case .end: closeIfComplete()
            case .text: break
            }
        }

        private var depth = 0

        private mutating func open(_ element: XMLElement) {
            switch element.name.local {
            case "cppcheck": result.version = element.attribute("version")
            case "error":
                depth = 0
                (places, column) = ([], nil)
                error = (
                    element.attribute("id") ?? "", element.attribute("severity") ?? "", element.attribute("msg") ?? "",
                    WeaknessNumber.valid(element.attribute("cwe").flatMap { Int($0) }), element.attribute("file0")
                )
            case "location" where error != nil:
                if places.isEmpty { column = element.attribute("column").flatMap { Int($0) } }
                places.append(
                    RunnerFinding.Step(
                        path: ProgramOutput.sourcePath(element.attribute("file") ?? ""),
                        line: element.attribute("line").flatMap { Int($0) } ?? 0, message: element.attribute("info") ?? ""))
                depth += 1
            default: depth += 1
            }
        }

        private mutating func closeIfComplete() {
            guard let error else { return }
            if depth > 0 { depth -= 1; return }
            self.error = nil
            let path = places.first?.path ?? error.file.map(ProgramOutput.sourcePath)
            if CppcheckReport.failures.contains(error.id) || path == nil {
                result.notices.append(RunnerNotice("\(error.id): \(error.message)", path: path))
                return
            }
            guard let path, error.severity != "information" else { return }
            result.findings.append(
                RunnerFinding(
                    rule: error.id, level: CppcheckReport.level(error.severity), message: error.message, path: path,
                    line: places.first.flatMap { $0.line > 0 ? $0.line : nil }, column: column.flatMap { $0 > 0 ? $0 : nil },
                    weaknesses: error.cwe.map { [$0] } ?? [],
                    // The first place is where it happens; the ones behind it lead there, last first.
                    steps: places.count > 1 ? places.reversed().filter { $0.line > 0 } : []
                ))
        }
    }

    private static func level(_ severity: String) -> RunnerFinding.Level {
        switch severity {
        case "error": .error
        case "warning": .warning
        default: .note
        }
    }
}
