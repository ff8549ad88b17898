import Foundation

/// A file that can't be read or written, in words: what Foundation says of it names its own domains and codes.
struct FileFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// Nil for an error that is not about a file.
    init?(_ error: any Error) {
        guard let error = error as? CocoaError else { return nil }
        description = "\(error.filePath ?? "the file"): \(Self.words(error))"
    }

    /// What the system says, or else what Foundation says to people.
    static func words(_ error: any Error) -> String {
        let cause = ((error as? CocoaError)?.underlying ?? error) as NSError
        return cause.domain == NSPOSIXErrorDomain ? String(cString: strerror(Int32(cause.code))) : cause.localizedDescription
    }
}
