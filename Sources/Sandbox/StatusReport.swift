/// What bubblewrap reported on `--json-status-fd`: first the pid of the sandbox's init, at the end the exit code,
/// each in a JSON object on a line of its own. Only the first mention counts, so nothing later can change the pid
/// that would be killed.
struct StatusReport: Equatable {
    private(set) var initPID: Int32?
    private(set) var exitCode: Int32?
    private var text: [UInt8] = []

    /// Two lines of under 300 bytes; more is not bubblewrap's.
    private static let maximumSizeInBytes = 4_096

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        text.append(contentsOf: bytes.prefix(Self.maximumSizeInBytes - text.count))
        initPID = initPID ?? Self.number(after: #""child-pid": "#, in: text)
        exitCode = exitCode ?? Self.number(after: #""exit-code": "#, in: text)
    }

    /// The number after a key, once the line it stands on is complete.
    private static func number(after key: StaticString, in text: [UInt8]) -> Int32? {
        let length = key.utf8CodeUnitCount
        return key.withUTF8Buffer { key in
            for start in text.indices where text.count - start >= length && text[start..<(start + length)].elementsEqual(key) {
                guard text[start...].contains(UInt8(ascii: "\n")) else { return nil }
                let digits = text[(start + length)...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
                return Int32(String(decoding: digits, as: UTF8.self))
            }
            return nil
        }
    }
}
