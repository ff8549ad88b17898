import Agent
import ArgumentParser
import PackageIdentity

struct VersionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "versions", abstract: "Versions and their order.", subcommands: [Check.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Judge comparisons: prints every line of a file that disagrees with the ecosystem's order.",
            discussion: """
                The file has one comparison a line, `A < B`, `A = B` or `A > B`; empty lines and lines that begin with # or // \
                are comments. Exit code 1 if any line disagrees or can't be read. Versions of Packagist are compared as PHP compares \
                them (1.0 < 1.0.0); the ranges of Composer, for which both are one version, have the order composer-normalized.
                """
        )
        @Option(help: "An OSV ecosystem (PyPI, Debian:12), a purl or VERS type (pypi, deb), or a scheme (pep440, dpkg).")
        var ecosystem: String
        @Argument(help: "The file, or - for standard input.") var file: String

        func run() async throws {
            guard let scheme = VersionScheme(userNamed: ecosystem) else {
                throw ValidationError("no order of versions is known for the ecosystem \(ecosystem)")
            }
            var (comparisons, faults) = (0, 0)
            for line in try TextLine.all(in: file) where !line.isComment {
                comparisons += 1
                guard let fault = ComparisonLine.fault(of: line.text, in: scheme) else { continue }
                faults += 1
                print("\(file):\(line.number): \(fault)".oneLine)
            }
            print("\(comparisons) comparisons by \(scheme), \(faults) disagree")
            if faults > 0 { throw ExitCode.failure }
        }
    }
}

extension VersionScheme {
    /// The order of what somebody calls an ecosystem; nil where none is known.
    init?(userNamed name: String) {
        let ecosystem = Ecosystem(name)
        let ordered = ecosystem.isKnown ? ecosystem.versionScheme : VersionScheme(versType: name)
        let known = ordered?.ofSingleVersions ?? VersionScheme(name: name)
        guard let known, known.isOrdered else { return nil }
        self = known
    }
}

/// `A < B`, as one line of a file claims it.
private enum ComparisonLine {
    /// What is wrong with the line; nil where the order agrees.
    static func fault(of text: String, in scheme: VersionScheme) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 3, ["<", "=", ">"].contains(words[1]) else {
            return "not of the form A < B, A = B or A > B: \(text)"
        }
        do {
            let left = try key(words[0], scheme)
            let right = try key(words[2], scheme)
            let relation = left < right ? "<" : left == right ? "=" : ">"
            return relation == words[1] ? nil : "\(text), but \(words[0]) \(relation) \(words[2])"
        } catch {
            return "\(text), but \(error.text)"
        }
    }

    private struct NoVersion: Error {
        let text: String
    }

    private static func key(_ version: Substring, _ scheme: VersionScheme) throws(NoVersion) -> VersionKey {
        do {
            return try VersionKey(encoding: String(version), in: scheme)
        } catch {
            throw NoVersion(text: "\(version) has no place in the order: \(error.reason) (byte \(error.offset))")
        }
    }
}
