/// The patterns of `$defs/severity`: which text is a score of which kind.
///
/// The patterns for CVSS 2 and 3 ask only that every part is some metric of the standard; neither completeness nor order
/// nor repetition is judged here, because the schema does not.
enum SeveritySyntax {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func isScore(_ text: Bytes, of kind: OSVSeverity.Kind) -> Bool {
        switch kind {
        case .cvss2: allParts(of: text, from: 0) { isMetric($0, among: cvss2) }
        case .cvss3: isCVSS3(text)
        case .cvss4: isCVSS4(text)
        case .ubuntu: ["negligible", "low", "medium", "high", "critical"].contains { text.equals($0) }
        }
    }

    /// A metric's name, and its values: single letters, or words separated by bars.
    private struct Metric {
        let name: StaticString
        let letters: StaticString
        var words: [StaticString] = []

        init(_ name: StaticString, _ letters: StaticString) {
            self.name = name
            self.letters = letters
        }

        init(_ name: StaticString, words: [StaticString]) {
            self.name = name
            letters = ""
            self.words = words
        }
    }

    private static let cvss2: [Metric] = [
        Metric("AV", "NAL"), Metric("AC", "LMH"), Metric("Au", "MSN"), Metric("C", "NPC"), Metric("I", "NPC"),
        Metric("A", "NPC"), Metric("E", words: ["U", "POC", "F", "H", "ND"]),
        Metric("RL", words: ["OF", "TF", "W", "U", "ND"]), Metric("RC", words: ["UC", "UR", "C", "ND"]),
        Metric("CDP", words: ["N", "L", "LM", "MH", "H", "ND"]), Metric("TD", words: ["N", "L", "M", "H", "ND"]),
        Metric("CR", words: ["L", "M", "H", "ND"]), Metric("IR", words: ["L", "M", "H", "ND"]),
        Metric("AR", words: ["L", "M", "H", "ND"])
    ]

    private static let cvss3: [Metric] = [
        Metric("AV", "NALP"), Metric("AC", "LH"), Metric("PR", "NLH"), Metric("UI", "NR"), Metric("S", "UC"),
        Metric("C", "NLH"), Metric("I", "NLH"), Metric("A", "NLH"), Metric("E", "XUPFH"), Metric("RL", "XOTWU"),
        Metric("RC", "XURC"), Metric("CR", "XLMH"), Metric("IR", "XLMH"), Metric("AR", "XLMH"), Metric("MAV", "XNALP"),
        Metric("MAC", "XLH"), Metric("MPR", "XNLH"), Metric("MUI", "XNR"), Metric("MS", "XUC"), Metric("MC", "XNLH"),
        Metric("MI", "XNLH"), Metric("MA", "XNLH")
    ]

    /// In the order the pattern wants; the first eleven are mandatory.
    private static let cvss4: [Metric] = [
        Metric("AV", "NALP"), Metric("AC", "LH"), Metric("AT", "NP"), Metric("PR", "NLH"), Metric("UI", "NPA"),
        Metric("VC", "HLN"), Metric("VI", "HLN"), Metric("VA", "HLN"), Metric("SC", "HLN"), Metric("SI", "HLN"),
        Metric("SA", "HLN"), Metric("E", "XAPU"), Metric("CR", "XHML"), Metric("IR", "XHML"), Metric("AR", "XHML"),
        Metric("MAV", "XNALP"), Metric("MAC", "XLH"), Metric("MAT", "XNP"), Metric("MPR", "XNLH"), Metric("MUI", "XNPA"),
        Metric("MVC", "XNLH"), Metric("MVI", "XNLH"), Metric("MVA", "XNLH"), Metric("MSC", "XNLH"),
        Metric("MSI", "XNLHS"), Metric("MSA", "XNLHS"), Metric("S", "XNP"), Metric("AU", "XNY"), Metric("R", "XAUI"),
        Metric("V", "XDC"), Metric("RE", "XLMH"), Metric("U", words: ["X", "Clear", "Green", "Amber", "Red"])
    ]

    private static let mandatoryCVSS4 = 11

    /// CVSS 3.1 alone, as the CVE record format has it.
    static func isCVEScore31(_ text: Bytes) -> Bool { text.starts(withText: "CVSS:3.1/") && isCVSS3(text) }

    /// CVSS 3.0 as the CVE record format has it, whose pattern knows a value `U` of the privileges required.
    static func isCVEScore30(_ text: Bytes) -> Bool {
        guard text.starts(withText: "CVSS:3.0/") else { return false }
        return allParts(of: text, from: 9) { isMetric($0, among: cvss3) || $0.equals("PR:U") || $0.equals("MPR:U") }
    }

    private static func isCVSS3(_ text: Bytes) -> Bool {
        guard text.starts(withText: "CVSS:3.0/") || text.starts(withText: "CVSS:3.1/") else { return false }
        return allParts(of: text, from: 9) { isMetric($0, among: cvss3) }
    }

    private static func isCVSS4(_ text: Bytes) -> Bool {
        guard text.starts(withText: "CVSS:4.0/") else { return false }
        var next = 0
        let isOrdered = allParts(of: text, from: 9) { part in
            while next < cvss4.count {
                let metric = cvss4[next]
                next += 1
                if matches(part, metric) { return true }
                if next <= mandatoryCVSS4 { return false }
            }
            return false
        }
        return isOrdered && next >= mandatoryCVSS4
    }

    private static func isMetric(_ part: Bytes, among metrics: [Metric]) -> Bool {
        for metric in metrics where matches(part, metric) { return true }
        return false
    }

    private static func matches(_ part: Bytes, _ metric: Metric) -> Bool {
        let length = metric.name.utf8CodeUnitCount
        guard part.count > length + 1, part[length] == UInt8(ascii: ":"), part.starts(withText: metric.name) else {
            return false
        }
        let value = Bytes(rebasing: part[(length + 1)...])
        if !metric.words.isEmpty { return metric.words.contains { value.equals($0) } }
        guard value.count == 1 else { return false }
        for index in 0..<metric.letters.utf8CodeUnitCount where metric.letters.utf8Start[index] == value[0] {
            return true
        }
        return false
    }

    /// Whether every part between slashes, from an offset on, satisfies the condition; there is at least one part.
    private static func allParts(of text: Bytes, from start: Int, _ condition: (Bytes) -> Bool) -> Bool {
        var index = start
        while true {
            let end = text[index...].firstIndex(of: UInt8(ascii: "/")) ?? text.count
            if !condition(Bytes(rebasing: text[index..<end])) { return false }
            if end == text.count { return true }
            index = end + 1
        }
    }
}
