import Foundation
import JSONText
import Sandbox

@testable import Clearinghouse

/// The worked example `Examples/libtide`, as its two finders and its vendor hand it in.
enum ExampleLibrary {
    private static let folder: URL = {
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let project = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return project.appending(path: "Examples/libtide")
    }()

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }

    static let manifestPath = "reproducer/manifest.json"

    static func bundle() throws -> ReproducerBundle {
        let manifest = try ReproducerManifest(json: JSONValue(parsing: bytes(manifestPath)))
        let files = try manifest.files.map { ($0.path, try bytes($0.path)) }
        return try ReproducerBundle(manifest: manifest, files: Dictionary(files) { first, _ in first })
    }

    /// A sandbox with a compiler that has AddressSanitizer, and `patch`. Says once, clearly, where there is none.
    static func canBeReplayed() async -> Bool {
        if case .unavailable(let reason) = await SandboxAvailability.check() {
            print("SKIPPED: no sandbox on this machine: \(reason)")
            return false
        }
        let probe = "echo 'int main(void){return 0;}' > a.c && gcc -fsanitize=address a.c -o a && ./a && patch -v"
        let outcome = try? await Sandbox.run(SandboxJob(arguments: ["sh", "-c", probe]), .build)
        if outcome?.ending == .exited(code: 0) { return true }
        let said = String(decoding: outcome?.standardError.bytes ?? [], as: UTF8.self)
        print("SKIPPED: no gcc with AddressSanitizer and patch on this machine: \(said)")
        return false
    }
}
