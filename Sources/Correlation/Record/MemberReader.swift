import JSONText

/// What is wrong with a member of an object, by its path.
struct MemberFault: Error {
    var member: String
    var reason: String

    init(_ member: String, _ reason: String) {
        self.member = member
        self.reason = reason
    }
}

/// Reads members of one JSON object and names them by their path where they are of the wrong type.
struct MemberReader {
    private let object: JSONObject
    private let path: String

    init(_ object: JSONObject, at path: String = "") {
        self.object = object
        self.path = path
    }

    private func path(to key: String) -> String { path.isEmpty ? key : path + "." + key }

    private func value(_ key: String) -> JSONValue? {
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    func text(_ key: String) throws(MemberFault) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else { throw MemberFault(path(to: key), "not a text") }
        return text
    }

    func required(_ key: String) throws(MemberFault) -> String {
        guard let text = try text(key) else { throw MemberFault(path(to: key), "missing") }
        return text
    }

    /// A name or a path, which nobody writes at length.
    func name(_ key: String) throws(MemberFault) -> String? {
        guard let text = try text(key) else { return nil }
        return try Self.requireName(text, path(to: key))
    }

    func requiredName(_ key: String) throws(MemberFault) -> String {
        try Self.requireName(try required(key), path(to: key))
    }

    func names(_ key: String) throws(MemberFault) -> [String] {
        var names: [String] = []
        for (place, text) in try texts(key).enumerated() {
            names.append(try Self.requireName(text, "\(path(to: key))[\(place)]"))
        }
        return names
    }

    private static func requireName(_ text: String, _ path: String) throws(MemberFault) -> String {
        guard text.utf8.count <= SourcePath.maximumByteCount else {
            throw MemberFault(path, "more than \(SourcePath.maximumByteCount) bytes")
        }
        return text
    }

    func integer(_ key: String) throws(MemberFault) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.integer, let integer = Int(exactly: number) else {
            throw MemberFault(path(to: key), "not a whole number")
        }
        return integer
    }

    func bool(_ key: String) throws(MemberFault) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let bool = value.bool else { throw MemberFault(path(to: key), "neither true nor false") }
        return bool
    }

    func texts(_ key: String) throws(MemberFault) -> [String] {
        guard let value = value(key) else { return [] }
        guard let list = value.array else { throw MemberFault(path(to: key), "not a list") }
        var texts: [String] = []
        for (place, element) in list.enumerated() {
            guard let text = element.string else { throw MemberFault("\(path(to: key))[\(place)]", "not a text") }
            texts.append(text)
        }
        return texts
    }

    func object(_ key: String) throws(MemberFault) -> MemberReader? {
        guard let value = value(key) else { return nil }
        guard let object = value.object else { throw MemberFault(path(to: key), "not an object") }
        return MemberReader(object, at: path(to: key))
    }

    func objects(_ key: String) throws(MemberFault) -> [MemberReader] {
        guard let value = value(key) else { return [] }
        guard let list = value.array else { throw MemberFault(path(to: key), "not a list") }
        var readers: [MemberReader] = []
        for (place, element) in list.enumerated() {
            guard let object = element.object else { throw MemberFault("\(path(to: key))[\(place)]", "not an object") }
            readers.append(MemberReader(object, at: "\(path(to: key))[\(place)]"))
        }
        return readers
    }
}
