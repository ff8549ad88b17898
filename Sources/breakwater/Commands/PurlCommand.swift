import ArgumentParser
import Foundation
import JSONText
import PackageIdentity

struct PurlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purl", abstract: "Package URLs.", subcommands: [Parse.self, Build.self]
    )

    struct Parse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take package URLs apart: one JSON line each, in the order given.",
            discussion: """
                A line has the canonical spelling and its components, or where it is none the reason and the byte. Exit code 1 if \
                any is none.
                """
        )
        @Flag(help: "Spellings that are found in the field are put in order instead of refused.") var lenient = false
        @Argument(help: "Package URLs (pkg:…), files with one a line, or - for standard input.") var subjects: [String]

        func run() async throws {
            var isFaultless = true
            for subject in subjects {
                let texts = texts(of: subject)
                isFaultless = isFaultless && texts != nil
                for text in texts ?? [] {
                    let answer = answer(to: text)
                    isFaultless = isFaultless && answer["error"] == nil
                    print(String(decoding: answer.bytes(), as: UTF8.self))
                }
            }
            if !isFaultless { throw ExitCode.failure }
        }

        /// Nil where it is neither a package URL nor a file that can be read, which is said on standard error.
        private func texts(of subject: String) -> [String]? {
            if subject.lowercased().hasPrefix("pkg:") { return [subject] }
            do {
                return try TextLine.all(in: subject).filter { !$0.isComment }.map(\.text)
            } catch {
                Console.note("Error: \(error)")
                return nil
            }
        }

        private func answer(to text: String) -> JSONValue {
            do {
                return PurlCommand.json(lenient ? try Purl(normalizing: text) : try Purl(parsing: text))
            } catch {
                return PurlCommand.fault(error, [("input", .string(text))])
            }
        }
    }

    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a package URL together from its components: one JSON line.",
            discussion: "The line is that of `purl parse`. Exit code 1 if the components make none."
        )
        @Option(help: "The type (npm).") var type: String
        @Option(help: "The namespace (@angular).") var namespace: String?
        @Option(help: "The name.") var name: String
        @Option(help: "The version.") var version: String?
        @Option(help: "A qualifier, as key=value; may be repeated.") var qualifier: [String] = []
        @Option(help: "The subpath.") var subpath: String?

        func run() async throws {
            do {
                let purl = try Purl(
                    type: type, namespace: namespace, name: name, version: version, qualifiers: try qualifiers(), subpath: subpath
                )
                print(String(decoding: PurlCommand.json(purl).bytes(), as: UTF8.self))
            } catch let error as PurlError {
                print(String(decoding: PurlCommand.fault(error, []).bytes(), as: UTF8.self))
                throw ExitCode.failure
            }
        }

        private func qualifiers() throws -> [String: String] {
            var result: [String: String] = [:]
            for text in qualifier {
                guard let equals = text.firstIndex(of: "=") else {
                    throw ValidationError("a qualifier is key=value, not \(text)")
                }
                let key = String(text[..<equals])
                guard result.updateValue(String(text[text.index(after: equals)...]), forKey: key) == nil else {
                    throw ValidationError("the qualifier \(key) is there twice")
                }
            }
            return result
        }
    }

    private static func fault(_ error: PurlError, _ input: [(String, JSONValue)]) -> JSONValue {
        .object(
            JSONObject(
                input + [
                    ("error", .string(error.reason)), ("code", .string(error.code.description)),
                    ("byte", .number(JSONNumber(Int64(error.offset))))
                ]))
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
