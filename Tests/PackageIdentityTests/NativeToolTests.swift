import PackageIdentity
import TestSupport
import Testing

/// The tools that read native ranges are asked whether generated versions lie in generated ranges.
@Suite struct `Native ranges and their tools` {
    @Test(.enabled(if: RangeTool.packaging.isInstalled, "python3 with packaging 26 is missing"))
    func `packaging agrees on generated specifiers`() throws {
        var generator = VersionGenerator(seed: 61)
        let versions = (0..<400).map { _ in generator.pythonVersion() }
        let ranges = (0..<3_000).map { _ in generator.pythonRange(of: versions) }
        try compare(ranges, versions, "pypi", RangeTool.packaging, seed: 61)
    }

    /// As `npm audit` asks: with `includePrerelease` and `loose`.
    @Test(.enabled(if: RangeTool.nodeSemver.isInstalled, "node with semver is missing"))
    func `node-semver agrees on generated ranges`() throws {
        var generator = VersionGenerator(seed: 67)
        let versions = (0..<400).map { _ in generator.nodeVersion() }
        let ranges = (0..<3_000).map { _ in generator.nodeRange() }
        try compare(ranges, versions, "npm", RangeTool.nodeSemver, seed: 67)
    }

    @Test(.enabled(if: RangeTool.composer.isInstalled, "php with composer/semver is missing"))
    func `Composer agrees on generated constraints`() throws {
        var generator = VersionGenerator(seed: 71)
        let versions = (0..<400).map { _ in generator.composerVersion() }
        let ranges = (0..<3_000).map { _ in generator.composerRange() }
        try compare(ranges, versions, "composer", RangeTool.composer, seed: 71)
    }

    @Test(.enabled(if: RangeTool.rubygems.isInstalled, "ruby is missing"))
    func `RubyGems agrees on generated requirements`() throws {
        var generator = VersionGenerator(seed: 73)
        let versions = (0..<400).map { _ in generator.gemVersion() }
        let ranges = (0..<3_000).map { _ in generator.gemRange() }
        try compare(ranges, versions, "gem", RangeTool.rubygems, seed: 73)
    }

    /// A range that no version can satisfy is refused here and holds nothing there. A list of exact versions is an enumeration
    /// here and a contradiction there: the generators make none.
    private func compare(
        _ ranges: [String], _ versions: [String], _ type: String, _ tool: ReferenceTool.Program, seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        print("seed \(seed)")
        let pairs = ranges.flatMap { range in (0..<4).map { _ in (range, random.pick(versions)) } }
        let answers = try tool.compare(pairs)
        try #require(answers.count == pairs.count, "\(tool.name) answered \(answers.count) of \(pairs.count)")
        let syntax = try #require(NativeSyntax(type: type))
        var judged = 0
        for ((text, version), answer) in zip(pairs, answers) where answer != "?" {
            judged += 1
            var actual = "0"
            do {
                if try VersRange(native: text, in: syntax).containment(of: version) == .contained { actual = "1" }
            } catch { if error.code != .contradiction { actual = "\(error)" } }
            if actual != answer { Issue.record("seed \(seed): \(text) and \(version): \(answer), not \(actual)") }
        }
        #expect(judged * 10 >= pairs.count * 6, "seed \(seed): \(judged) judged")
    }
}

/// Programs that answer `1`, `0`, or `?` where they read the range or the version as none.
private enum RangeTool {
    /// Before version 26 `packaging` called more than the local and post-releases of the version itself outside of `>`.
    static let packaging = ReferenceTool.Program(
        name: "python3 with packaging 26",
        check: ["-c", "python3 -c 'import packaging; assert int(packaging.__version__.split(\".\")[0]) >= 26'"], shell: "python3",
        script: #"""
            import sys
            from packaging.specifiers import SpecifierSet, InvalidSpecifier
            for line in sys.stdin:
                a, b = line.rstrip("\n").split("\t")
                try: print(int(SpecifierSet(a).contains(b, prereleases=True)))
                except InvalidSpecifier: print("?")
            """#
    )

    static let nodeSemver = ReferenceTool.Program(
        name: "node with semver", check: ["-c", "NODE_PATH=/usr/share/nodejs node -e 'require(\"semver\")'"], shell: "/bin/sh",
        script: #"""
            NODE_PATH=/usr/share/nodejs exec node -e '
              const semver = require("semver"), options = {includePrerelease: true, loose: true}
              const lines = require("fs").readFileSync(0, "utf8").split("\n").slice(0, -1)
              console.log(lines.map(line => {
                const [range, version] = line.split("\t")
                if (semver.validRange(range, options) === null || !semver.valid(version, options)) return "?"
                return semver.satisfies(version, range, options) ? "1" : "0"
              }).join("\n"))'
            """#
    )

    static let composer = ReferenceTool.Program(
        name: "php with composer/semver", check: ["-c", "command -v php && test -f /usr/share/php/Composer/Semver/autoload.php"],
        shell: "/bin/sh",
        script: #"""
            exec php -r 'require "/usr/share/php/Composer/Semver/autoload.php";
              while (($line = fgets(STDIN)) !== false) {
                [$range, $version] = explode("\t", rtrim($line, "\n"));
                try { echo Composer\Semver\Semver::satisfies($version, $range) ? "1" : "0", "\n"; }
                catch (UnexpectedValueException $error) { echo "?\n"; }
              }'
            """#
    )

    static let rubygems = ReferenceTool.Program(
        name: "ruby", check: ["-c", "command -v ruby"], shell: "/bin/sh",
        script: #"""
            exec ruby -e 'STDIN.each_line { |line|
              range, version = line.chomp.split("\t")
              begin
                puts Gem::Requirement.new(range.split(", ")).satisfied_by?(Gem::Version.new(version)) ? "1" : "0"
              rescue ArgumentError
                puts "?"
              end
            }'
            """#
    )
}
