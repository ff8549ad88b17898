import AdvisoryFormats
import Archive
import Foundation

extension VEXCollection {
    /// Reads documents, compressed or not, and directories of them, at any depth: of a directory the files whose names end with
    /// `.json` or `.xml`, but for the ending of the compression.
    ///
    /// A directory may hold other things beside VEX, such as the feed of a CSAF provider: what is none, or makes no statement, is
    /// a source without statements there, with the reason. A file that can't be read, is damaged, or was named and is no VEX
    /// document, and a directory without any, are sources with a `failure`, with every place; the others count all the same.
    /// - Throws: `malformed` where a product's package URL or CPE name is none.
    package init(files paths: [String], products: [String] = []) throws {
        try self.init(products: products)
        for path in paths {
            do {
                guard let files = try Self.files(in: path) else {
                    take(path, Self.read(path), wasNamed: true)
                    continue
                }
                var hasDocument = false
                for file in files { if take(file, Self.read(file), wasNamed: false) { hasDocument = true } }
                if !hasDocument { fail(path, "no file in this directory is a VEX document") }
            } catch {
                fail(path, "\(error)")
            }
        }
    }

    /// Whether it is a document.
    @discardableResult
    private mutating func take(_ file: String, _ reading: Reading, wasNamed: Bool) -> Bool {
        switch reading {
        case .document(let document):
            add(document, from: file)
            return true
        case .other(let reason) where !wasNamed: pass(file, reason)
        case .other(let reason), .damaged(let reason): fail(file, reason)
        }
        return false
    }

    private enum Reading {
        case document(VEXDocument)
        /// Something else than a VEX document, and why.
        case other(String)
        case damaged(String)
    }

    private static func read(_ file: String) -> Reading {
        do {
            let bytes = try WholeFile.bytes(file)
            let document = try VEXDocument(parsing: PackedDocument.unpacked(bytes, name: file))
            // An SBOM that says nothing of vulnerabilities, named by mistake, must not look like VEX that was heeded.
            if document.statements.isEmpty { return .other("the \(document.format) document makes no VEX statement") }
            return .document(document)
        } catch let refusal as FormatRefusal where refusal.isOfOtherThanVEX {
            return .other("\(refusal)")
        } catch {
            return .damaged("\(error)")
        }
    }

    /// The files of a directory that may be documents, in order; nil where it is none.
    private static func files(in path: String) throws -> [String]? {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else { return nil }
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        return names.filter { name in
            let name = PackedDocument.unpackedName(name)
            return name.hasSuffix(".json") || name.hasSuffix(".xml")
        }.map { "\(path)/\($0)" }
    }
}
