/// Makes the paths that different tools print for one file equal, without guessing.
enum SourcePath {
    /// PATH_MAX of Linux: a longer path can't be opened, and no package and no project has a longer name.
    static let maximumByteCount = 4_096

    /// The path inside the project: forward slashes, no `file://`, no `.` and `..`, no diff prefix, no directory of a
    /// build. Nil for an empty path or one that leads out of the project.
    ///
    /// An absolute path is cut behind the first directory that has the project's name (alone or with a version, like
    /// `libtide-1.2.0`), or else behind a well-known build root. Without either it stays absolute: a path that is
    /// shortened too far would merge `src/util.c` of the project with that of a library it carries.
    ///
    /// Nil also for a path of more than `maximumByteCount`; a project's name of more is none.
    static func normalized(_ path: String, project: String) -> String? {
        guard path.utf8.count <= maximumByteCount else { return nil }
        let project = Project(project)
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
            if first == "a" || first == "b" || project.isVersioned(first) { parts.removeFirst() }
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
        var decoded: [UInt8] = []
        var rest = text
        while let range = rest.range(of: "%20") {
            decoded += rest[..<range.lowerBound]
            decoded.append(.space)
            rest = rest[range.upperBound...]
        }
        return (decoded + rest)[...]
    }

    private static func insideProject(_ parts: [String], _ project: Project) -> [String]? {
        parts.dropLast().firstIndex(where: project.isNamed).map { Array(parts[($0 + 1)...]) }
    }

    /// The project's name in small letters, made so once a path.
    private struct Project {
        private let name: [UInt8]

        init(_ name: String) { self.name = name.utf8.count <= maximumByteCount ? Array(name.lowercased().utf8) : [] }

        func isNamed(_ part: String) -> Bool {
            !name.isEmpty && (part.lowercased().utf8.elementsEqual(name) || isVersioned(part))
        }

        /// `libtide-1.2.0`, `libtide_1.2` for `libtide`.
        func isVersioned(_ part: String) -> Bool {
            let part = Array(part.lowercased().utf8)
            guard !name.isEmpty, part.starts(with: name), part.count >= name.count + 2 else { return false }
            let rest = part[name.count...]
            return (rest[name.count] == UInt8(ascii: "-") || rest[name.count] == UInt8(ascii: "_"))
                && rest[name.count + 1].isDigit
        }
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
