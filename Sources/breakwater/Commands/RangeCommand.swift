import ArgumentParser
import JSONText
import PackageIdentity

struct RangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "range", abstract: "Version ranges.", subcommands: [Contains.self, Parse.self]
    )

    struct Contains: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether versions lie in a range: one JSON line each.",
            discussion: """
                A line has "contains" true, false, or null with the reason where it can't be said without a guess. In a file, each \
                line has a range and a version with a tab, or else the last space, between them. Exit code 1 if a range can't be read.

                A native range holds what the tool of its ecosystem says: ^1.2.3 holds no pre-release of 2.0.0, pip's ==1.0 holds \
                1.0+local, Composer's <2.0 no 2.0.0-beta1. "vers" is the range as the VERS project writes it, which can \
                hold a little more or less.
                """
        )
        @OptionGroup var notation: RangeNotation
        @Option(help: "A file with a range and a version a line, or - for standard input.") var file: String?
        @Argument(help: "The range (vers:npm/>=1.2.0|<2.0.0) and the versions to look for.") var words: [String] = []

        func validate() throws {
            guard file != nil ? words.isEmpty : words.count >= 2 else {
                throw ValidationError("give a range and at least one version, or --file")
            }
        }

        func run() async throws {
            var isFaultless = true
            for question in try questions() {
                let answer = answer(question)
                isFaultless = isFaultless && answer["error"] == nil
                print(String(decoding: answer.bytes(), as: UTF8.self))
            }
            if !isFaultless { throw ExitCode.failure }
        }

        private struct Question {
            let range: String
            /// Nil where a line of a file has nothing behind its range.
            let version: String?
        }

        private func questions() throws -> [Question] {
            guard let file else { return words.dropFirst().map { Question(range: words[0], version: $0) } }
            return try TextLine.all(in: file).filter { !$0.isComment }.map { line in
                guard let place = line.text.lastIndex(of: "\t") ?? line.text.lastIndex(of: " ") else {
                    return Question(range: line.text, version: nil)
                }
                return Question(
                    range: String(line.text[..<place]), version: String(line.text[line.text.index(after: place)...])
                )
            }
        }

        private func answer(_ question: Question) -> JSONValue {
            guard let version = question.version else {
                return ["range": .string(question.range), "error": "a range and a version are needed", "code": "version"]
            }
            return answer(question.range, version)
        }

        private func answer(_ text: String, _ version: String) -> JSONValue {
            let question: [(String, JSONValue)] = [("range", .string(text)), ("version", .string(version))]
            func line(_ members: [(String, JSONValue)]) -> JSONValue { .object(JSONObject(question + members)) }
            switch notation.read(text) {
            case .failure(let fault): return line(fault.members)
            case .success(let range):
                let vers = ("vers", JSONValue.string(range.description))
                switch range.containment(of: version) {
                case .contained: return line([vers, ("contains", true)])
                case .notContained: return line([vers, ("contains", false)])
                case .unknown(let unknown): return line([vers, ("contains", .null), ("reason", .string(unknown.reason))])
                }
            }
        }
    }

    struct Parse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take version ranges apart, and write native ones as VERS: one JSON line each, in the order given.",
            discussion: """
                A line has the VERS, its type and its constraints, or where it is no range the reason and the byte. Exit code 1 if \
                any is none.
                """
        )
        @OptionGroup var notation: RangeNotation
        @Option(help: "A file with a range a line, or - for standard input.") var file: String?
        @Argument(help: "The ranges.") var ranges: [String] = []

        func validate() throws {
            if (file == nil) == ranges.isEmpty { throw ValidationError("give ranges, or --file") }
        }

        func run() async throws {
            var isFaultless = true
            for text in try file.map({ try TextLine.all(in: $0).filter { !$0.isComment }.map(\.text) }) ?? ranges {
                let answer = answer(to: text)
                isFaultless = isFaultless && answer["error"] == nil
                print(String(decoding: answer.bytes(), as: UTF8.self))
            }
            if !isFaultless { throw ExitCode.failure }
        }

        private func answer(to text: String) -> JSONValue {
            let members: [(String, JSONValue)] =
                switch notation.read(text) {
                case .failure(let fault): fault.members
                case .success(let range):
                    [
                        ("vers", .string(range.description)), ("type", .string(range.type)),
                        (
                            "constraints",
                            .array(range.constraints.map { .array([.string($0.comparator.rawValue), .string($0.version)]) })
                        )
                    ]
                }
            return .object(JSONObject([("range", .string(text))] + members))
        }
    }
}

/// How the ranges of a command are written.
struct RangeNotation: ParsableArguments {
    @Option(
        help: """
            Ranges are written as this ecosystem writes them (npm, PyPI, Maven, Debian:12, …), or as GitLab's or GitHub's advisories write those \
            of its packages (gitlab/npm, github/pip); without it, as VERS.
            """
    )
    var native: String?
    @Flag(
        help: """
            VERS that is not canonical is put in order instead of refused: whitespace, uppercase, a written '=', constraints that are \
            not sorted. Constraints that say nothing new are kept.
            """
    )
    var lenient = false

    func validate() throws {
        guard let native else { return }
        if lenient { throw ValidationError("--lenient is about VERS; native ranges are always read as people write them") }
        if ["gitlab", "github"].contains(native) {
            throw ValidationError("\(native) has ranges of many ecosystems: name one (\(native)/npm)")
        }
        if NativeSyntax(named: native) == nil { throw ValidationError("no native syntax of ranges is known for \(native)") }
    }

    /// The range that a text is, or why it is none.
    func read(_ text: String) -> Result<VersRange, RangeFault> {
        do {
            if let syntax = native.flatMap(NativeSyntax.init(named:)) { return .success(try VersRange(native: text, in: syntax)) }
            if !lenient { return .success(try VersRange(parsing: text)) }
            return .success(try VersRange(normalizing: text))
        } catch let error as VersError {
            return .failure(RangeFault(reason: error.reason, code: error.code.description, offset: error.offset))
        } catch let error as NativeRangeError {
            return .failure(RangeFault(reason: error.reason, code: error.code.description, offset: error.offset))
        } catch {
            return .failure(RangeFault(reason: "\(error)", code: "unknown", offset: 0))
        }
    }
}

/// Why a text is no range.
struct RangeFault: Error {
    let reason: String
    let code: String
    let offset: Int

    var members: [(String, JSONValue)] {
        [("error", .string(reason)), ("code", .string(code)), ("byte", .number(JSONNumber(Int64(offset))))]
    }
}
