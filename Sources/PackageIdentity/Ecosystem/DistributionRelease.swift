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

    /// `v3.18` for `3.18`, `v3.18` and `3.18.4`; `edge` as it is, and for `3.24.0_alpha20260127`.
    static func alpine(_ text: String) -> String {
        let numbers = (text.hasPrefix("v") ? text.dropFirst() : text[...]).split(separator: ".")
        // What is being made, such as 3.24.0_alpha20260127, is edge.
        if text.utf8.contains(UInt8(ascii: "_")), text.contains("_alpha") { return "edge" }
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

    /// The product and its version as OSV has them: `Leap 15.6` for `leap-15.6`, `openSUSE Leap 15.6` and `15.6` (an os-release says
    /// no more), `Tumbleweed` for every snapshot of it (`tumbleweed-20240321`, `20240321`), `Leap Micro 5.5`. Other products stay as
    /// they are.
    static func openSUSE(_ text: String) -> String {
        var words = text.lowercased().split { " -.".contains($0) }
        if words.first == "opensuse" { words.removeFirst() }
        let product = words.prefix { !isNumber($0) }.joined(separator: " ")
        let numbers = words.drop { !isNumber($0) }
        guard numbers.allSatisfy(isNumber) else { return text }
        let version = numbers.joined(separator: ".")
        switch product {
        case "tumbleweed": return "Tumbleweed"
        case "leap micro" where numbers.count == 2: return "Leap Micro " + version
        case "leap" where numbers.count == 2: return "Leap " + version
        case "" where version.utf8.count == 8 && numbers.count == 1: return "Tumbleweed"
        // 42 and everything from 15 on are Leap; 13 and before were openSUSE itself.
        case "" where numbers.count == 2 && numbers.first.flatMap { Int($0) } ?? 0 >= 15: return "Leap " + version
        default: return text
        }
    }

    /// `22.03-LTS-SP1` for `22.03-LTS-SP1`, `22.03 (LTS-SP1)` and `2203sp1`, as packages are marked (`1.0-5.oe2203sp1`); `22.03-LTS` for
    /// `22.03-LTS` and `2203`. `22.03`, which the system of any service pack calls itself, stays as it is.
    static func openEuler(_ text: String) -> String {
        var rest = text.lowercased().filter { !" -()_.".contains($0) }[...]
        for prefix in ["openeuler", "oe"] where rest.hasPrefix(prefix) { rest = rest.dropFirst(prefix.utf8.count) }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard digits.utf8.count == 4 else { return text }
        rest = rest.dropFirst(4)
        let release = "\(digits.prefix(2)).\(digits.suffix(2))"
        if rest.isEmpty { return text.utf8.contains(UInt8(ascii: ".")) || !isLongTerm(digits) ? release : release + "-LTS" }
        if rest.hasPrefix("lts") { rest = rest.dropFirst(3) }
        if rest.isEmpty { return release + "-LTS" }
        guard rest.hasPrefix("sp"), isNumber(rest.dropFirst(2)) else { return text }
        return release + "-LTS-" + rest.uppercased()
    }

    /// `22.03` for `22.03-LTS-SP1` and `22.03-LTS`; nil for others.
    static func openEulerBase(_ release: String) -> String? {
        let parts = release.split(separator: "-")
        return parts.count > 1 && parts[1] == "LTS" ? String(parts[0]) : nil
    }

    /// The releases of March in even years are supported for long, and each has service packs.
    private static func isLongTerm(_ digits: Substring) -> Bool {
        digits.hasSuffix("03") && (Int(digits.prefix(2)) ?? 1).isMultiple(of: 2)
    }

    /// The release by which a package of openEuler is marked, in a version such as `1.0-5.oe2203sp1`; nil where it has no such mark
    /// (all of 20.03 have `oe1`).
    static func openEuler(markedIn version: String) -> String? {
        guard let mark = version.split(separator: ".").last(where: { $0.hasPrefix("oe") })?.dropFirst(2),
            mark.prefix(4).utf8.count == 4, isNumber(mark.prefix(4))
        else { return nil }
        let release = openEuler(String(mark))
        return release.hasPrefix(mark.prefix(2) + ".") ? release : nil
    }

    /// `4.0` for `4.0` and `4`.
    static func photon(_ text: String) -> String { isNumber(text[...]) ? text + ".0" : text }

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
