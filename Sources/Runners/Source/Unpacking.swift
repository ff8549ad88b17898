package import Sandbox

/// How a command is run in the sandbox.
package typealias SandboxRun = @Sendable (SandboxJob, SandboxPolicy) async throws -> SandboxOutcome

/// Unpacking a source inside the sandbox: what every job over a source begins with.
enum Unpacking {
    /// Where the source lies. Tools run in another directory: one that reads its configuration where it stands (cppcheck takes
    /// `std.cfg` from there) must not find the source's.
    static let root = "/work/source/"
    static let archiveName = "archive"
    static let namesName = "configuration"
    /// Where everything that is brought back lies.
    static let outputDirectory = "out"
    static let listingName = outputDirectory + "/listing"
    /// A source that does not unpack, as an exit code; the reason is on standard error.
    static let refusalCode: Int32 = 90

    /// Unpacks, lists everything that is no directory, and removes what no tool may see. A member that leads outside or can't be
    /// made (a device) makes tar fail, and with it the source: what is left would not be what was sent.
    ///
    /// `$1` is the kind of the archive, `$2` the largest file taken.
    static let script = """
        set -eu; umask 022; kind=$1; largest=$2; shift 2; mkdir source
        if [ "$kind" = zip ]; then unzip -qq -o archive -d source </dev/null 2>unpacking 1>&2 || [ $? = 1 ] || \
        { tail -c 300 unpacking >&2; exit \(refusalCode); }
        else tar -x --no-same-owner --no-same-permissions -f archive -C source 2>unpacking || \
        { tail -c 300 unpacking >&2; exit \(refusalCode); }; fi
        rm -rf \(outputDirectory); mkdir \(outputDirectory); chmod -R u+rwX source; cd source
        find . -mindepth 1 '(' -name .git -o -name .hg -o -name .svn ')' -prune -printf 'v 0 %P\\0' > ../\(listingName)
        find . -mindepth 1 -depth '(' -name .git -o -name .hg -o -name .svn ')' -exec rm -rf '{}' +
        find . -mindepth 1 ! -type d -printf '%y %s %P\\0' >> ../\(listingName)
        find . -mindepth 1 '(' ! -type d ! -type f -o -type f -size +"$largest"c ')' -delete
        while IFS= read -r name; do find . -mindepth 1 -depth -name "$name" -exec rm -rf '{}' +; done < ../\(namesName)
        cd ../\(outputDirectory)

        """

    /// A job whose script goes on in the output directory once the source is unpacked.
    static func job(
        _ archive: SourceArchive, configuration: Set<String>, then script: String, arguments: [String] = [],
        inputs: [String: SandboxInput] = [:], collect: [String]
    ) -> SandboxJob {
        var inputs = inputs
        inputs[archiveName] = SandboxInput(archive.bytes)
        inputs[namesName] = SandboxInput(Array(configuration.sorted().map { $0 + "\n" }.joined().utf8))
        return SandboxJob(
            arguments: [
                "sh", "-c", Unpacking.script + script, "sh", archive.kind.rawValue, "\(SourceListing.maximumFileByteCount)"
            ] + arguments,
            inputs: inputs, collect: collect
        )
    }

    /// What the source holds, apart from what its kind of tool may not see.
    /// - Throws: `badSource` with what the unpacking program said; errors of the sandbox.
    static func listing(
        of archive: SourceArchive, configuration: Set<String>, in sandbox: SandboxRun
    ) async throws -> SourceListing {
        let outcome = try await sandbox(
            job(archive, configuration: configuration, then: "", collect: [listingName]), RunnerPolicy.unit)
        try check(outcome)
        guard let bytes = outcome.collected[listingName] else {
            throw RunnerError(.badSource, "the list of the source's files is larger than the sandbox gives back")
        }
        return try SourceListing(parsing: bytes, configuration: configuration)
    }

    /// - Throws: `badSource` where the source did not unpack, `toolFailed` for any other ending but a good one.
    static func check(_ outcome: SandboxOutcome) throws(RunnerError) {
        let said = String(decoding: outcome.standardError.bytes.suffix(300), as: UTF8.self)
        switch outcome.ending {
        case .exited(code: 0): return
        case .exited(code: refusalCode): throw RunnerError(.badSource, "the source does not unpack: \(said)")
        default: throw RunnerError(.toolFailed, "ended with \(outcome.ending): \(said)")
        }
    }
}

/// How much of the machine one step of a run may use.
enum RunnerPolicy {
    /// Analysers are slow and hungry, and take a few dozen files at once; ten minutes is what a build has, too.
    static let unit = SandboxPolicy(
        wallTime: .seconds(600), cpuTime: .seconds(600), memoryInBytes: 4_096 << 20, processCount: 256,
        scratchSizeInBytes: 1_024 << 20, outputInBytes: 64 << 10)
}
