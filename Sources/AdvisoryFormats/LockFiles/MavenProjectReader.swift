import XMLText

/// Reads the dependencies of a Maven project from `pom.xml` (https://maven.apache.org/pom.html): those whose version stands there,
/// as text, through properties of the same file, or in its own `dependencyManagement`. What a parent, an imported list or a
/// profile would decide is a problem: it is not guessed. What dependencies themselves depend on, the file does not say.
struct MavenProjectReader {
    /// One `dependency`, or the project or its parent; each value as written.
    private struct Artifact {
        var group, artifact, version: String?
        var byteOffset: Int
    }

    /// Properties may name others; a chain longer than this is a circle.
    private static let maximumSteps = 20

    private var inventory = LockFileInventory(.maven)
    private var project = Artifact(byteOffset: 0)
    private var parent = Artifact(byteOffset: 0)
    private var properties: [String: String] = [:]
    private var dependencies: [Artifact] = []
    private var managed: [Artifact] = []
    /// Names of the elements that are open.
    private var path: [String] = []
    private var text = ""

    private init() {}

    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        do throws(XMLError) {
            var this = MavenProjectReader()
            try XMLReader.read(bytes) { (reader) throws(XMLError) in
                while let event = try reader.next() { this.take(event) }
            }
            this.finish()
            return this.inventory.finished(bytes)
        } catch {
            throw TextFault(error.reason, at: error.byteOffset, code: .notXML)
        }
    }

    private mutating func take(_ event: XMLEvent) {
        switch event {
        case .start(let element):
            path.append(element.name.local)
            text = ""
            if path == ["project"] { project.byteOffset = element.byteOffset }
            if path == Self.list + ["dependency"] { dependencies.append(Artifact(byteOffset: element.byteOffset)) }
            if path == Self.managedList + ["dependency"] { managed.append(Artifact(byteOffset: element.byteOffset)) }
            if path == ["project", "profiles", "profile", "dependencies"] {
                inventory.log.add(
                    .badValue, at: element.byteOffset, "whether a profile's dependencies count, this file does not say")
            }
        case .text(let characters): text += characters.string
        case .end:
            close()
            _ = path.popLast()
            text = ""
        }
    }

    private static let list = ["project", "dependencies"]
    private static let managedList = ["project", "dependencyManagement", "dependencies"]

    /// Takes the text of the element that ends.
    private mutating func close() {
        guard let name = path.last, path.first == "project" else { return }
        let value = Array(text.utf8)[...].trimmed().text
        switch path.count {
        case 2: Self.set(&project, name, value)
        case 3 where path[1] == "properties": properties[name] = value
        case 3 where path[1] == "parent": Self.set(&parent, name, value)
        case 4 where path.starts(with: Self.list) && !dependencies.isEmpty:
            Self.set(&dependencies[dependencies.count - 1], name, value)
        case 5 where path.starts(with: Self.managedList) && !managed.isEmpty:
            Self.set(&managed[managed.count - 1], name, value)
        default: break
        }
    }

    private static func set(_ artifact: inout Artifact, _ name: String, _ value: String) {
        switch name {
        case "groupId": artifact.group = value
        case "artifactId": artifact.artifact = value
        case "version": artifact.version = value
        default: break
        }
    }
}

extension MavenProjectReader {
    private mutating func finish() {
        if let artifact = project.artifact, let group = project.group ?? parent.group {
            inventory.addSubject("\(group):\(artifact)", project.version ?? parent.version, at: project.byteOffset)
        }
        for dependency in dependencies { add(dependency) }
    }

    private mutating func add(_ dependency: Artifact) {
        let offset = dependency.byteOffset
        guard let group = resolved(dependency.group), let artifact = resolved(dependency.artifact) else {
            return inventory.log.add(
                .missingMember, at: offset, "a dependency's groupId or artifactId does not stand in this file")
        }
        let name = "\(group):\(artifact)"
        let written =
            dependency.version ?? managed.first { resolved($0.group) == group && resolved($0.artifact) == artifact }?.version
        guard let version = resolved(written).flatMap(Self.single) else {
            inventory.log.add(.badValue, at: offset, "the version of \(name) does not stand in this file")
            return inventory.add(name, nil, at: offset)
        }
        inventory.addMaven(group: group, artifact: artifact, version: version, at: offset)
    }

    /// A version that is one; `[1.0]` is, `[1.0,2.0)` is a range.
    private static func single(_ version: String) -> String? {
        let bytes = Array(version.utf8)[...]
        guard bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "(") else { return version.isEmpty ? nil : version }
        guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]"), !bytes.contains(UInt8(ascii: ",")) else {
            return nil
        }
        return bytes.dropFirst().dropLast().trimmed().text
    }

    /// The text with its properties put in; nil where one is not of this file.
    private func resolved(_ text: String?) -> String? {
        guard var text, !text.isEmpty else { return nil }
        for _ in 0..<Self.maximumSteps {
            let bytes = Array(text.utf8)[...]
            guard let start = bytes.index(of: "${") else { return text }
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "}")), let value = property(bytes[start + 2..<end].text)
            else {
                return nil
            }
            text = bytes[..<start].text + value + bytes[(end + 1)...].text
        }
        return nil
    }

    private func property(_ name: String) -> String? {
        switch name {
        case "project.version", "pom.version", "version": project.version ?? parent.version
        case "project.groupId", "pom.groupId", "groupId": project.group ?? parent.group
        case "project.artifactId", "pom.artifactId", "artifactId": project.artifact
        case "project.parent.version", "parent.version": parent.version
        case "project.parent.groupId", "parent.groupId": parent.group
        default: properties[name]
        }
    }
}
