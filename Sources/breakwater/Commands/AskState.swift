import Agent
import BlindQuestion
import JSONText
import Sealing

/// What an asker keeps of one finding's question: the salt of its commitment, and the tags it got in each epoch. With the salt and the
/// finding the commitment can be opened, so the file is its owner's only.
struct AskState {
    let path: String
    let salt: CommitmentSalt
    /// By epoch.
    var tags: [Int64: [QuestionTag]]
    private let finding: Digest

    /// What the file says of these bytes; a new salt, on disk before anything is lodged, where there is no file.
    /// - Throws: `AskFailure` where the file is of another finding, can't be read, or came between: a commitment that can't be opened is
    ///   worth nothing, and a salt that is overwritten opens none.
    init(path: String, finding content: [UInt8]) throws {
        self.path = path
        finding = Digest(hashing: content)
        guard let written = try Self.failing(path, { try DurableFile.read(path) }) else {
            guard let drawn = CommitmentSalt(bytes: DataDirectory.random(CommitmentSalt.byteCount)) else {
                throw AskFailure.state(path, "no salt could be drawn")
            }
            (salt, tags) = (drawn, [:])
            try Self.failing(path) { try DurableFile.create(bytes, at: path) }
            return
        }
        guard let known = try? JSONValue(parsing: written), known["finding"]?.string == finding.hex,
            let salt = known["salt"]?.string.flatMap(Hexadecimal.decode).flatMap({ CommitmentSalt(bytes: $0) })
        else { throw AskFailure.otherFinding(path) }
        self.salt = salt
        let epochs = (known["epochs"]?.object?.members ?? []).compactMap { member in
            Int64(member.key).map { ($0, (member.value.array ?? []).compactMap { $0.string.flatMap { QuestionTag(hex: $0) } }) }
        }
        tags = Dictionary(epochs) { first, _ in first }
    }

    /// Replaces the file in one step, durably.
    func save() throws { try Self.failing(path) { try DurableFile.write(bytes, to: path) } }

    private static func failing<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
        do { return try work() } catch { throw AskFailure.state(path, "\(error)") }
    }

    private var bytes: [UInt8] {
        let epochs = tags.sorted { $0.key < $1.key }.map { ("\($0)", JSONValue.array($1.map { .string($0.hex) })) }
        let state: JSONValue = [
            "epochs": .object(JSONObject(epochs)), "finding": .string(finding.hex),
            "salt": .string(Hexadecimal.encode(salt.bytes))
        ]
        return state.bytes(pretty: true)
    }
}

/// Why a question can't be asked from here.
enum AskFailure: Error, CustomStringConvertible {
    /// The server answered something that this program does not understand.
    case answer(String)
    case state(String, _ error: String)
    case otherFinding(String)

    var description: String {
        switch self {
        case .answer(let wanted): "the clearinghouse did not answer with \(wanted)"
        case .state(let path, let error): "\(path) can't be kept; without it the commitment can't be opened: \(error)"
        case .otherFinding(let path): "\(path) is not about this finding; name another file with --state"
        }
    }
}
