// Properties of ranges, CPE names and plain purls under arbitrary bytes; see `run-fuzz`.
import PackageIdentity

/// A text that is accepted prints itself, or something that reads back equal. The first byte chooses a native syntax, the rest
/// is the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPackageIdentity(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let first = bytes.first else { return 0 }
    let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
    if let range = try? VersRange(parsing: text) {
        precondition(range.description == text && range.findings.isEmpty, "accepted what is not canonical")
    }
    if let range = try? VersRange(normalizing: text) {
        precondition((try? VersRange(normalizing: range.description)) == range, "reads back another range")
        if let simplified = range.simplified {
            precondition((try? VersRange(parsing: simplified.description)) == simplified, "simplified is not canonical")
        }
        for constraint in range.constraints { _ = range.containment(of: constraint.version) }
    }
    let types = [
        "alpm", "apk", "cargo", "composer", "conan", "deb", "gem", "gentoo", "golang", "hex", "maven", "nginx", "npm", "nuget",
        "openssl", "pypi", "rpm"
    ]
    let type = types[Int(first) % types.count]
    for syntax in [NativeSyntax(type: type), .github(type), .gemnasium(type)] {
        guard let syntax, let range = try? VersRange(native: text, in: syntax) else { continue }
        let read = try? VersRange(parsing: range.description)
        precondition(read?.constraints == range.constraints, "a native range is not canonical")
    }
    let versions = text.split(separator: "\n", maxSplits: 1).map(String.init)
    if let left = versions.first, let right = versions.last {
        for scheme in [VersionScheme.dpkg, .freebsd, .perl, .composerNormalized, .android, .linux] {
            let order = try? scheme.compare(left, right)
            let (one, other) = (try? VersionKey(encoding: left, in: scheme), try? VersionKey(encoding: right, in: scheme))
            guard let one, let other else {
                precondition(order == nil, "compares what is no version")
                continue
            }
            precondition(order == (one == other ? .equal : one < other ? .before : .after), "compares otherwise than keys")
        }
    }
    let coordinate = PlainPurl.with(text) { $0.coordinate }
    if let coordinate {
        let purl = try? Purl(parsing: text)
        precondition(
            purl?.description == text && purl.flatMap { PackageCoordinate($0) } == coordinate, "a plain purl is read otherwise")
    }
    if let name = try? CPE(parsing: text) {
        precondition((try? CPE(parsing: name.uri)) == name, "reads back another name")
        _ = name.relation(to: name)
    }
    return 0
}
