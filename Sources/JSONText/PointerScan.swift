/// A tolerant walk over JSON text that knows only brackets, strings, commas and colons, enough to name a place.
struct PointerScan {
    private enum Step {
        /// Inside an object: the current member's name (its byte range), nil between members.
        case member(Range<Int>?)
        /// Inside an array: the current element's number, nil before the first and behind the last.
        case element(Int?)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var steps: [Step] = []
    private var awaitsName = false
    private var index = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Walks on to the token that covers `offset`, which must not lie before that of an earlier call, and returns the
    /// path to it.
    mutating func path(to offset: Int) -> String {
        while index < bytes.count, index < offset {
            let end = bytes[index] == UInt8(ascii: "\"") ? endOfString(at: index) : index + 1
            if end > offset { break }
            pass(upTo: end)
        }
        guard index < bytes.count, offset >= index else { return offset < 0 ? "" : path }
        var target = self
        target.touch()
        return target.path
    }

    /// Takes the token at `index` as the one asked for: an opening bracket names its container, a closing one and a
    /// comma the container they stand in.
    private mutating func touch() {
        switch bytes[index] {
        case UInt8(ascii: "\""): pass(upTo: endOfString(at: index))
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): leaveChild()
        case UInt8(ascii: " "), 0x09, 0x0A, 0x0D, UInt8(ascii: ":"): break
        default: enterElement()
        }
    }

    private mutating func pass(upTo end: Int) {
        switch bytes[index] {
        case UInt8(ascii: "\""):
            enterElement()
            if awaitsName, case .member = steps.last {
                steps[steps.count - 1] = .member(index..<end)
                awaitsName = false
            }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            enterElement()
            awaitsName = bytes[index] == UInt8(ascii: "{")
            steps.append(awaitsName ? .member(nil) : .element(nil))
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            _ = steps.popLast()
            awaitsName = false
        case UInt8(ascii: ","): nextChild()
        case UInt8(ascii: " "), 0x09, 0x0A, 0x0D, UInt8(ascii: ":"): break
        default: enterElement()
        }
        index = end
    }

    /// Notes that the first element of an array begins.
    private mutating func enterElement() {
        if case .element(nil) = steps.last { steps[steps.count - 1] = .element(0) }
    }

    private mutating func nextChild() {
        switch steps.last {
        case .member:
            steps[steps.count - 1] = .member(nil)
            awaitsName = true
        case .element(let number): steps[steps.count - 1] = .element((number ?? 0) + 1)
        case nil: break
        }
    }

    private mutating func leaveChild() {
        switch steps.last {
        case .member: steps[steps.count - 1] = .member(nil)
        case .element: steps[steps.count - 1] = .element(nil)
        case nil: break
        }
    }

    /// Offset behind the string that opens at `opening`; the end of the bytes when it does not close.
    private func endOfString(at opening: Int) -> Int {
        var end = opening + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(end + 1, bytes.count)
    }

    /// RFC 6901 section 3: `~` is written `~0` and `/` is written `~1`.
    private var path: String {
        var text = ""
        for step in steps {
            switch step {
            case .member(let name?): text += "/" + Self.escaped(decoded(name))
            case .element(let number?): text += "/" + String(number)
            case .member(nil), .element(nil): break
            }
        }
        return text
    }

    /// The decoded name; bytes that are no valid string are shown as they stand.
    private func decoded(_ range: Range<Int>) -> String {
        let quoted = UnsafeBufferPointer(rebasing: bytes[range])
        do throws(JSONError) {
            return try JSONReader.read(quoted) { (reader) throws(JSONError) in try reader.readString() }
        } catch {
            return String(decoding: quoted.dropFirst(), as: UTF8.self)
        }
    }

    static func escaped(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": scalars.append(contentsOf: "~0".unicodeScalars)
            case "/": scalars.append(contentsOf: "~1".unicodeScalars)
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
