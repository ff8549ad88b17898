import Sandbox

/// The analysers we know how to run.
package enum AnalysisTools {
    /// Every tool by name, with the programs it may be.
    package static let all: [(name: String, programs: [String], make: @Sendable (String) -> ProgramRunner)] = [
        ("cppcheck", ["cppcheck"], cppcheck),
        ("clang", ["clang", "clang-19", "clang-16", "clang-15", "clang-14"], clang),
        ("semgrep", ["semgrep"], { semgrep($0) }),
        ("bandit", ["bandit"], bandit)
    ]

    package static let names = all.map(\.name)

    /// The tool with this name, its program looked for in the usual places unless one is given.
    /// - Throws: `toolMissing` for an unknown name, or where the program is not installed.
    package static func runner(_ name: String, program: String? = nil) throws(RunnerError) -> ProgramRunner {
        guard let tool = all.first(where: { $0.name == name }) else {
            throw RunnerError(.toolMissing, "there is no tool \(name); there are \(names.joined(separator: ", "))")
        }
        guard let program else { return tool.make(try ProgramLocator.find(tool.programs, for: name)) }
        return tool.make(try ProgramLocator.named(program, for: name))
    }

    private static let cEndings = [".c", ".cc", ".cpp", ".cxx", ".c++"]

    /// Debian 12 has 2.10, whose reports are XML only. `-U`: a source that hides itself from cppcheck is shown all the same.
    private static func cppcheck(_ program: String) -> ProgramRunner {
        ProgramRunner(
            name: "cppcheck", driver: RunnerDriver(name: "Cppcheck", informationURI: "https://cppcheck.sourceforge.io"),
            configuration: [], endings: cEndings, program: program,
            script: loop(
                seconds: 60,
                """
                "$program" --xml --enable=warning,portability --library=posix --library=gnu -U__cppcheck__ \
                --includes-file=../includes --output-file=one "$file"
                """),
            inputs: [:], outputs: ["report"],
            // Behind one of these 2.10 checks nothing and says nothing.
            silencingWords: "^[[:space:]]*#[[:space:]]*error.*", read: CppcheckReport.read
        )
    }

    /// A file that does not compile for want of a header is told, not overlooked.
    private static func clang(_ program: String) -> ProgramRunner {
        ProgramRunner(
            name: "clang",
            driver: RunnerDriver(name: "Clang Static Analyzer", informationURI: "https://clang-analyzer.llvm.org"),
            configuration: [], endings: cEndings, program: program,
            script: """
                export HOME=/nonexistent
                "$program" --version > version
                flags=$(sed 's/^/-I/' ../includes)
                IFS='
                '

                """
                    + loop(
                        seconds: 120,
                        """
                        "$program" --analyze -w -U__clang_analyzer__ -Xclang -analyzer-output=sarif \
                        -Xclang -analyzer-checker=\(clangCheckers) -o one $flags "$file"
                        """),
            inputs: [:], outputs: ["report", "version"],
            silencingWords: "clang::suppress|__attribute__ *\\(\\( *(suppress|analyzer_noreturn)", read: ClangReport.read
        )
    }

    /// One call a file, so that a file by which the program is stalled (`#include "/dev/zero"`) costs the others nothing. Of each
    /// the report has the exit code, what was said, and what was written to `one`, each behind a record separator, which neither
    /// JSON nor XML can contain.
    private static func loop(seconds: Int, _ command: String) -> String {
        """
        : > report
        while IFS= read -r file; do
        rm -f one; code=0
        timeout \(seconds) \(command) >said 2>&1 </dev/null || code=$?
        { printf '\\036%s\\036' "$code"; head -c 2000 said | tr -d '\\036'; printf '\\036'; cat one 2>/dev/null || true; } >> report
        done < ../files
        """
    }

    /// The default ones, and of those for insecure functions the ones that are nearly always right.
    private static let clangCheckers =
        "core,unix,cplusplus,nullability"
        + ",security.insecureAPI.gets,security.insecureAPI.strcpy,security.insecureAPI.mktemp,security.insecureAPI.vfork"
        + ",security.insecureAPI.UncheckedReturn,security.insecureAPI.getpw"

    /// `-x`: what it would leave out by itself (`.tox`, `*.egg`, …) is looked at. Its exit code is 1 where it found something.
    private static func bandit(_ program: String) -> ProgramRunner {
        ProgramRunner(
            name: "bandit", driver: RunnerDriver(name: "Bandit", informationURI: "https://bandit.readthedocs.io"),
            configuration: [".bandit"], endings: [".py"], program: program,
            script: """
                "$program" --version > version
                printf '[bandit]\\n' > ini
                "$program" --format json --quiet --ignore-nosec --ini ini --exclude /none --output report "$@" || [ $? = 1 ]
                """,
            inputs: [:], outputs: ["report", "version"], silencingWords: nil, read: BanditReport.read
        )
    }

    /// With rules of our own unless others are given; without network there are no others. It does not start without trust
    /// anchors, though it never connects: the ones of its own installation or of the system's share are named to it. Where it
    /// ends badly, its report mostly says why.
    /// - Parameter rulesName: how the rules are named where they can't be used.
    package static func semgrep(
        _ program: String, rules: [UInt8]? = nil, named rulesName: String = "the rules"
    ) -> ProgramRunner {
        ProgramRunner(
            name: "semgrep", driver: RunnerDriver(name: "Semgrep", informationURI: "https://semgrep.dev"),
            configuration: [".semgrepignore", ".semgrep.yml", ".semgrepconfig.yml"],
            endings: [".py", ".c", ".h", ".cc", ".cpp", ".js", ".jsx", ".ts", ".tsx", ".go", ".java"], program: program,
            script: """
                for anchors in "${program%/bin/*}"/lib/python3*/site-packages/certifi/cacert.pem \
                /usr/share/ca-certificates/mozilla/*.crt; do [ -f "$anchors" ] && break; done
                export SSL_CERT_FILE="$anchors" HOME=/tmp SEMGREP_SEND_METRICS=off SEMGREP_ENABLE_VERSION_CHECK=0
                "$program" scan --config ../rules.yaml --json --output report --quiet --metrics=off --disable-version-check \
                --disable-nosem --no-git-ignore --x-ignore-semgrepignore-files --no-rewrite-rule-ids --max-target-bytes 0 \
                --timeout 60 --timeout-threshold 0 --jobs 1 "$@" || { code=$?; [ -s report ] || exit $code; }
                printf '%s' "${code:-0}" > code
                """,
            inputs: ["rules.yaml": SandboxInput(rules ?? Array(SemgrepRules.text.utf8))], outputs: ["report", "code"],
            silencingWords: nil, read: { try SemgrepReport.read($0, rulesName: rulesName) }
        )
    }
}
