/// The lock files and package databases that are told by their names; the raw value is the format's name.
enum InventoryFile: String, CaseIterable {
    case npm = "package-lock.json"
    case yarn = "yarn.lock"
    case pnpm = "pnpm-lock.yaml"
    case bun = "bun.lock"
    case deno = "deno.lock"
    case requirements = "requirements.txt"
    case pipfile = "Pipfile.lock"
    case poetry = "poetry.lock"
    case uv = "uv.lock"
    case pdm = "pdm.lock"
    case pylock = "pylock.toml"
    case cargo = "Cargo.lock"
    case goSum = "go.sum"
    case goMod = "go.mod"
    case swiftPM = "Package.resolved"
    case bundler = "Gemfile.lock"
    case composer = "composer.lock"
    case gradle = "gradle.lockfile"
    case gradleVerification = "verification-metadata.xml"
    case maven = "pom.xml"
    case nuget = "packages.lock.json"
    case nugetConfig = "packages.config"
    case dotnetDeps = "deps.json"
    case mix = "mix.lock"
    case pub = "pubspec.lock"
    case cocoaPods = "Podfile.lock"
    case conan = "conan.lock"
    case renv = "renv.lock"
    case stack = "stack.yaml.lock"
    case cabal = "cabal.project.freeze"
    case dpkg = "dpkg-status"
    case apk = "apk-installed"
    case rpm = "rpm-list"
    case csv = "csv"

    /// Other names of the same formats.
    private static let otherNames: [String: InventoryFile] = [
        "npm-shrinkwrap.json": .npm, "gems.locked": .bundler, "status": .dpkg, "installed": .apk, "rpm-qa": .rpm,
        "rpm-qa.txt": .rpm,
        // As support archives of Red Hat (sos) name it.
        "installed-rpms": .rpm
    ]

    /// What the end of a name tells, where the whole does not.
    private static let endings: [(String, InventoryFile)] = [
        (".deps.json", .dotnetDeps), (".gemfile.lock", .bundler), (".lockfile", .gradle), (".csv", .csv), (".rpm-qa", .rpm)
    ]

    /// Nil where the name, which may be a path, tells nothing.
    init?(fileName: String) {
        let parts = fileName.split(separator: "/")
        guard let name = parts.last.map(String.init) else { return nil }
        if let file = Self(rawValue: name) ?? Self.otherNames[name] {
            self = file
        } else if let (_, file) = Self.endings.first(where: { name.hasSuffix($0.0) }) {
            self = file
        } else if name.hasSuffix(".txt"), name.contains("requirements") {
            self = .requirements
        } else if name.hasPrefix("pylock."), name.hasSuffix(".toml") {
            self = .pylock
        } else if parts.dropLast().last == "status.d" {
            // Images without dpkg keep one file a package there; `*.md5sums` beside them list their files.
            if name.hasSuffix(".md5sums") { return nil }
            self = .dpkg
        } else {
            return nil
        }
    }
}
