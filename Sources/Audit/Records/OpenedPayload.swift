import JSONText
import Sealing

/// What a record says, as far as it can be read.
enum OpenedPayload {
    case readable(JSONValue)
    /// Sealed under a key that was destroyed: nobody can read it, and no table may show anything of it.
    case destroyed
    /// Sealed, and not checkable without the master key.
    case opaque
    /// Not what an append writes; a finding says why.
    case broken

    var json: JSONValue? {
        if case .readable(let json) = self { json } else { nil }
    }
}

/// Opens payloads, and checks that every one is canonical JSON (RFC 8785), inside its box and outside.
struct PayloadOpener {
    let keys: ContentKeys
    let findings: FindingList

    func open(_ row: RecordRow) -> OpenedPayload {
        guard let stored = canonicalJSON(row.payload, of: row, "the payload") else { return .broken }
        guard let name = row.contentKey else { return .readable(stored) }
        guard let box = box(in: stored, under: name) else {
            return broken(row, "it names the key \(name), and its payload is not {\"key\",\"sealed\"} under that name")
        }
        switch keys[name] {
        case .destroyed: return .destroyed
        case .locked, .broken: return .opaque
        case .unknown: return broken(row, "there is no content key \(name)")
        case .usable(let key):
            do throws(SealingError) {
                let opened = try key.open(SealedContent(parsing: box), context: Array(name.utf8)).content
                return canonicalJSON(opened, of: row, "the sealed payload").map { .readable($0) } ?? .broken
            } catch {
                return broken(row, "its box under \(name) does not open: \(error.reason)")
            }
        }
    }

    private func box(in stored: JSONValue, under name: String) -> [UInt8]? {
        guard
            let object = stored.object, object.count == 2, let key = stored["key"]?.string, key.utf8.elementsEqual(name.utf8),
            let text = stored["sealed"]?.string
        else { return nil }
        return try? Base64.decode(text)
    }

    private func broken(_ row: RecordRow, _ reason: String) -> OpenedPayload {
        findings.add(.recordSealing, at: row.place, reason)
        return .broken
    }

    private func canonicalJSON(_ bytes: [UInt8], of row: RecordRow, _ what: String) -> JSONValue? {
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes)
            if value.canonicalBytes() != bytes {
                findings.add(.recordPayload, at: row.place, "\(what) is JSON, but not in canonical form")
            }
            return value
        } catch {
            findings.add(.recordPayload, at: row.place, "\(what) is not JSON: \(error.code) at byte \(error.byteOffset)")
            return nil
        }
    }
}
