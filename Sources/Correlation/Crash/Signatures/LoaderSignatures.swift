/// Programs that didn't start, because the dynamic loader found no library or no symbol.
enum LoaderSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) {
        let missing =
            quoted(line, between: ": library ", and: " not found") ?? sharedObject(line)
            ?? quoted(line, between: ": cannot locate symbol ", and: " referenced by")
        guard let missing else { return }
        reading.become("Missing-library", by: .loader)
        reading.beginReport()
        reading.amendState(missing)
    }

    /// glibc: `a.out: error while loading shared libraries: libx.so.1: cannot open shared object file: …`
    private static func sharedObject(_ line: ReportText) -> ReportText? {
        guard
            let name = line.text(afterLast: "error while loading shared libraries: ")?.prefix(while: { $0 != UInt8(ascii: ":") })
        else { return nil }
        return line[name.endIndex...].hasPrefix(": cannot open shared object file") ? name : nil
    }

    /// bionic: `CANNOT LINK EXECUTABLE "x": library "libx.so" not found`
    private static func quoted(_ line: ReportText, between before: StaticString, and after: StaticString) -> ReportText? {
        guard let text = line.text(afterLast: before), let end = text.lastRange(of: after) else { return nil }
        let name = text[..<end.lowerBound]
        guard name.count >= 2, let quote = name.first, "`'\"".utf8.contains(quote), name.last == quote else { return nil }
        return name.dropFirst().dropLast()
    }
}
