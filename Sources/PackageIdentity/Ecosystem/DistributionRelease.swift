/// The one spelling of a distribution's release: OSV writes `Debian:12` and `Ubuntu:22.04:LTS`, inventories write `bookworm`,
/// `12.5`, `jammy`, `22.04` and `3.18.4`.
enum DistributionRelease {
    /// The major number for everything since Debian 4, since when minor numbers are point releases of one suite.
    static func debian(_ text: String) -> String {
        let name = text.lowercased()
        if let number = debianCodenames[name] { return number }
        if name == "unstable" { return "sid" }
        let major = name.prefix { $0 != "." }
        guard let number = Int(major), number >= 4 else { return name }
        return String(major)
    }

    /// `YY.MM`; a support line in front (`Pro:`, `Pro:FIPS:`) stays, because its fixes reach its subscribers only.
    static func ubuntu(_ text: String) -> String {
        var parts = text.split(separator: ":").map(String.init)
        if parts.last?.lowercased() == "lts" { parts.removeLast() }
        guard let last = parts.popLast() else { return text }
        let numbers = last.split(separator: ".")
        let isNumeric = numbers.count >= 2 && numbers.allSatisfy { $0.utf8.allSatisfy(\.isASCIIDigit) }
        let release = ubuntuCodenames[last.lowercased()] ?? (isNumeric ? numbers.prefix(2).joined(separator: ".") : last)
        return (parts + [release]).joined(separator: ":")
    }

    /// `v3.18` for `3.18`, `v3.18` and `3.18.4`; `edge` as it is.
    static func alpine(_ text: String) -> String {
        let numbers = (text.hasPrefix("v") ? text.dropFirst() : text[...]).split(separator: ".")
        guard numbers.count >= 2, numbers.allSatisfy({ $0.utf8.allSatisfy(\.isASCIIDigit) }) else { return text }
        return "v" + numbers.prefix(2).joined(separator: ".")
    }

    /// The major number for Red Hat Enterprise Linux in any spelling: OSV writes `enterprise_linux:8::baseos` (a CPE from its product
    /// on), inventories `8.10`, `rhel-8.10` and `redhat-8.10`. Streams of longer support (`rhel_eus:8.4::baseos`) and layered
    /// products stay as they are: their fixes reach their subscribers only.
    static func redHat(_ text: String) -> String {
        var rest = text.lowercased()[...]
        for prefix in ["enterprise_linux:", "redhat-", "rhel-", "rhel"] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.utf8.count)
            break
        }
        let number = rest.prefix { $0 != ":" }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard let major = parts.first, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isASCIIDigit) }) else {
            return text
        }
        return String(major)
    }

    /// Version and service pack of SUSE Linux Enterprise, whose products and modules share their packages: `15.4` for
    /// `Linux Enterprise Server 15 SP4`, `Linux Enterprise Module for Basesystem 15 SP4`, `sles-15.4` and `15.4`. Other products
    /// stay as they are.
    static func suse(_ text: String) -> String {
        let lowered = text.lowercased()
        let isEnterprise = lowered.hasPrefix("linux enterprise ") || lowered.hasPrefix("sle")
        // `15 SP4-LTSS`, `sles-15.4`
        let words = lowered.split { $0 == " " || $0 == "-" }.filter { $0 != "ltss" && $0 != "espos" }
        guard let last = words.last else { return text }
        if last.hasPrefix("sp"), isEnterprise, let version = words.dropLast().last, isNumber(version), isNumber(last.dropFirst(2))
        {
            return "\(version).\(last.dropFirst(2))"
        }
        let numbers = last.split(separator: ".", omittingEmptySubsequences: false)
        let isVersion = numbers.count <= 2 && numbers.allSatisfy(isNumber)
        return isVersion && (isEnterprise || words.count == 1) ? String(last) : text
    }

    private static func isNumber(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy(\.isASCIIDigit) }

    /// https://debian.pages.debian.net/distro-info-data/debian.csv
    private static let debianCodenames = [
        "hamm": "2.0", "slink": "2.1", "potato": "2.2", "woody": "3.0", "sarge": "3.1", "etch": "4", "lenny": "5",
        "squeeze": "6", "wheezy": "7", "jessie": "8", "stretch": "9", "buster": "10", "bullseye": "11", "bookworm": "12",
        "trixie": "13", "forky": "14", "duke": "15"
    ]

    /// https://wiki.ubuntu.com/Releases
    private static let ubuntuCodenames = [
        "lucid": "10.04", "precise": "12.04", "trusty": "14.04", "utopic": "14.10", "vivid": "15.04", "wily": "15.10",
        "xenial": "16.04", "yakkety": "16.10", "zesty": "17.04", "artful": "17.10", "bionic": "18.04", "cosmic": "18.10",
        "disco": "19.04", "eoan": "19.10", "focal": "20.04", "groovy": "20.10", "hirsute": "21.04", "impish": "21.10",
        "jammy": "22.04", "kinetic": "22.10", "lunar": "23.04", "mantic": "23.10", "noble": "24.04", "oracular": "24.10",
        "plucky": "25.04", "questing": "25.10", "resolute": "26.04"
    ]
}
