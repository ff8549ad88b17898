/// A regular file of a source.
package struct SourceFile: Sendable, Hashable {
    /// Relative to the source's root, without control characters.
    package let path: String
    package let sizeInBytes: Int

    package init(path: String, sizeInBytes: Int) {
        self.path = path
        self.sizeInBytes = sizeInBytes
    }
}

/// Something of a source that no tool gets to see; it is told with the results, because a finding may be missed there.
package struct LeftOut: Sendable, Hashable {
    package enum Reason: String, Sendable, CaseIterable {
        /// It could lead anywhere.
        case symbolicLink = "a symbolic link, not followed"
        case specialFile = "neither a file nor a directory"
        case tooLarge = "larger than 4 MiB"
        case badName = "its name has control characters or is no UTF-8"
        /// A file by which the source would tell the tool what to overlook or what to run.
        case configuration = "a tool's configuration, which a source may not bring along"
        /// Hooks and filters in it would be run, and what is in it is no source.
        case versionControl = "the data of a version control system"

        /// True where source may be that nobody looked at. A link leads to what is looked at by its own name, or out of the source.
        package var mayHideSource: Bool {
            switch self {
            case .tooLarge, .badName: true
            case .symbolicLink, .specialFile, .configuration, .versionControl: false
            }
        }
    }

    /// As it can be shown: what is no UTF-8 is replaced.
    package let path: String
    package let reason: Reason

    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }
}

/// What a source holds, as the sandbox found it. The listing was made next to untrusted data, so nothing in it is believed
/// beyond what it can do: name a path inside the source.
package struct SourceListing: Sendable, Hashable {
    /// Sorted by path, so that the same source is always divided in the same way.
    package let files: [SourceFile]
    package let leftOut: [LeftOut]

    package init(files: [SourceFile], leftOut: [LeftOut]) {
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        self.leftOut = leftOut.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The Linux kernel has 90,000 files.
    static let maximumFileCount = 200_000
    /// Tools take minutes for one such file; the largest hand-written sources are far below.
    static let maximumFileByteCount = 4 << 20

    /// Reads entries `type size path` (find(1): `%y %s %P`, and `v` for the data of version control), each ended by NUL.
    /// - Parameter configuration: names of files that may not reach the tool.
    /// - Throws: `badSource` for more files than are taken.
    init(parsing bytes: [UInt8], configuration: Set<String>) throws(RunnerError) {
        var files: [SourceFile] = []
        var leftOut: [LeftOut] = []
        for entry in bytes.split(separator: 0) {
            let parts = entry.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let size = Int(String(decoding: parts[1], as: UTF8.self)), size >= 0 else {
                throw RunnerError(.toolFailed, "the listing of the source is malformed")
            }
            let (path, reason) = SourceListing.judge(parts[2], kind: parts[0], size: size, configuration)
            if let reason {
                leftOut.append(LeftOut(path: path, reason: reason))
            } else {
                files.append(SourceFile(path: path, sizeInBytes: size))
            }
            guard files.count + leftOut.count <= SourceListing.maximumFileCount else {
                throw RunnerError(.badSource, "the source has more than \(SourceListing.maximumFileCount) files")
            }
        }
        self.init(files: files, leftOut: leftOut)
    }

    private static func judge(
        _ name: ArraySlice<UInt8>, kind: ArraySlice<UInt8>, size: Int, _ configuration: Set<String>
    ) -> (String, LeftOut.Reason?) {
        guard let path = String(validating: name, as: UTF8.self), isPlain(path) else {
            return (shown(String(decoding: name, as: UTF8.self)), .badName)
        }
        if kind.elementsEqual("l".utf8) { return (path, .symbolicLink) }
        if kind.elementsEqual("v".utf8) { return (path, .versionControl) }
        guard kind.elementsEqual("f".utf8) else { return (path, .specialFile) }
        if configuration.contains(path.split(separator: "/").last.map(String.init) ?? path) { return (path, .configuration) }
        return (path, size > maximumFileByteCount ? .tooLarge : nil)
    }

    /// Whether a path names something inside the source whatever is there, and can stand on a line of its own.
    package static func isPlain(_ path: String) -> Bool {
        guard !path.isEmpty, path.utf8.count <= 1_024, path.unicodeScalars.allSatisfy({ !isControl($0) }) else { return false }
        return path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    private static func shown(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars.prefix(1_024) { text.unicodeScalars.append(isControl(scalar) ? "\u{FFFD}" : scalar) }
        return text
    }
}
