/// What a file of signals says of one vulnerability: fixed-size elements, sorted by CVE, read where they lie.
package protocol SignalElement: BitwiseCopyable, Sendable {
    /// The kind in the file's header.
    static var kind: UInt32 { get }
    var cve: CVENumber { get }
    /// Whether a value that was read is one that can be written.
    var isValid: Bool { get }
}

/// An entry of the catalogue of known exploited vulnerabilities.
package struct ExploitedElement: SignalElement {
    package static var kind: UInt32 { 1 }
    package var cve: CVENumber
    /// Days since 1970.
    var added: Int32
    var due: Int32
    /// 0 where the catalogue says nothing, 1 for `Unknown`, 2 for `Known`.
    var ransomware: UInt32
    var padding: UInt32 = 0

    package var isValid: Bool { ransomware <= 2 }
}

/// A score of the Exploit Prediction Scoring System.
package struct EPSSElement: SignalElement {
    package static var kind: UInt32 { 2 }
    package var cve: CVENumber
    /// In billionths: exact for what feeds write, and half of a `Double`.
    var score: UInt32
    /// In billionths; `none` where the feed has no percentiles.
    var percentile: UInt32

    static let unit: UInt32 = 1_000_000_000
    static let none = UInt32.max

    package var isValid: Bool { score <= Self.unit && (percentile <= Self.unit || percentile == Self.none) }
}
