import AdvisoryFormats
import Agent
import Archive
import ArgumentParser
import Client
import JSONText

struct InventoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inventory",
        abstract: "Inventories deposited with the clearinghouse, so that it can tell of new advisories.",
        discussion: """
            Depositing is a choice: breakwater match and the agent find the same on this machine and send nothing.
            """,
        subcommands: [Deposit.self, List.self, Withdraw.self, Matches.self, Concerned.self]
    )

    struct Deposit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Deposit an inventory; it replaces the one of the same name.",
            discussion: "SBOMs are told by their content, lock files and package databases by their names, like yarn.lock."
        )
        @OptionGroup var remote: RemoteOptions
        @OptionGroup var input: InventoryFormatOption
        @Argument(help: "The inventory; - for standard input. It may be compressed by gzip, bzip2, xz or zstd.") var file: String
        @Option(name: .long, help: "What to call it.") var name: String
        @Option(name: .long, help: "The release that a dpkg, apk or rpm list is from, such as Debian:12 or Alpine:v3.20.")
        var release: String?
        @Flag(help: "Deposit nothing where the document is CycloneDX and breaks its schema.") var strict = false

        func run() async throws {
            let bytes = try Local.bytes(file)
            // What is deposited is read by the clearinghouse; whether it keeps to its schema can be said here.
            let read = { try SBOMInventory.inventory(of: bytes, name: file, format: input.inventoryFormat) }
            let inventory = strict ? try read() : try? read()
            if strict { try inventory?.requireValid() }
            let query = [
                ("name", name), ("file", input.inventoryFormat?.description ?? PackedDocument.unpackedName(file)),
                ("release", release ?? "")
            ]
            .filter { !$0.1.isEmpty }.map { "\($0)=\(Local.escaped($1))" }.joined(separator: "&")
            let answer = try await remote.client().bytes(
                .post, "/v1/inventories?\(query)", bytes, type: "application/octet-stream"
            )
            Local.show(try JSONValue(parsing: answer))
            inventory?.showInvalidity(nevertheless: "it was deposited all the same")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List your inventories, latest first.")
        @OptionGroup var remote: RemoteOptions
        @Option(name: .long, help: "How many.") var limit = 100

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/inventories?limit=\(limit)"))
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Withdraw an inventory for good.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The inventory: its identifier or name.") var inventory: String

        func run() async throws {
            Local.show(try await remote.client().json(.delete, "/v1/inventories/\(Local.escaped(inventory))"))
        }
    }

    struct Matches: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Which advisories concern an inventory, of those recorded since.",
            discussion: "The answer's next is what to give as --since the next time."
        )
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The inventory: its identifier or name.") var inventory: String
        @Option(name: .long, parsing: .unconditional, help: "Only advisories recorded after this sequence; -1 for all.")
        var since: Int64 = -1

        func run() async throws {
            var (since, found, isComplete): (Int64, [JSONValue], Bool) = (since, [], false)
            while !isComplete {
                let path = "/v1/inventories/\(Local.escaped(inventory))/matches?since=\(since)&limit=1000"
                let page = try await remote.client().json(.get, path)
                found += page["advisories"]?.array ?? []
                since = page["next"]?.integer ?? since
                isComplete = page["complete"] != .bool(false)
            }
            Local.show(["advisories": .array(found), "next": .number(JSONNumber(since))])
        }
    }

    struct Concerned: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Which of your inventories an advisory concerns.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The advisory.") var advisory: String

        func run() async throws {
            var (after, found): (Int64?, [JSONValue]) = (-1, [])
            while let place = after {
                let path = "/v1/advisories/\(Local.escaped(advisory))/inventories?after=\(place)&limit=1000"
                let page = try await remote.client().json(.get, path)
                found += page["inventories"]?.array ?? []
                after = page["next"]?.integer
            }
            Local.show(["inventories": .array(found)])
        }
    }
}
