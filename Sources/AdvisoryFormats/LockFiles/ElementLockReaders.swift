import XMLText

/// Reads Gradle's `verification-metadata.xml`
/// (https://docs.gradle.org/current/userguide/dependency_verification.html#sec:verification-metadata): its components. They are what a
/// build may fetch, plugins and tools included.
enum GradleVerificationReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        var inventory = LockFileInventory(.gradleVerification)
        let path = ["verification-metadata", "components", "component"]
        try ElementList.read(bytes, at: path) { element in
            guard let group = element.text(of: "group"), let name = element.text(of: "name") else {
                return inventory.log.add(.missingMember, at: element.byteOffset, "a component has no group or no name")
            }
            inventory.addMaven(group: group, artifact: name, version: element.text(of: "version"), at: element.byteOffset)
        }
        return inventory.finished(bytes)
    }
}

/// Reads `packages.config` of NuGet (https://learn.microsoft.com/nuget/reference/packages-config).
enum NuGetConfigReader {
    static func read(_ bytes: [UInt8]) throws(TextFault) -> InventoryDocument {
        var inventory = LockFileInventory(.nugetConfig)
        try ElementList.read(bytes, at: ["packages", "package"]) { element in
            guard let name = element.text(of: "id") else {
                return inventory.log.add(.missingMember, at: element.byteOffset, "a package has no id")
            }
            inventory.add(name, element.text(of: "version"), type: "nuget", at: element.byteOffset)
        }
        return inventory.finished(bytes)
    }
}

/// The elements of a file that stand at one place of it, in whatever namespace.
private enum ElementList {
    /// - Throws: `TextFault` where the bytes are no XML, or of another root.
    static func read(_ bytes: [UInt8], at wanted: [String], _ body: (XMLElement) -> Void) throws(TextFault) {
        var root: XMLElement?
        do throws(XMLError) {
            try XMLReader.read(bytes) { (reader) throws(XMLError) in
                var path: [String] = []
                while let event = try reader.next() {
                    switch event {
                    case .start(let element):
                        root = root ?? element
                        path.append(element.name.local)
                        if path == wanted { body(element) }
                    case .end: path.removeLast()
                    case .text: break
                    }
                }
            }
        } catch {
            throw TextFault(error.reason, at: error.byteOffset, code: .notXML)
        }
        guard root?.name.local != wanted.first, let root else { return }
        throw TextFault("the root element is <\(root.name)> and not <\(wanted[0])>", at: root.byteOffset, code: .badValue)
    }
}

extension XMLElement {
    /// The value of an attribute without the white space around it; nil where there is none, or nothing in it.
    fileprivate func text(of name: String) -> String? {
        let text = attribute(name).map { Array($0.utf8)[...].trimmed().text }
        return text?.isEmpty == false ? text : nil
    }
}
