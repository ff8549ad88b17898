/// Names of packages, products and vendors so that databases which name one thing differently meet.
enum PackageToken {
    /// Adds the tokens of a name: the last segment as a whole without punctuation, that segment without an ending that
    /// names a build or a language, its words, and the segment before it.
    static func append(scope: String, name: String, whole: inout [UInt32], words: inout [UInt32]) {
        var segments = name.utf8.map(\.lowercased).split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
        // Go's /v2 is a version, not a name.
        if segments.count > 1, let last = segments.last, isMajorVersion(last) { segments.removeLast() }
        guard let last = segments.last, !last.elementsEqual("n".utf8), !last.elementsEqual("a".utf8) else { return }
        let parts = last.split { !$0.isLetter && !$0.isDigit }
        guard !parts.isEmpty else { return }
        whole.append(TokenHash.of(parts.joined(), .package))
        if parts.count > 1, let ending = parts.last, endings.contains(where: { ending.elementsEqual($0.utf8) }) {
            whole.append(TokenHash.of(parts.dropLast().joined(), .package))
        }
        if name.hasPrefix("golang.org/") || name == "stdlib" || name == "toolchain" || name == "cmd/go" {
            // What the Go project publishes is one product to everyone else.
            whole.append(TokenHash.of("golang".utf8, .package))
            whole.append(TokenHash.of("go".utf8, .package))
        }
        for part in parts where part.count > 2 { words.append(TokenHash.of(part, .packageWord)) }
        if parts.count > 1 { words.append(TokenHash.of(parts.joined(), .packageWord)) }
        if segments.count > 1 {
            let before = segments[segments.count - 2].filter { $0.isLetter || $0.isDigit }
            if !segments[segments.count - 2].contains(UInt8(ascii: ".")) { words.append(TokenHash.of(before, .packageWord)) }
        }
        // A vendor. Registries say too little to be a word of the name: all packages of one would share it.
        let vendor = scope.utf8.map(\.lowercased).filter { $0.isLetter || $0.isDigit }
        if !vendor.isEmpty, scope.first?.isLowercase == true, !registries.contains(scope) {
            words.append(TokenHash.of(vendor, .packageWord))
        }
    }

    /// Types of package URLs (purl-spec, `purl-types-index.json`), and ecosystems of OSV in small letters.
    private static let registries: Set<String> = [
        "alpm", "apk", "bitbucket", "bitnami", "cargo", "cocoapods", "composer", "conan", "conda", "cpan", "cran", "crates.io",
        "deb",
        "docker", "gem", "generic", "git", "github", "gitlab", "golang", "hackage", "hex", "huggingface", "luarocks", "maven",
        "mlflow",
        "npm", "nuget", "oci", "opam", "otp", "pub", "pypi", "qpkg", "rpm", "swid", "swift", "vscode-extension", "yocto"
    ]

    private static let endings = [
        "jll", "cpu", "gpu", "min", "sdk", "core", "java", "python", "ruby", "js", "rails", "server", "php", "cli", "rs", "sys"
    ]

    private static func isMajorVersion(_ segment: ArraySlice<UInt8>) -> Bool {
        segment.count > 1 && segment.first == UInt8(ascii: "v") && segment.dropFirst().allSatisfy(\.isDigit)
    }
}
