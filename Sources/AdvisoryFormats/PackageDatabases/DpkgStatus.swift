/// The packages of a Debian or Ubuntu system, from the bytes of `/var/lib/dpkg/status` (deb822(5), dpkg-query(1)) or of a
/// file in `/var/lib/dpkg/status.d`, where images without dpkg keep one paragraph a package and no `Status`.
///
/// A paragraph that cannot be read is reported and left out; all others stand. Nothing is thrown.
package struct DpkgStatus: Hashable, Sendable {
    package struct Package: Hashable, Sendable {
        package var name: String
        package var version: String
        package var architecture: String?
        /// The source package, which Debian's advisories name: the field `Source`, else the package's own name.
        package var source: String
        /// The version of the source package: what stands in parentheses behind `Source`, else the package's own version.
        package var sourceVersion: String
        /// Whether its files are on the system: unpacked, and neither removed nor only half installed.
        package var isInstalled: Bool
        /// Offset of its paragraph.
        package var byteOffset: Int
    }

    /// Every package that has a version, in the order of the file.
    package private(set) var packages: [Package] = []
    package private(set) var problems: [InventoryProblem] = []

    /// The packages whose files are on the system.
    package var installed: [Package] { packages.filter(\.isInstalled) }

    package init(parsing bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { buffer in
            var reader = FieldReader(buffer)
            var paragraph = Paragraph(start: 0)
            while let element = reader.next() {
                switch element {
                case .field(let name, let value): paragraph.note(name, value, reader)
                case .stray(let offset): problems.append(InventoryProblem(.field, at: offset, "A line is no field."))
                case .endOfParagraph:
                    finish(paragraph, reader)
                    paragraph = Paragraph(start: reader.offset)
                }
            }
            finish(paragraph, reader)
        }
    }

    private struct Paragraph {
        let start: Int
        var isEmpty = true
        var package, version, source, status, architecture: Range<Int>?

        mutating func note(_ name: Range<Int>, _ value: Range<Int>, _ reader: FieldReader) {
            isEmpty = false
            // The five names differ in their first letter or their length: most fields are told apart by one byte.
            switch reader.bytes[name.lowerBound] | 0x20 {
            case UInt8(ascii: "p"): if reader.isName(name, "Package") { package = value }
            case UInt8(ascii: "v"): if reader.isName(name, "Version") { version = value }
            case UInt8(ascii: "s"):
                if reader.isName(name, "Source") { source = value } else if reader.isName(name, "Status") { status = value }
            case UInt8(ascii: "a"): if reader.isName(name, "Architecture") { architecture = value }
            default: break
            }
        }
    }

    private mutating func finish(_ paragraph: Paragraph, _ reader: FieldReader) {
        if paragraph.isEmpty { return }
        do throws(InventoryProblem) {
            if let package = try Self.package(paragraph, reader) { packages.append(package) }
        } catch {
            problems.append(error)
        }
    }

    /// Nil for a package that dpkg knows of but that has no version because it was never here.
    private static func package(_ paragraph: Paragraph, _ reader: FieldReader) throws(InventoryProblem) -> Package? {
        guard let place = paragraph.package, !place.isEmpty else {
            throw InventoryProblem(.name, at: paragraph.start, "A paragraph has no package name.")
        }
        let isInstalled = isInstalled(paragraph.status, reader)
        guard let versionPlace = paragraph.version, !versionPlace.isEmpty else {
            if !isInstalled { return nil }
            throw InventoryProblem(.version, at: paragraph.start, "An installed package has no version.")
        }
        let source = paragraph.source.map { sourcePlaces($0, reader) }
        guard let name = reader.text(place), let version = reader.text(versionPlace),
            let sourceName = reader.text(source?.name ?? place), let sourceVersion = reader.text(source?.version ?? versionPlace)
        else { throw InventoryProblem(.encoding, at: paragraph.start, "A paragraph has a value that is not UTF-8.") }
        return Package(
            name: name, version: version, architecture: paragraph.architecture.flatMap(reader.text), source: sourceName,
            sourceVersion: sourceVersion, isInstalled: isInstalled, byteOffset: paragraph.start
        )
    }

    /// `Source: glibc (2.36-9)`: the name, and the version where it differs from the package's.
    private static func sourcePlaces(_ value: Range<Int>, _ reader: FieldReader) -> (name: Range<Int>, version: Range<Int>?) {
        guard let open = reader.index(of: UInt8(ascii: "("), in: value) else { return (value, nil) }
        let close = reader.index(of: UInt8(ascii: ")"), in: open..<value.upperBound) ?? value.upperBound
        let version = reader.trimmed(open + 1..<close)
        return (reader.trimmed(value.lowerBound..<open), version.isEmpty ? nil : version)
    }

    /// The third word of `Status` (dpkg(1), "Package states"). Without the field the package is there: status.d has none.
    private static func isInstalled(_ status: Range<Int>?, _ reader: FieldReader) -> Bool {
        guard let status, let text = reader.text(status) else { return true }
        switch text.split(separator: " ").last {
        case "installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending": return true
        default: return false
        }
    }
}
