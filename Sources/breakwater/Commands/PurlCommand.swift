import ArgumentParser
import JSONText
import PackageIdentity

struct PurlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purl", abstract: "Package URLs.", subcommands: [Parse.self]
    )

    struct Parse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take package URLs apart: one JSON line each, in the order given.",
            discussion: """
                A line has the canonical spelling and its components, or where it is none the reason and the byte. Exit code 1 if \
                any is none.
                """
        )
        @Argument(help: "Package URLs (pkg:…), files with one a line, or - for standard input.") var subjects: [String]

        func run() async throws {
            var isFaultless = true
            for subject in subjects {
                for text in try Parse.texts(of: subject) {
                    let answer = Parse.answer(to: text)
                    isFaultless = isFaultless && answer["error"] == nil
                    print(String(decoding: answer.bytes(), as: UTF8.self))
                }
            }
            if !isFaultless { throw ExitCode.failure }
        }

        private static func texts(of subject: String) throws -> [String] {
            if subject.lowercased().hasPrefix("pkg:") { return [subject] }
            return try TextLine.all(in: subject).filter { !$0.isComment }.map(\.text)
        }

        private static func answer(to text: String) -> JSONValue {
            do {
                return json(try Purl(parsing: text))
            } catch {
                return [
                    "input": .string(text), "error": .string(error.reason), "code": .string(error.code.description),
                    "byte": .number(JSONNumber(Int64(error.offset)))
                ]
            }
        }

        private static func json(_ purl: Purl) -> JSONValue {
            func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
            return [
                "purl": .string(purl.description), "type": .string(purl.type), "namespace": optional(purl.namespace),
                "name": .string(purl.name), "version": optional(purl.version),
                "qualifiers": .object(JSONObject(purl.qualifiers.map { ($0.key, .string($0.value)) })),
                "subpath": optional(purl.subpath)
            ]
        }
    }
}
