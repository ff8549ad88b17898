// Properties of JSONText under arbitrary bytes; see `run-fuzz`.
import JSONText

/// Reading the tree and skipping must agree on every input, and an accepted value must have one canonical form.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSONText(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var tree: JSONValue?
    var treeError: JSONError?
    do throws(JSONError) { tree = try JSONValue(parsing: bytes) } catch { treeError = error }
    var skipError: JSONError?
    do throws(JSONError) {
        try JSONReader.read(bytes) { (reader) throws(JSONError) in _ = try reader.skipValue() }
    } catch { skipError = error }
    precondition(treeError?.code == skipError?.code, "reading and skipping disagree on the code")
    precondition(treeError?.byteOffset == skipError?.byteOffset, "reading and skipping disagree on the place")
    if let error = treeError {
        precondition((0...count).contains(error.byteOffset), "an error outside the bytes")
        _ = JSONText.pointer(toByteOffset: error.byteOffset, in: bytes)
    }
    guard let tree else { return 0 }
    do throws(JSONError) {
        let compact = try JSONValue(parsing: tree.bytes())
        precondition(compact == tree, "written text reads back another value")
        let pretty = try JSONValue(parsing: tree.bytes(pretty: true))
        precondition(pretty == tree, "pretty text reads back another value")
        let canonical = tree.canonicalBytes()
        let again = try JSONValue(parsing: canonical)
        precondition(again == tree, "canonical text reads back another value")
        precondition(again.canonicalBytes() == canonical, "canonical text is no fixed point")
    } catch {
        preconditionFailure("own text is refused: \(error)")
    }
    return 0
}
