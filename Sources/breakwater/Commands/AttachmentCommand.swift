import ArgumentParser
import Client
import Foundation
import JSONText
import Sealing

struct AttachmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attachment", abstract: "Attach files of up to 1 GiB to findings, and fetch them.",
        subcommands: [Add.self, List.self, Get.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Attach a file to a finding of yours.",
            discussion:
                "A transfer that breaks off goes on where it was: by itself while the server comes back, else by the same command."
        )
        @OptionGroup var remote: RemoteOptions
        @OptionGroup var patience: PatienceOption
        @Argument(help: "The finding.") var finding: String
        @Argument(help: "The file.") var file: String
        @Option(name: .long, help: "What the file is called there; its own name unless told.") var name: String?
        @Option(name: .long, help: "Its media type.") var type = "application/octet-stream"

        func run() async throws {
            var hashed = ProgressLine()
            let source = try SentFile(path: file) { hashed.show("\($0) bytes read") }
            let declaration: JSONValue = [
                "name": .string(name ?? URL(fileURLWithPath: file).lastPathComponent), "mediaType": .string(type),
                "size": .number(JSONNumber(source.byteCount)), "sha256": .string(source.digest.hex)
            ]
            let client = try remote.client()
            let path = "/v1/findings/\(Local.escaped(finding))/attachments"
            Local.show(
                try await patience.repeating { progress in
                    try await Add.send(source, declared: client.json(.post, path, declaration), to: client, progress)
                }
            )
        }

        /// Sends what is missing and ends the upload.
        private static func send(
            _ source: SentFile, declared: JSONValue, to client: ClearinghouseClient, _ patience: PatienceOption.Progress
        ) async throws -> JSONValue {
            guard let identifier = declared["id"]?.string, let chunkSize = declared["chunkSize"]?.integer, chunkSize > 0 else {
                throw ValidationError("the server's answer names no attachment")
            }
            let path = "/v1/attachments/\(Local.escaped(identifier))"
            var (offset, progress) = (declared["offset"]?.integer ?? 0, ProgressLine())
            while offset < source.byteCount {
                let bytes = try source.bytes(at: offset, count: Int(chunkSize))
                let answer = try JSONValue(
                    parsing: try await client.bytes(
                        .put, "\(path)/chunks/\(offset)", bytes, type: "application/octet-stream",
                        headers: ["Content-Digest": "sha-256=:\(Base64.encode(Digest(hashing: bytes).bytes)):"])
                )
                guard let next = answer["offset"]?.integer, next > offset else {
                    throw ValidationError("the server took a chunk and does not go on")
                }
                offset = next
                patience.made()
                progress.show("\(offset) of \(source.byteCount) bytes")
            }
            return try await client.json(.post, path + "/completion")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the files of a finding.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The finding.") var finding: String

        func run() async throws {
            Local.show(try await remote.client().json(.get, "/v1/findings/\(Local.escaped(finding))/attachments"))
        }
    }

    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch an attachment.",
            discussion:
                "What has arrived is kept in FILE.part, from which a transfer that broke off goes on. FILE is the whole file, checked, or is not there."
        )
        @OptionGroup var remote: RemoteOptions
        @OptionGroup var patience: PatienceOption
        @Argument(help: "The attachment.") var attachment: String
        @Option(name: .shortAndLong, help: "The file to write; the attachment's own name, here, unless told.") var output: String?

        func run() async throws {
            let client = try remote.client()
            let path = "/v1/attachments/\(Local.escaped(attachment))"
            let found = try await patience.repeating { _ in try await client.json(.get, path) }
            guard
                let name = found["name"]?.string, let size = found["size"]?.integer,
                let digest = found["sha256"]?.string.flatMap({ Digest(hex: $0) })
            else { throw ValidationError("the server's answer describes no attachment") }
            // A name comes from somebody else; only its last part may say where to write.
            let target = output ?? "./" + URL(fileURLWithPath: name).lastPathComponent
            guard !FileManager.default.fileExists(atPath: target) else { throw ValidationError("\(target) is there already") }
            let file = try ArrivingFile(path: target + ".part")
            try await patience.repeating { progress in
                var (arrived, line) = (try file.byteCount(), ProgressLine())
                while arrived < size {
                    try await client.download(path + "/content", from: arrived) {
                        try file.append(Data($0))
                        arrived += Int64($0.count)
                        progress.made()
                        line.show("\(arrived) of \(size) bytes")
                    }
                }
            }
            var line = ProgressLine()
            try file.finish(as: target, digest: digest) { line.show("\($0) of \(size) bytes checked") }
            print("\(target): \(size) bytes, SHA-256 \(digest.hex)")
        }
    }
}

/// How long a transfer waits for a server that does not answer.
struct PatienceOption: ParsableArguments {
    @Option(
        name: .long, help: "For how many seconds to try again while nobody answers; it starts anew with all that gets through.")
    var patience = 60

    /// When something last got through.
    final class Progress {
        fileprivate private(set) var latest = ContinuousClock.now

        func made() { latest = .now }
    }

    /// Runs `work` again and again until it is done, the server refuses, or nothing got through for too long.
    func repeating<Answer>(_ work: (Progress) async throws -> Answer) async throws -> Answer {
        let progress = Progress()
        while true {
            do {
                return try await work(progress)
            } catch  where isPassing(error) && ContinuousClock.now < progress.latest + .seconds(patience) {
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// A refusal stays one however often it is asked for; a broken connection does not.
    private func isPassing(_ error: any Error) -> Bool {
        switch error {
        case let problem as ClientProblem: problem.status >= 500
        case is ValidationError, is CocoaError, is TransferFailure: false
        default: true
        }
    }
}

/// A file on its way to the server, read a piece at a time.
struct SentFile {
    let byteCount: Int64
    let digest: Digest
    private let path: String
    private let handle: FileHandle

    private static let pieceByteCount = 1_048_576

    /// - Parameter progress: is told how many bytes were read.
    /// - Throws: `TransferFailure` where the file can't be read.
    init(path: String, progress: (Int64) -> Void = { _ in }) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw TransferFailure(reason: "\(path) can't be read: \(String(cString: strerror(errno)))")
        }
        var (hasher, count) = (SHA256Hasher(), Int64(0))
        do {
            while let piece = try handle.read(upToCount: SentFile.pieceByteCount), !piece.isEmpty {
                piece.withUnsafeBytes { hasher.update($0) }
                count += Int64(piece.count)
                progress(count)
            }
        } catch {
            throw TransferFailure(reason: "\(path) can't be read: \(FileFailure.words(error))")
        }
        self.path = path
        self.handle = handle
        digest = hasher.finalize()
        byteCount = count
    }

    func bytes(at offset: Int64, count: Int) throws -> [UInt8] {
        try handle.seek(toOffset: UInt64(offset))
        let wanted = min(count, Int(byteCount - offset))
        guard let data = try handle.read(upToCount: wanted), data.count == wanted else {
            throw TransferFailure(reason: "\(path) became shorter while it was sent")
        }
        return [UInt8](data)
    }
}

/// A file on its way here.
struct ArrivingFile {
    private let path: String
    private let handle: FileHandle

    init(path: String) throws {
        if !FileManager.default.fileExists(atPath: path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        guard let handle = FileHandle(forUpdatingAtPath: path) else { throw TransferFailure(reason: "\(path) can't be written") }
        self.path = path
        self.handle = handle
    }

    func byteCount() throws -> Int64 { Int64(try handle.seekToEnd()) }

    func append(_ bytes: Data) throws { try handle.write(contentsOf: bytes) }

    /// Gives the file its name once its bytes are the right ones.
    /// - Throws: `TransferFailure` where they are not; the file is then removed, because nothing good can follow it.
    func finish(as target: String, digest: Digest, progress: (Int64) -> Void) throws {
        try handle.synchronize()
        guard try SentFile(path: path, progress: progress).digest == digest else {
            try FileManager.default.removeItem(atPath: path)
            throw TransferFailure(reason: "what arrived does not have the SHA-256 \(digest.hex); it was removed")
        }
        try FileManager.default.moveItem(atPath: path, toPath: target)
    }
}

/// A transfer that can't go on, for a reason that lies here.
struct TransferFailure: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
