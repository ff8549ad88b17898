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

    private func name(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

    private func value(_ key: String) -> JSONValue? {
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    func text(_ key: String) throws(MemberFault) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else { throw MemberFault(name(key), "not a text") }
        return text
    }

    func required(_ key: String) throws(MemberFault) -> String {
        guard let text = try text(key) else { throw MemberFault(name(key), "missing") }
        return text
    }

    func integer(_ key: String) throws(MemberFault) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.integer, let integer = Int(exactly: number) else {
            throw MemberFault(name(key), "not a whole number")
        }
        return integer
    }

    func bool(_ key: String) throws(MemberFault) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let bool = value.bool else { throw MemberFault(name(key), "neither true nor false") }
        return bool
    }

    func texts(_ key: String) throws(MemberFault) -> [String] {
        guard let value = value(key) else { return [] }
        guard let list = value.array else { throw MemberFault(name(key), "not a list") }
        var texts: [String] = []
        for (place, element) in list.enumerated() {
            guard let text = element.string else { throw MemberFault("\(name(key))[\(place)]", "not a text") }
            texts.append(text)
        }
        return texts
    }

    func object(_ key: String) throws(MemberFault) -> MemberReader? {
        guard let value = value(key) else { return nil }
        guard let object = value.object else { throw MemberFault(name(key), "not an object") }
        return MemberReader(object, at: name(key))
    }

    func objects(_ key: String) throws(MemberFault) -> [MemberReader] {
        guard let value = value(key) else { return [] }
        guard let list = value.array else { throw MemberFault(name(key), "not a list") }
        var readers: [MemberReader] = []
        for (place, element) in list.enumerated() {
            guard let object = element.object else { throw MemberFault("\(name(key))[\(place)]", "not an object") }
            readers.append(MemberReader(object, at: "\(name(key))[\(place)]"))
        }
        return readers
    }
}
