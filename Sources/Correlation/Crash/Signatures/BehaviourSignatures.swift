/// Attacks that succeeded under a sanitizer of behaviour (OSS-Fuzz's ExecSan, PySecSan).
enum BehaviourSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard let words = line.text(afterPrefix: "===BUG DETECTED: ") else { return .open }
        if let bug = bugs.first(where: { words.hasPrefix($0.words) }) { reading.become(bug.type, by: .behaviourSanitizer) }
        return .open
    }

    private static let bugs: [(words: StaticString, type: String)] = [
        ("Shell corruption===", "Command injection"), ("Shell injection===", "Command injection"),
        ("Arbitrary file open===", "Arbitrary file open"),
        ("Arbitrary domain name resolution===", "Arbitrary DNS resolution"), ("PySecSan:", "PySecSan")
    ]
}
