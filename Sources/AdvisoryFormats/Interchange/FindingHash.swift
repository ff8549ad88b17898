/// What the salted finding hash of scrutineer's federation is made of: the subject of a claim, and what `POST /claim-check` asks.
///
/// interchange.schema.json, description: SHA-256 over the shared salt, the canonical repository URL, the canonical location and the
/// canonical CWE list, joined by NUL. This target does not hash: whoever asks takes the SHA-256 of `message` in hexadecimal.
///
/// The salt is shared by all members of a federation, so each of them can try every likely repository, path and weakness and learn
/// what a hash is of.
public enum FindingHash {
    /// The bytes to be hashed.
    ///
    /// - Parameters:
    ///   - repository: Its URL; case, slashes at the end and `.git` don't matter.
    ///   - subPath: The folder of the repository that the location is relative to; empty for its root.
    ///   - location: A path; all but its first line, and line and column, don't matter.
    ///   - weaknesses: A list with commas, like `CWE-79, CWE-89`; order and spacing don't matter.
    public static func message(
        salt: String, repository: String, subPath: String = "", location: String, weaknesses: String
    ) -> [UInt8] {
        let parts = [
            salt, canonical(repository: repository), canonical(location: location, below: subPath),
            canonical(weaknesses: weaknesses)
        ]
        return Array(parts.joined(separator: "\0").utf8)
    }

    /// Lower case, without slashes at the end and without `.git`.
    static func canonical(repository: String) -> String {
        var text = Substring(repository.lowercased()).trimmedSpaces
        while text.last == "/" { text.removeLast() }
        if text.hasSuffix(".git") { text.removeLast(4) }
        return String(text)
    }

    /// Relative to the repository's root, with forward slashes, in lower case, without line and column.
    static func canonical(location: String, below subPath: String) -> String {
        let line = location.split(omittingEmptySubsequences: false) { $0.isNewline }.first ?? ""
        let folder = segments(of: Substring(subPath))
        return (folder + segments(of: withoutPosition(line.trimmedSpaces))).joined(separator: "/").lowercased()
    }

    private static func segments(of path: Substring) -> [String] {
        path.split { $0 == "/" || $0 == "\\" }.filter { $0 != "." }.map(String.init)
    }

    /// Cuts `:42`, `:42:7` and `:10-20` off.
    private static func withoutPosition(_ text: Substring) -> Substring {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex else { return text }
        let numbers = text[text.index(after: colon)...].split(separator: "-", omittingEmptySubsequences: false)
        let isPosition = numbers.count <= 2 && numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 &- 0x30 <= 9 } }
        return isPosition ? withoutPosition(text[..<colon]) : text
    }

    /// Upper case, sorted, each once, without empty ones, joined by commas.
    static func canonical(weaknesses: String) -> String {
        let names = weaknesses.split(separator: ",").map { $0.trimmedSpaces.uppercased() }.filter { !$0.isEmpty }
        return Set(names).sorted().joined(separator: ",")
    }
}

extension Substring {
    fileprivate var trimmedSpaces: Substring {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        while text.first?.isWhitespace == true { text.removeFirst() }
        return text
    }
}
