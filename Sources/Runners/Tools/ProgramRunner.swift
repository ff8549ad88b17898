import JSONText
import Sandbox

/// A program that is run over files in the sandbox and whose report is read afterwards.
package struct ProgramRunner: Runner {
    package let name: String
    package let driver: RunnerDriver
    package let configuration: Set<String>
    /// A sandbox takes a moment to start and a source to be unpacked; a group that fails is divided.
    package var unitFileCount: Int { 32 }

    /// Endings of the names of files the program understands.
    let endings: [String]
    package let program: String
    /// A shell script that runs in an empty directory of its own: `$program` is the program, `../files` lists the files one a
    /// line, `../includes` the directories with headers, and the arguments are the files.
    let script: String
    let inputs: [String: SandboxInput]
    /// What the script leaves behind.
    let outputs: [String]
    /// Words in a source by which it can ask the program to overlook something and that can't be switched off, as an extended
    /// regular expression.
    let silencingWords: String?
    let read: @Sendable (ProgramOutput) throws -> UnitResult

    package func accepts(_ path: String) -> Bool {
        let name = path.lowercased()
        return endings.contains { name.hasSuffix($0) }
    }

    package func scan(_ files: [SourceFile], of source: Source, in sandbox: @escaping SandboxRun) async throws -> UnitResult {
        let outcome = try await sandbox(job(files, of: source), RunnerPolicy.unit)
        try Unpacking.check(outcome)
        let output = ProgramOutput(files: files.map(\.path), collected: outcome.collected)
        var result = try read(output)
        result.notices += output.silencingNotices
        return result
    }

    private static let marksName = Unpacking.outputDirectory + "/marks"

    private func job(_ files: [SourceFile], of source: Source) -> SandboxJob {
        let paths = files.map { Unpacking.root + $0.path }
        let headers = ProgramRunner.headerDirectories(source.listing).map { Unpacking.root + $0 }
        var inputs = inputs
        inputs["files"] = ProgramRunner.lines(paths)
        inputs["includes"] = ProgramRunner.lines(headers)
        var marking = ""
        if let silencingWords {
            inputs["words"] = ProgramRunner.lines([silencingWords])
            marking = "grep -nHoE -m 3 -f ../words -- \"$@\" > marks || true\n"
        }
        var job = Unpacking.job(
            source.archive, configuration: configuration, then: "program=$1; shift\n" + marking + script,
            arguments: [program] + paths, inputs: inputs,
            collect: (outputs.map { Unpacking.outputDirectory + "/" + $0 })
                + (silencingWords == nil ? [] : [ProgramRunner.marksName])
        )
        job.readOnlyBinds = ProgramLocator.binds(for: program)
        return job
    }

    private static func lines(_ lines: [String]) -> SandboxInput {
        SandboxInput(Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// Directories a compiler should look into for headers, at most as many as fit a command line comfortably: the root, those
    /// named `include` and `src`, then the rest in order.
    static func headerDirectories(_ listing: SourceListing) -> [String] {
        var found: Set<String> = []
        for file in listing.files where [".h", ".hh", ".hpp", ".hxx"].contains(where: file.path.hasSuffix) {
            let parts = file.path.split(separator: "/").dropLast()
            found.insert(parts.joined(separator: "/"))
            // `#include <library/header.h>` is looked up beside the library's own directory.
            found.insert(parts.dropLast().joined(separator: "/"))
        }
        let wanted = found.sorted { a, b in
            (rank(a), a.utf8.count, a) < (rank(b), b.utf8.count, b)
        }
        return Array(wanted.prefix(64))
    }

    private static func rank(_ directory: String) -> Int {
        directory.isEmpty ? 0 : directory.hasSuffix("include") ? 1 : directory.hasSuffix("src") ? 2 : 3
    }
}

/// What a program left behind, and the files it was to look at.
struct ProgramOutput: Sendable {
    let files: [String]
    let collected: [String: [UInt8]]

    /// - Throws: `toolFailed` where it is missing.
    func file(_ name: String) throws(RunnerError) -> [UInt8] {
        guard let bytes = collected[Unpacking.outputDirectory + "/" + name] else {
            throw RunnerError(.toolFailed, "no \(name) was left behind, or one that is too large")
        }
        return bytes
    }

    /// - Throws: `toolFailed` where it is missing or no JSON.
    func json(_ name: String) throws(RunnerError) -> JSONValue {
        let bytes = try file(name)
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw RunnerError(.toolFailed, "\(name) is no JSON: \(error)")
        }
    }

    /// What a program that was called once a file left of one of them.
    struct Call {
        let path: String
        let code: String
        let said: String
        let report: [UInt8]

        /// Why the file was not looked at to its end, or nil.
        var failure: String? {
            if code == "0" { return report.isEmpty ? "no report was left" : nil }
            if code == "124" { return "it took too long" }
            let line = said.split(separator: "\n").first { $0.contains("error") } ?? "the tool ended with \(code)"
            return String(line.replacing(Unpacking.root, with: "").prefix(300))
        }
    }

    /// - Throws: `toolFailed` where the report is not one of calls of these files.
    func calls() throws(RunnerError) -> [Call] {
        let parts = Array(try file("report").split(separator: 0x1E, omittingEmptySubsequences: false).dropFirst())
        guard parts.count == files.count * 3 else {
            throw RunnerError(.toolFailed, "the reports are \(parts.count / 3), the files \(files.count)")
        }
        return files.enumerated().map { index, path in
            Call(
                path: path, code: String(decoding: parts[index * 3], as: UTF8.self),
                said: String(decoding: parts[index * 3 + 1], as: UTF8.self), report: Array(parts[index * 3 + 2]))
        }
    }

    /// A path of the sandbox as one of the source; others stay as they are and are no file of the source.
    static func sourcePath(_ path: String) -> String {
        path.hasPrefix(Unpacking.root) ? String(path.dropFirst(Unpacking.root.utf8.count)) : path
    }

    /// A notice for every file that the program does not say it looked at.
    func notices(unless seen: Set<String>, because words: String) -> [RunnerNotice] {
        files.filter { !seen.contains($0) }.map { .miss($0, because: words) }
    }

    /// `file:line:word`, as grep prints it; a file whose name has a colon is told without its line.
    var silencingNotices: [RunnerNotice] {
        guard let marks = collected[Unpacking.outputDirectory + "/marks"] else { return [] }
        var notices: [RunnerNotice] = []
        for line in marks.split(separator: UInt8(ascii: "\n")).prefix(ProgramOutput.maximumMarkCount) {
            let text = ProgramOutput.sourcePath(String(decoding: line, as: UTF8.self))
            guard let path = files.first(where: { text.hasPrefix($0 + ":") }) else { continue }
            notices.append(
                RunnerNotice(
                    "something here may be overlooked because of line \(text.dropFirst(path.utf8.count + 1))", path: path))
        }
        return notices
    }

    private static let maximumMarkCount = 200
}
