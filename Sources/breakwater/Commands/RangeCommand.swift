import ArgumentParser
import JSONText
import PackageIdentity

struct RangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "range", abstract: "Version ranges.", subcommands: [Contains.self]
    )

    struct Contains: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether versions lie in a range: one JSON line each.",
            discussion: """
                A line has "contains" true, false, or null with the reason where it can't be said without a guess. In a file, each \
                line has a range and a version with a tab, or else the last space, between them. Exit code 1 if a range can't be read.
                """
        )
        @Option(help: "Ranges are written as this ecosystem writes them (npm, pypi, maven, …); without it, as VERS.")
        var native: String?
        @Option(help: "A file with a range and a version a line, or - for standard input.") var file: String?
        @Argument(help: "The range (vers:npm/>=1.2.0|<2.0.0) and the versions to look for.") var words: [String] = []

        func validate() throws {
            guard file != nil ? words.isEmpty : words.count >= 2 else {
                throw ValidationError("give a range and at least one version, or --file")
            }
            if let native, NativeSyntax(type: native) == nil {
                throw ValidationError("no native syntax of ranges is known for \(native)")
            }
        }

        func run() async throws {
            var isFaultless = true
            for (range, version) in try questions() {
                let answer = answer(range, version)
                isFaultless = isFaultless && answer["error"] == nil
                print(String(decoding: answer.bytes(), as: UTF8.self))
            }
            if !isFaultless { throw ExitCode.failure }
        }

        private func questions() throws -> [(range: String, version: String)] {
            guard let file else { return words.dropFirst().map { (words[0], $0) } }
            return try TextLine.all(in: file).filter { !$0.isComment }.map { line in
                guard let place = line.text.lastIndex(of: "\t") ?? line.text.lastIndex(of: " ") else {
                    throw ValidationError("\(file):\(line.number): a range and a version are needed")
                }
                return (String(line.text[..<place]), String(line.text[line.text.index(after: place)...]))
            }
        }

        private func answer(_ text: String, _ version: String) -> JSONValue {
            func line(_ members: [(String, JSONValue)]) -> JSONValue {
                .object(JSONObject([("range", .string(text)), ("version", .string(version))] + members))
            }
            switch Contains.read(text, native) {
            case .failure(let fault):
                return line([
                    ("error", .string(fault.reason)), ("code", .string(fault.code)),
                    ("byte", .number(JSONNumber(Int64(fault.offset))))
                ])
            case .success(let range):
                let vers = ("vers", JSONValue.string(range.description))
                switch range.containment(of: version) {
                case .contained: return line([vers, ("contains", true)])
                case .notContained: return line([vers, ("contains", false)])
                case .unknown(let unknown): return line([vers, ("contains", .null), ("reason", .string(unknown.reason))])
                }
            }
        }

        private struct Fault: Error {
            let reason: String
            let code: String
            let offset: Int
        }

        private static func read(_ text: String, _ native: String?) -> Result<VersRange, Fault> {
            do {
                guard let syntax = native.flatMap(NativeSyntax.init(type:)) else { return .success(try VersRange(parsing: text)) }
                return .success(try VersRange(native: text, in: syntax))
            } catch let error as VersError {
                return .failure(Fault(reason: error.reason, code: error.code.description, offset: error.offset))
            } catch let error as NativeRangeError {
                return .failure(Fault(reason: error.reason, code: error.code.description, offset: error.offset))
            } catch {
                return .failure(Fault(reason: "\(error)", code: "unknown", offset: 0))
            }
        }
    }
}
