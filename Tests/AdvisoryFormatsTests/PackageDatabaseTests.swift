import Foundation
import TestSupport
import Testing

@testable import AdvisoryFormats

@Suite struct `Dpkg status` {
    private let text = """
        Package: libc6
        Status: install ok installed
        Priority: optional
        Architecture: amd64
        Source: glibc (2.36-9)
        Version: 2.36-9+deb12u4
        Description: GNU C Library
         Package: not-a-field
         .
         more

        Package: curl
        status: install ok half-configured
        Version: 7.88.1-10

        Package: gone
        Status: deinstall ok config-files
        Version: 1.0-1

        Package: never-here
        Status: unknown ok not-installed

        Package: openssl
        Source: openssl
        Version: 3.0.9-1
        """

    private func parse(_ text: String) -> DpkgStatus { DpkgStatus(parsing: Array(text.utf8).span) }

    @Test func `reads packages with their source, its version and whether they are installed`() {
        let status = parse(text)
        #expect(status.problems.isEmpty)
        #expect(status.packages.map(\.name) == ["libc6", "curl", "gone", "openssl"])
        #expect(status.installed.map(\.name) == ["libc6", "curl", "openssl"], "without a Status the package is there")
        let libc = status.packages[0]
        #expect(
            libc.source == "glibc" && libc.sourceVersion == "2.36-9" && libc.version == "2.36-9+deb12u4"
                && libc.architecture == "amd64")
        #expect(status.packages[1].source == "curl" && status.packages[1].sourceVersion == "7.88.1-10")
        #expect(status.packages[3].source == "openssl" && status.packages[3].sourceVersion == "3.0.9-1")
    }

    @Test func `reads the same with carriage returns and a missing last line end`() {
        var packages = parse(text.replacingOccurrences(of: "\n", with: "\r\n")).packages
        #expect(packages[1].byteOffset == parse(text).packages[1].byteOffset + 11, "each line before it has one byte more")
        for (index, package) in parse(text).packages.enumerated() { packages[index].byteOffset = package.byteOffset }
        #expect(packages == parse(text).packages)
        #expect(parse(text + "\n\n\n").packages == parse(text).packages)
        #expect(parse("").packages.isEmpty && parse("\n \n").problems.isEmpty)
    }

    @Test func `reports a paragraph it cannot read and keeps the others`() {
        let status = parse(
            "Package: a\nVersion: 1\nnonsense\n\nVersion: 2\n\nPackage: c\nStatus: install ok installed\n\nPackage: d\nVersion: 4\n"
        )
        #expect(status.packages.map(\.name) == ["a", "d"])
        #expect(status.problems.map(\.code) == [.field, .name, .version])
        #expect(status.problems.map(\.offset) == [22, 32, 44])
        let broken = DpkgStatus(parsing: (Array("Package: a\nVersion: 1".utf8) + [0xFF, 0x0A]).span)
        #expect(broken.packages.isEmpty && broken.problems.map(\.code) == [.encoding])
    }

    private static let hasDpkg =
        Program.isInstalled("dpkg-query") && FileManager.default.fileExists(atPath: "/var/lib/dpkg/status")

    /// Both read the same copy: the machine's own file may change while the test runs.
    @Test(.enabled(if: hasDpkg, "dpkg is missing"))
    func `agrees with dpkg-query about the packages of this machine`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dpkg-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["info", "updates"] {
            try FileManager.default.createDirectory(at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "/var/lib/dpkg/status"))
        try bytes.write(to: folder.appendingPathComponent("status"))
        let format = "${Package}\t${Version}\t${source:Package}\t${source:Version}\t${db:Status-Status}\n"
        let present = ["installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending"]
        let expected = try Program.run("dpkg-query", ["--admindir", folder.path, "-W", "-f", format])
            .split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self).components(separatedBy: "\t") }
            .filter { present.contains($0[4]) }.map { $0.prefix(4).joined(separator: " ") }
        let status = DpkgStatus(parsing: [UInt8](bytes).span)
        let actual = status.installed.map { "\($0.name) \($0.version) \($0.source) \($0.sourceVersion)" }
        #expect(actual.sorted() == expected.sorted() && expected.count > 10 && status.problems.isEmpty)
    }

    @Test func `survives any bytes`() {
        var random = SeededGenerator(seed: 31)
        let original = Array(text.utf8)
        for _ in 0..<500 {
            var bytes = Array(original.prefix(random.below(original.count)))
            for _ in 0..<random.below(8) where !bytes.isEmpty {
                bytes[random.below(bytes.count)] = random.pick([0, 0x0A, 0x20, 0x28, 0x3A, 0xFF])
            }
            let status = DpkgStatus(parsing: bytes.span)
            #expect(status.packages.count <= 5 + 8 && status.packages.allSatisfy { !$0.name.isEmpty && !$0.version.isEmpty })
        }
    }
}

@Suite struct `Python distribution` {
    @Test func `reads name and version from the headers only`() throws {
        let text =
            "Metadata-Version: 2.1\nname: Zope.Interface\nVersion: 5.0 \nSummary: x\n  Name: folded\nVersion: 6\n\nName: in-the-description\nVersion: 9\n"
        let distribution = try PythonDistribution(parsing: Array(text.utf8).span)
        #expect(distribution.name == "Zope.Interface" && distribution.version == "5.0")
    }

    @Test func `refuses metadata without a name or a version`() {
        let cases: [([UInt8], InventoryProblem.Code)] = [
            (Array("Version: 1\n".utf8), .name), (Array("Name: a\n".utf8), .version), (Array("Name:\nVersion: 1\n".utf8), .name),
            (Array("\nName: a\nVersion: 1\n".utf8), .name), (Array("Name: a\nVersion: 1".utf8) + [0xC3], .encoding), ([], .name)
        ]
        for (bytes, code) in cases {
            #expect { try PythonDistribution(parsing: bytes.span) } throws: { ($0 as? InventoryProblem)?.code == code }
        }
    }
}
