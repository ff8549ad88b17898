// Properties of the XML reader and of the inventory readers under arbitrary bytes; see `run-fuzz`.
import AdvisoryFormats
import XMLText

/// Whatever the bytes are: errors lie inside them, skipping agrees with reading, and a schema's verdict never changes the counts.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInventory(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    checkXML(bytes)
    do throws(FormatRefusal) {
        let inventory = try InventoryDocument(parsing: bytes, validating: true)
        precondition(inventory.violations.allSatisfy { (0...count).contains($0.byteOffset) }, "a violation outside the bytes")
        precondition(inventory.components.allSatisfy { (0..<count).contains($0.byteOffset) }, "a component outside the bytes")
        var plain = try InventoryDocument(parsing: bytes)
        (plain.violations, plain.warnings) = (inventory.violations, inventory.warnings)
        precondition(plain == inventory, "validating changes what is read")
    } catch {
        precondition(!error.violations.isEmpty, "refused without a violation")
        precondition(error.violations.allSatisfy { (0...count).contains($0.byteOffset) }, "a violation outside the bytes")
    }
    return 0
}

private func checkXML(_ bytes: [UInt8]) {
    var (readError, skipError): (XMLError?, XMLError?)
    do throws(XMLError) {
        try XMLReader.read(bytes) { (reader) throws(XMLError) in
            while let event = try reader.next() {
                if case .text(let characters) = event { _ = characters.string }
            }
        }
    } catch { readError = error }
    do throws(XMLError) {
        try XMLReader.read(bytes) { (reader) throws(XMLError) in
            if case .start? = try reader.next() { try reader.skipElement() }
        }
    } catch { skipError = error }
    precondition(readError?.code == skipError?.code && readError?.byteOffset == skipError?.byteOffset, "reading and skipping disagree")
    guard let readError else { return }
    precondition((0...bytes.count).contains(readError.byteOffset), "an error outside the bytes")
    _ = bytes.withUnsafeBufferPointer { XMLText.paths(toByteOffsets: [readError.byteOffset, 0], in: $0) }
}
