import AdvisoryFormats
import PackageIdentity

/// The releases of distributions that CSAF documents have as platforms of packages.
enum CSAFPlatform {
    /// The platform's release as an ecosystem of this name has it; nil where it is none of them or can't be told.
    static func release(of platform: CSAFProduct, in ecosystem: String) -> String? {
        if let prefix = names[ecosystem], platform.name.hasPrefix(prefix) { return String(platform.name.dropFirst(prefix.count)) }
        guard let text = platform.cpe else { return nil }
        if ecosystem == "Red Hat" { return redHatRelease(text) }
        guard let cpe = try? CPE(parsing: text), let version = cpe[.version].literal, let product = cpe[.product].literal,
            vendors[ecosystem]?.contains(cpe.formatted(.vendor).lowercased()) == true
        else { return nil }
        return release(ecosystem, product.lowercased(), version, update: cpe[.update].literal)
    }

    /// Where the name of a platform is OSV's own.
    private static let names = ["SUSE": "SUSE ", "openSUSE": "openSUSE "]

    private static let vendors: [String: Set<String>] = [
        "AlmaLinux": ["almalinux"], "Debian": ["debian"], "openEuler": ["openeuler"], "openSUSE": ["opensuse"],
        "Rocky Linux": ["rocky", "rockylinux", "resf"], "SUSE": ["suse"], "Ubuntu": ["canonical", "ubuntu"]
    ]

    private static func release(_ ecosystem: String, _ product: String, _ version: String, update: String?) -> String? {
        switch (ecosystem, product) {
        case ("AlmaLinux", "almalinux"), ("Debian", "debian_linux"), ("Debian", "debian"), ("Ubuntu", "ubuntu_linux"),
            ("Ubuntu", "ubuntu"), ("Rocky Linux", "rocky"), ("Rocky Linux", "rocky_linux"), ("Rocky Linux", "linux"):
            return version
        case ("openSUSE", "leap"): return "Leap " + version
        // `22.03-LTS-SP1`, in capitals: a URI has none.
        case ("openEuler", "openeuler"): return ([version] + (update.map { [$0] } ?? [])).joined(separator: "-").uppercased()
        case ("SUSE", _) where product.hasPrefix("sle") || product.hasPrefix("linux_enterprise"):
            guard let update else { return "sles-" + version }
            return update.lowercased().hasPrefix("sp") ? "sles-\(version).\(update.dropFirst(2))" : nil
        default: return nil
        }
    }

    /// `enterprise_linux:8::baseos` for `cpe:/o:redhat:enterprise_linux:8::baseos`, as OSV has it.
    static func redHatRelease(_ text: String) -> String? {
        guard let uri = text.hasPrefix("cpe:2.3:") ? (try? CPE(parsing: text))?.uri : text else { return nil }
        return ["cpe:/a:redhat:", "cpe:/o:redhat:"].first(where: uri.hasPrefix).map { String(uri.dropFirst($0.count)) }
    }
}
