import PackageIdentity
import TestSupport
import Testing

/// The programs that define an order are asked about generated pairs.
@Suite struct `Reference tools` {
    @Test(.enabled(if: ReferenceTool.dpkg.isInstalled, "dpkg is missing"))
    func `dpkg agrees on generated versions`() throws {
        var generator = VersionGenerator(seed: 41)
        let pool = (0..<150).map { _ in generator.dpkg() }
        try compare(pairs(of: pool, count: 300, seed: 41), .dpkg, ReferenceTool.dpkg, seed: 41)
    }

    @Test(.enabled(if: ReferenceTool.packaging.isInstalled, "python3 with packaging is missing"))
    func `packaging agrees on generated Python versions`() throws {
        var generator = VersionGenerator(seed: 43)
        let pool = (0..<1_000).map { _ in generator.pep440() } + (0..<200).map { _ in generator.legacyPython() }
        try compare(pairs(of: pool, count: 5_000, seed: 43), .pep440, ReferenceTool.packaging, seed: 43)
    }

    @Test(.enabled(if: ReferenceTool.rpm.isInstalled, "rpm is missing"))
    func `rpm agrees on generated versions`() throws {
        var generator = VersionGenerator(seed: 47)
        let pool = (0..<1_000).map { _ in generator.rpm() }
        try compare(pairs(of: pool, count: 5_000, seed: 47), .rpm, ReferenceTool.rpm, seed: 47)
    }

    @Test(.enabled(if: ReferenceTool.ruby.isInstalled, "ruby is missing"))
    func `RubyGems agrees on generated versions`() throws {
        var generator = VersionGenerator(seed: 53)
        let pool = (0..<1_000).map { _ in generator.rubygems() }
        try compare(pairs(of: pool, count: 5_000, seed: 53), .rubygems, ReferenceTool.ruby, seed: 53)
    }

    /// PHP does not drop the `v`, calls `#` equal to several things and compares separators at the end by the side they are on.
    @Test(.enabled(if: ReferenceTool.php.isInstalled, "php is missing"))
    func `PHP agrees on generated versions`() throws {
        var generator = VersionGenerator(seed: 59)
        let pool = (0..<2_000).map { _ in generator.composer() }.filter { version in
            !version.contains("#") && !version.lowercased().hasPrefix("v")
                && version.last.map { $0.isLetter || $0.isNumber } == true
                // PHP stops counting at 2⁶³.
                && version.split { !$0.isNumber }.allSatisfy { $0.count < 19 }
        }
        try compare(pairs(of: pool, count: 5_000, seed: 59), .composer, ReferenceTool.php, seed: 59)
    }

    /// Behind dots Maven's comparison of qualifiers is no order, see `VersionScheme.maven`.
    @Test(.enabled(if: ReferenceTool.maven.isInstalled, "java with Maven is missing"))
    func `Maven agrees on generated versions whose qualifiers stand behind hyphens`() throws {
        var generator = VersionGenerator(seed: 83)
        let pool = (0..<2_000).map { _ in generator.mavenWithHyphens() }
        try compare(pairs(of: pool, count: 10_000, seed: 83), .maven, ReferenceTool.maven, seed: 83)
    }

    @Test(.enabled(if: ReferenceTool.perl.isInstalled, "perl is missing"))
    func `Perl agrees on generated versions`() throws {
        var generator = VersionGenerator(seed: 79)
        // Perl stops counting at 2³¹, and knows nothing of trials.
        let pool = (0..<2_000).map { _ in generator.perl() }.filter { version in
            !version.contains("T") && version.split { !$0.isNumber && $0 != "_" }.allSatisfy { $0.count < 10 }
        }
        try compare(pairs(of: pool, count: 5_000, seed: 79), .perl, ReferenceTool.perl, seed: 79)
    }

    private func pairs(of pool: [String], count: Int, seed: UInt64) -> [(String, String)] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in (random.pick(pool), random.pick(pool)) }
    }

    private func compare(
        _ pairs: [(String, String)], _ scheme: VersionScheme, _ program: ReferenceTool.Program, seed: UInt64
    ) throws {
        let answers = try program.compare(pairs)
        try #require(answers.count == pairs.count, "\(program.name) answered \(answers.count) of \(pairs.count)")
        for ((left, right), answer) in zip(pairs, answers) {
            let (a, b) = (try VersionKey(encoding: left, in: scheme), try VersionKey(encoding: right, in: scheme))
            if answer == "?" {
                #expect(a.isLegacyPEP440 || b.isLegacyPEP440, "seed \(seed): \(left), \(right)")
            } else {
                #expect(relation(a, b) == answer, "seed \(seed): \(left) \(a) and \(right) \(b)")
            }
        }
    }
}
