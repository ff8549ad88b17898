import Foundation

/// Suites of other projects, which are never part of this repository.
enum SharedSuites {
    /// `BREAKWATER_SHARED`, or the folder `shared` beside the checkout.
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["BREAKWATER_SHARED"] { return URL(fileURLWithPath: path) }
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let project = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return project.deletingLastPathComponent().appending(path: "shared")
    }()

    static func has(_ path: String) -> Bool {
        let exists = FileManager.default.fileExists(atPath: root.appending(path: path).path)
        if !exists { print("SKIPPED: \(path) is missing below \(root.path)") }
        return exists
    }
}
