/// What the package database of a system says of one package. Which distribution and release the system is, it does not say:
/// the caller adds the ecosystem (`Debian:12`), under which advisories name `source` and `sourceVersion`, or for rpm mostly the
/// package itself.
public struct SystemPackage: Sendable, Hashable {
    /// The program that installed the package.
    public enum Manager: String, Sendable, Hashable {
        /// Debian, Ubuntu and their descendants.
        case dpkg
        /// Alpine, Wolfi, Chainguard.
        case apk
        /// Red Hat, SUSE and their descendants.
        case rpm
    }

    /// The program that installed the package.
    public let manager: Manager
    /// The source package that it was built from (apk: its origin); the package's own name where the database names none.
    public var source: String
    /// The version of the source package; the package's own where the database names none.
    public var sourceVersion: String
    /// Whether nothing says which epoch `sourceVersion` has, so that one may be missing in it: lists of rpm packages may have no epochs.
    public var isEpochOpen = false
    /// The machine architecture as written, or nil.
    public var architecture: String?

    /// A package that is its own source.
    public init(manager: Manager, source: String, sourceVersion: String, architecture: String? = nil) {
        self.manager = manager
        self.source = source
        self.sourceVersion = sourceVersion
        self.architecture = architecture
    }
}
