extension InventoryDocument {
    /// Reads an inventory whose format is told by the file's name, which may be a path: lock files of package managers, package
    /// databases of systems, `*.csv`; a name that says nothing leaves it to the content, as
    /// `init(parsing:limits:validating:)` has it.
    ///
    /// Each component of a registry has the package URL under which `PackageCoordinate` finds its advisories. What comes from a
    /// path, a workspace, an archive or a private registry has none; a repository has that of its host and commit where there is
    /// one, and `statedPurl` where a version stands beside it. Packages of a system have `system`, and no package URL: their release stands elsewhere. What is wrong with single
    /// entries stands in `problems`.
    /// - Parameters:
    ///   - format: the format, where it is known: then the name tells nothing.
    ///   - validating: whether an SBOM is held to its schema, too, as that initialiser has it.
    /// - Throws: `FormatRefusal` with the place where the file is not written as its format is; nothing of it is kept.
    public init(
        parsing bytes: [UInt8], fileName: String, format: InventoryFormat? = nil, validating: Bool = false
    ) throws(FormatRefusal) {
        guard let file = InventoryFile(fileName: format?.description ?? fileName) else {
            self = try InventoryDocument(parsing: bytes, validating: validating)
            try self.format.require(format)
            return
        }
        do throws(TextFault) {
            if let document = try Self.text(file, bytes) {
                self = document
                return
            }
        } catch {
            throw error.refusal(of: bytes, as: file.rawValue)
        }
        self = try Self.json(file, bytes)
    }

    /// Nil for files that are JSON.
    private static func text(_ file: InventoryFile, _ bytes: [UInt8]) throws(TextFault) -> InventoryDocument? {
        switch file {
        case .yarn: try YarnLockReader.read(bytes)
        case .pnpm: try PNPMLockReader.read(bytes)
        case .requirements: try RequirementsReader.read(bytes)
        case .poetry: try PoetryLockReader.read(bytes)
        case .uv: try UVLockReader.read(bytes)
        case .pdm: try PDMLockReader.read(bytes)
        case .pylock: try PylockReader.read(bytes)
        case .cargo: try CargoLockReader.read(bytes)
        case .goSum: try GoSumReader.read(bytes)
        case .goMod: try GoModReader.read(bytes)
        case .bundler: try GemfileLockReader.read(bytes)
        case .gradle: try GradleLockReader.read(bytes)
        case .gradleVerification: try GradleVerificationReader.read(bytes)
        case .maven: try MavenProjectReader.read(bytes)
        case .nugetConfig: try NuGetConfigReader.read(bytes)
        case .mix: try MixLockReader.read(bytes)
        case .pub: try PubspecLockReader.read(bytes)
        case .cocoaPods: try PodfileLockReader.read(bytes)
        case .stack: try StackLockReader.read(bytes)
        case .cabal: try CabalFreezeReader.read(bytes)
        case .dpkg: DpkgInventoryReader.read(bytes)
        case .apk: try ApkInstalledReader.read(bytes)
        case .rpm: try RPMListReader.read(bytes)
        case .csv: try PackageListReader.read(bytes)
        case .npm, .bun, .deno, .pipfile, .swiftPM, .composer, .nuget, .dotnetDeps, .conan, .renv: nil
        }
    }

    private static func json(_ file: InventoryFile, _ bytes: [UInt8]) throws(FormatRefusal) -> InventoryDocument {
        switch file {
        case .bun: try BunLockReader.inventory(RelaxedJSON.strict(bytes))
        case .deno: try DenoLockReader.inventory(bytes)
        case .pipfile: try PipfileLockReader.inventory(bytes)
        case .swiftPM: try PackageResolvedReader.inventory(bytes)
        case .composer: try ComposerLockReader.inventory(bytes)
        case .nuget: try NuGetLockReader.inventory(bytes)
        case .dotnetDeps: try DotnetDepsReader.inventory(bytes)
        case .conan: try ConanLockReader.inventory(bytes)
        case .renv: try RenvLockReader.inventory(bytes)
        default: try NPMLockReader.inventory(bytes)
        }
    }
}
