import Foundation
import TestSupport

/// Programs that define an order, asked in one process for many pairs.
enum ReferenceTool {
    static let dpkg = Program(
        name: "dpkg", check: ["-c", "command -v dpkg"], shell: "/bin/sh",
        script: #"""
            while IFS="$(printf '\t')" read -r a b; do
              if dpkg --compare-versions "$a" lt "$b" 2>/dev/null; then echo "<"
              elif dpkg --compare-versions "$a" eq "$b" 2>/dev/null; then echo "="
              else echo ">"; fi
            done
            """#
    )

    /// `packaging`, which compares PEP 440 versions only: "?" stands where one of the two is none.
    static let packaging = Program(
        name: "python3 with packaging", check: ["-c", "python3 -c 'import packaging.version'"], shell: "python3",
        script: #"""
            import sys
            from packaging.version import Version, InvalidVersion
            for line in sys.stdin:
                try:
                    a, b = map(Version, line.rstrip("\n").split("\t"))
                    print("<" if a < b else "=" if a == b else ">")
                except InvalidVersion:
                    print("?")
            """#
    )

    /// rpm's own Lua has the comparison; an empty line follows each answer.
    static let rpm = Program(
        name: "rpm", check: ["-c", "command -v rpm"], shell: "/bin/sh",
        script: #"""
            exec rpm --eval '%{lua:
              for line in io.lines() do
                local a, b = line:match("^(.-)\t(.*)$")
                local c = rpm.vercmp(a, b)
                print((c < 0 and "<" or c > 0 and ">" or "=") .. "\n")
              end}'
            """#
    )

    static let ruby = Program(
        name: "ruby", check: ["-c", "command -v ruby"], shell: "/bin/sh",
        script: #"""
            exec ruby -e 'STDIN.each_line { |line|
              a, b = line.chomp.split("\t").map { |text| Gem::Version.new(text) }
              puts ["=", ">", "<"][a <=> b]
            }'
            """#
    )

    /// `ComparableVersion` of Maven 3 as Debian packages it.
    static let maven = Program(
        name: "java with Maven 3", check: ["-c", "command -v java && test -f /usr/share/java/maven3-artifact.jar"],
        shell: "/bin/sh",
        script: #"""
            source=$(mktemp -d)/Compare.java
            cat > "$source" <<'END'
            import org.apache.maven.artifact.versioning.ComparableVersion;
            public class Compare {
                public static void main(String[] arguments) throws Exception {
                    var reader = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
                    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                        var pair = line.split("\t");
                        var order = new ComparableVersion(pair[0]).compareTo(new ComparableVersion(pair[1]));
                        System.out.println(order < 0 ? "<" : order > 0 ? ">" : "=");
                    }
                }
            }
            END
            java -cp /usr/share/java/maven3-artifact.jar:/usr/share/java/commons-lang3.jar "$source"
            rm -r "$(dirname "$source")"
            """#
    )

    /// Version objects of Perl.
    static let perl = Program(
        name: "perl", check: ["-c", "perl -e 'use version 0.9913'"], shell: "/bin/sh",
        script: #"""
            exec perl -e 'use version; while (<STDIN>) { chomp; my ($a, $b) = split /\t/;
              print +("=", ">", "<")[version->parse($a) <=> version->parse($b)], "\n" }'
            """#
    )

    static let php = Program(
        name: "php", check: ["-c", "command -v php"], shell: "/bin/sh",
        script: #"""
            exec php -r 'while (($line = fgets(STDIN)) !== false) {
              [$a, $b] = explode("\t", rtrim($line, "\n"));
              echo ["<", "=", ">"][version_compare($a, $b) + 1], "\n";
            }'
            """#
    )

    struct Program: Sendable {
        let name: String
        let check: [String]
        let shell: String
        let script: String

        var isInstalled: Bool {
            if (try? run("/bin/sh", check, input: "")) != nil { return true }
            print("SKIPPED: \(name) is missing")
            return false
        }

        /// One answer for each pair.
        func compare(_ pairs: [(String, String)]) throws -> [String] {
            let input = pairs.map { "\($0.0)\t\($0.1)\n" }.joined()
            return try run("/usr/bin/env", [shell, "-c", script], input: input).split(separator: "\n").map(String.init)
        }

        private func run(_ path: String, _ arguments: [String], input: String) throws -> String {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("pairs-\(UUID().uuidString).txt")
            try Data(input.utf8).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let data = try TestSupport.Program.run(path, arguments, input: file)
            return String(decoding: data, as: UTF8.self)
        }
    }
}
