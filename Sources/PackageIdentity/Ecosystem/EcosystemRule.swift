/// What is particular about one ecosystem, as data; the rows stand in `Ecosystem+Table.swift`.
struct EcosystemRule: Sendable {
    var scheme: VersionScheme = .unknown
    var names: NameRule = .asWritten
    var release: ReleaseRule = .ignored
    var nesting: Nesting = .none

    static let unlisted = EcosystemRule(release: .asWritten)

    static func rule(for name: String) -> EcosystemRule { table[name] ?? unlisted }

    /// The rule of an ecosystem of this name and suffix, with versions and names as the packages have them that it is made of.
    static func rule(for name: String, suffix: String?) -> EcosystemRule {
        let rule = rule(for: name)
        return rule.nesting == .none ? rule : rule.nested(suffix ?? "")
    }

    /// Which spellings of a package name are the same package.
    enum NameRule: Sendable {
        case asWritten
        case lowercase
        /// PEP 503: lowercase, and every run of `-`, `_` and `.` is one `-`.
        case python
        /// A repository's address without scheme and `.git`, lowercase, as SwiftPM compares package locations.
        case repositoryAddress

        func normalize(_ name: String) -> String {
            switch self {
            case .asWritten: name
            case .lowercase: name.utf8.contains(where: \.isASCIIUppercase) ? name.lowercased() : name
            case .python: Self.pythonName(name)
            case .repositoryAddress: Self.address(name)
            }
        }

        private static func pythonName(_ name: String) -> String {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(name.utf8.count)
            var isInRun = false
            for byte in name.utf8 {
                let isMark = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
                if isMark, !isInRun { bytes.append(UInt8(ascii: "-")) }
                if !isMark { bytes.append(byte.asciiLowercased) }
                isInRun = isMark
            }
            return String(decoding: bytes, as: UTF8.self)
        }

        private static func address(_ name: String) -> String {
            var text = name.lowercased()[...]
            // To the end, so that a normalised name is its own normal form.
            while let scheme = ["https://", "http://", "ssh://", "git://"].first(where: text.hasPrefix) {
                text = text.dropFirst(scheme.utf8.count)
            }
            while let ending = ["/", ".git"].first(where: text.hasSuffix) { text = text.dropLast(ending.utf8.count) }
            return String(text)
        }
    }

    /// What the suffix of the ecosystem is and which spellings of it are the same release.
    enum ReleaseRule: Sendable {
        /// The suffix is a repository's address or nothing: it never decides.
        case ignored
        case asWritten
        /// The number before the first dot: `8` for `8.9`.
        case major
        case debian
        case ubuntu
        case alpine
        case redHat
        case suse
        case openSUSE
        case openEuler
        case photon

        func withoutServicePack(_ release: String) -> String? {
            switch self {
            case .openEuler: DistributionRelease.openEulerBase(release)
            default: nil
            }
        }

        func canonical(_ suffix: String) -> String? {
            switch self {
            case .ignored: nil
            case .asWritten: suffix
            case .major: String(suffix.prefix { $0 != "." })
            case .debian: DistributionRelease.debian(suffix)
            case .ubuntu: DistributionRelease.ubuntu(suffix)
            case .alpine: DistributionRelease.alpine(suffix)
            case .redHat: DistributionRelease.redHat(suffix)
            case .suse: DistributionRelease.suse(suffix)
            case .openSUSE: DistributionRelease.openSUSE(suffix)
            case .openEuler: DistributionRelease.openEuler(suffix)
            case .photon: DistributionRelease.photon(suffix)
            }
        }
    }
}
