/// What a patch must be before anybody is asked to read it: a unified diff (POSIX `diff`, "Diff -u or -U Output Format").
///
/// Text around the hunks (a commit message, git's own lines) is passed over, as patch(1) does. Whether it applies is the replay's to
/// find out.
struct UnifiedDiff {
    /// Lines of the hunk that are still to come: of the old file, and of the new one.
    private var (old, new) = (0, 0)
    private var fileLineCount = 0
    private var changeCount = 0

    /// - Throws: `malformed` with the line where a hunk breaks, or where the bytes hold no hunk that changes a line.
    static func require(_ bytes: [UInt8]) throws(Refusal) {
        var diff = UnifiedDiff()
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard diff.read(line) else {
                throw Refusal(.malformed, "the patch breaks off within a hunk", place: "/patch, line \(index + 1)")
            }
        }
        guard diff.old == 0, diff.new == 0 else {
            throw Refusal(.malformed, "the patch ends within a hunk", place: "/patch, line \(lines.count)")
        }
        guard diff.changeCount > 0 else {
            throw Refusal(
                .malformed, "the patch is no unified diff: lines of --- and +++ with file names, and hunks behind @@",
                place: "/patch")
        }
    }

    /// - Returns: false for a line that can't stand in the hunk it stands in.
    private mutating func read(_ line: ArraySlice<UInt8>) -> Bool {
        guard old > 0 || new > 0 else {
            readBetweenHunks(line)
            return true
        }
        switch line.first {
        case UInt8(ascii: "-"): (old, changeCount) = (old - 1, changeCount + 1)
        case UInt8(ascii: "+"): (new, changeCount) = (new - 1, changeCount + 1)
        // An empty line is one of a space whose end was trimmed.
        case UInt8(ascii: " "), UInt8(ascii: "\r"), nil: (old, new) = (old - 1, new - 1)
        case UInt8(ascii: "\\"): break
        default: return false
        }
        return old >= 0 && new >= 0
    }

    private mutating func readBetweenHunks(_ line: ArraySlice<UInt8>) {
        if line.starts(with: Array("--- ".utf8)) {
            fileLineCount = 1
        } else if fileLineCount == 1, line.starts(with: Array("+++ ".utf8)) {
            fileLineCount = 2
        } else if fileLineCount == 2, let sizes = Self.sizes(line) {
            (old, new) = sizes
        }
    }

    /// The lines a hunk takes and gives, by its first line: `@@ -12,3 +12,4 @@`; a size that is left out is 1.
    private static func sizes(_ line: ArraySlice<UInt8>) -> (old: Int, new: Int)? {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
        guard parts.count >= 4, parts[0].elementsEqual("@@".utf8), parts[3].starts(with: "@@".utf8) else { return nil }
        guard let old = size(parts[1], "-"), let new = size(parts[2], "+") else { return nil }
        return (old, new)
    }

    private static func size(_ range: ArraySlice<UInt8>, _ sign: Unicode.Scalar) -> Int? {
        guard range.first == UInt8(ascii: sign) else { return nil }
        let numbers = range.dropFirst().split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        // No patch that is taken has more lines than bytes.
        let values = numbers.map { number in
            number.allSatisfy { 48...57 ~= $0 } ? Int(String(decoding: number, as: UTF8.self)) : nil
        }
        guard 1...2 ~= values.count, let size = values.count == 2 ? values[1] : values[0].map({ _ in 1 }) else { return nil }
        return size <= ProposedPatch.maximumByteCount && values[0] != nil ? size : nil
    }
}
