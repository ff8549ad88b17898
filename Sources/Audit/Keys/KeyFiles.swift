import FoundationEssentials
import Sealing

/// The keys beside the journal, as far as they are there.
struct KeyFiles {
    /// Nil where there is none: sealed payloads then stay opaque.
    let masterKey: ContentKey?
    let logKey: VerificationKey?
    let signingKey: VerificationKey?
    /// The name the log was given when the directory was made.
    let origin: String?

    /// Reads `keys/`; a file that is no key is reported and taken for missing.
    init(directory: String, findings: FindingList) {
        func text(_ name: String) -> String? {
            FileManager.default.contents(atPath: "\(directory)/keys/\(name)")
                .map { String(decoding: $0.prefix { $0 > 0x20 }, as: UTF8.self) }
        }
        func bytes(_ name: String) -> [UInt8]? {
            guard let text = text(name) else { return nil }
            guard let bytes = Hexadecimal.decode(text), bytes.count == 32 else {
                findings.add(.keyFile, at: "keys/\(name)", "it does not hold a key of 64 hexadecimal digits")
                return nil
            }
            return bytes
        }
        masterKey = bytes("master.key").flatMap { try? ContentKey(bytes: $0) }
        logKey = bytes("log.seed").flatMap { try? SigningKey(seed: $0) }?.verificationKey
        origin = text("origin")
        signingKey = bytes("signing.seed").flatMap { try? SigningKey(seed: $0) }?.verificationKey
    }
}
