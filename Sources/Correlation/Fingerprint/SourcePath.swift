/// Makes the paths that different tools print for one file equal, without guessing.
enum SourcePath {
    /// The path inside the project: forward slashes, no `file://`, no `.` and `..`, no diff prefix, no directory of a
    /// build. Nil for an empty path or one that leads out of the project.
    ///
    /// An absolute path is cut behind the first directory that has the project's name (alone or with a version, like
    /// `libtide-1.2.0`), or else behind a well-known build root. Without either it stays absolute: a path that is
    /// shortened too far would merge `src/util.c` of the project with that of a library it carries.
    static func normalized(_ path: String, project: String) -> String? {
        var text = Array(path.utf8)[...].trimmed
        if text.hasPrefix("file://") { text = decodingSpaces(text.dropFirst(7)) }
        let isAbsolute = text.first == UInt8(ascii: "/") || text.first == UInt8(ascii: "\\") || hasDrive(text)
        guard var parts = resolved(text) else { return nil }
        if isAbsolute {
            if let first = parts.first, first.hasSuffix(":") { parts.removeFirst() }
            guard let inside = insideProject(parts, project) ?? insideBuildRoot(parts) else {
                return parts.isEmpty ? nil : "/" + parts.joined(separator: "/")
            }
            parts = inside
        } else if let first = parts.first, parts.count > 1 {
            // `a/` and `b/` are how diff marks the two sides; `name-1.2/` is how an archive unpacks.
            if first == "a" || first == "b" || isVersioned(first, project) { parts.removeFirst() }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    // MARK: parts

    private static func resolved(_ text: ReportText) -> [String]? {
        var parts: [String] = []
        for part in text.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }) {
            if part.equals(".") { continue }
            if part.equals("..") {
                guard parts.popLast() != nil else { return nil }
                continue
            }
            parts.append(part.string)
        }
        return parts
    }

    private static func hasDrive(_ text: ReportText) -> Bool {
        guard text.count > 2, let first = text.first, first.isLetter else { return false }
        return text[text.startIndex + 1] == UInt8(ascii: ":")
    }

    private static func decodingSpaces(_ text: ReportText) -> ReportText {
        var text = text
        while let range = text.range(of: "%20") {
            text = (Array(text[..<range.lowerBound]) + [.space] + Array(text[range.upperBound...]))[...]
        }
        return text
    }

    private static func insideProject(_ parts: [String], _ project: String) -> [String]? {
        guard !project.isEmpty else { return nil }
        let index = parts.dropLast().firstIndex { $0.lowercased() == project.lowercased() || isVersioned($0, project) }
        return index.map { Array(parts[($0 + 1)...]) }
    }

    /// `libtide-1.2.0`, `libtide_1.2` for `libtide`.
    private static func isVersioned(_ part: String, _ project: String) -> Bool {
        let part = part.lowercased().utf8
        let project = project.lowercased().utf8
        guard !project.isEmpty, part.starts(with: project), part.count >= project.count + 2 else { return false }
        let rest = Array(part.dropFirst(project.count))
        return (rest[0] == UInt8(ascii: "-") || rest[0] == UInt8(ascii: "_")) && rest[1].isDigit
    }

    /// Directories below which build services put exactly the project's tree.
    private static func insideBuildRoot(_ parts: [String]) -> [String]? {
        for root in roots where parts.starts(with: root) && parts.count > root.count {
            return Array(parts[root.count...])
        }
        // Bazel: …/execroot/WORKSPACE/path
        if let execroot = parts.firstIndex(of: "execroot"), execroot + 2 < parts.count {
            return Array(parts[(execroot + 2)...])
        }
        return nil
    }

    private static let roots = [
        ["proc", "self", "cwd"], ["github", "workspace"], ["workspace"], ["build"], ["src"], ["app"],
        ["work"]
    ]
}
