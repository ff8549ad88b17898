import Foundation
import PackageIdentity
import TestSupport
import Testing

@Suite struct `Ecosystem names` {
    @Test func `splits an OSV string at its first colon and prints it as it was written`() {
        let cases = [
            ("PyPI", "PyPI", nil), ("Debian:12", "Debian", "12"), ("Ubuntu:Pro:18.04:LTS", "Ubuntu", "Pro:18.04:LTS"),
            ("Maven:https://maven.google.com", "Maven", "https://maven.google.com"),
            ("Red Hat:rhel_aus:8.4::appstream", "Red Hat", "rhel_aus:8.4::appstream"), ("npm:", "npm", nil)
        ]
        for (text, name, suffix) in cases {
            let ecosystem = Ecosystem(text)
            #expect(ecosystem.name == name && ecosystem.suffix == suffix, "\(text)")
            if suffix != nil { #expect(ecosystem.description == text) }
        }
    }

    @Test func `spells a release of a distribution in one way`() {
        let cases = [
            ("Debian:12", "12"), ("Debian:12.5", "12"), ("Debian:bookworm", "12"), ("Debian:sid", "sid"),
            ("Debian:unstable", "sid"), ("Debian:3.1", "3.1"), ("Debian:sarge", "3.1"), ("Ubuntu:22.04:LTS", "22.04"),
            ("Ubuntu:22.04", "22.04"), ("Ubuntu:22.04.3", "22.04"), ("Ubuntu:jammy", "22.04"),
            ("Ubuntu:Pro:18.04:LTS", "Pro:18.04"), ("Alpine:v3.18", "v3.18"), ("Alpine:3.18.4", "v3.18"),
            ("Alpine:edge", "edge"), ("AlmaLinux:8.9", "8"), ("openSUSE:Leap 15.5", "Leap 15.5"),
            ("Red Hat:enterprise_linux:8::baseos", "8"), ("Red Hat:8.10", "8"), ("Red Hat:rhel-9.4", "9"),
            ("Red Hat:redhat-9", "9"),
            ("Red Hat:rhel_eus:8.4::baseos", "rhel_eus:8.4::baseos"), ("Red Hat:openshift:4.12::el8", "openshift:4.12::el8"),
            ("SUSE:Linux Enterprise Server 15 SP4", "15.4"), ("SUSE:Linux Enterprise Module for Basesystem 15 SP4", "15.4"),
            ("SUSE:Linux Enterprise Server 12 SP5-LTSS", "12.5"), ("SUSE:sles-15.4", "15.4"), ("SUSE:15.4", "15.4"),
            ("SUSE:sle-micro-5.5", "5.5"), ("SUSE:Manager Server 4.3", "Manager Server 4.3"), ("SUSE:Linux", "Linux"),
            ("Maven:https://maven.google.com", nil), ("PyPI", nil), ("Somewhere:else", "else")
        ]
        for (text, release) in cases { #expect(Ecosystem(text).release == release, "\(text)") }
    }

    @Test func `asks the release only where one was named`() {
        let cases: [(String, String, Ecosystem.Coverage)] = [
            ("Debian:12", "Debian:bookworm", .same), ("Debian:12", "Debian:11", .different), ("Debian:12", "Debian", .undecided),
            ("Debian", "Debian:11", .same), ("Debian:12", "Ubuntu:12", .different), ("Ubuntu:22.04:LTS", "Ubuntu:22.04", .same),
            ("Ubuntu:Pro:18.04:LTS", "Ubuntu:18.04:LTS", .different), ("Maven:https://maven.google.com", "Maven", .same)
        ]
        for (advisory, component, coverage) in cases {
            #expect(Ecosystem(advisory).coverage(of: Ecosystem(component)) == coverage, "\(advisory) of \(component)")
        }
    }

    @Test func `normalises names as registries compare them`() {
        let cases = [
            ("PyPI", "Zope.-_Interface", "zope-interface"), ("PyPI", "ruamel.yaml", "ruamel-yaml"),
            ("Packagist", "Symfony/HTTP-Kernel", "symfony/http-kernel"), ("NuGet", "Newtonsoft.Json", "newtonsoft.json"),
            ("npm", "JSONStream", "JSONStream"), ("Go", "github.com/BurntSushi/toml", "github.com/burntsushi/toml"),
            ("Maven", "org.Apache:Commons", "org.Apache:Commons"), ("Debian", "OpenSSL", "openssl"),
            ("SwiftURL", "https://github.com/apple/swift-nio.git", "github.com/apple/swift-nio")
        ]
        for (ecosystem, name, expected) in cases { #expect(Ecosystem(ecosystem).normalizedName(name) == expected) }
    }

    @Test func `knows the order of each ecosystem that has one`() {
        let schemes: [(VersionScheme, [String])] = [
            (
                .apk,
                [
                    "Alpine:v3.18", "Alpaquita:23", "BellSoft Hardened Containers:23", "Chainguard", "CleanStart", "MinimOS",
                    "Wolfi"
                ]
            ),
            (
                .rpm,
                [
                    "AlmaLinux:9", "Azure Linux:3", "Mageia:9", "openEuler:24.03-LTS", "openSUSE:Leap 15.5", "Photon OS:5.0",
                    "Red Hat:rhel_aus:8.4::appstream", "Rocky Linux:9", "SUSE:Linux"
                ]
            ),
            (.dpkg, ["Debian:12", "Ubuntu:22.04:LTS", "Echo"]),
            (.semver, ["Bitnami", "GHC", "GitHub Actions", "Hex", "SwiftURL", "VSCode"]), (.golang, ["Go", "Kubernetes"]),
            (.npm, ["npm"]), (.crates, ["crates.io"]), (.pep440, ["PyPI"]), (.maven, ["Maven:https://maven.google.com"]),
            (.nuget, ["NuGet"]), (.rubygems, ["RubyGems"]), (.composerNormalized, ["Packagist"]),
            (.cran, ["CRAN", "Bioconductor"]),
            (.hackage, ["Hackage"]), (.pub, ["Pub"]), (.julia, ["Julia"]), (.conan, ["ConanCenter"]), (.opam, ["opam"]),
            (.android, ["Android", "Android:13"]), (.freebsd, ["FreeBSD:ports", "FreeBSD:base:14.3"]), (.linux, ["Linux"]),
            (.semver.rebuiltByRoot, ["Root"]), (.unknown, ["GIT", "OSS-Fuzz", "TuxCare", "Docker Hardened Images"]),
            (.unknown, ["Somewhere"])
        ]
        for (scheme, ecosystems) in schemes {
            for text in ecosystems { #expect(Ecosystem(text).versionScheme == scheme, "\(text)") }
        }
        #expect(!Ecosystem("Somewhere").isKnown && Ecosystem("Linux").isKnown)
    }

    @Test func `takes the order and the names of a repackager from its suffix`() {
        let cases: [(String, VersionScheme)] = [
            ("Root:Alpine:3.18", .apk.rebuiltByRoot), ("Root:Debian:12", .dpkg.rebuiltByRoot),
            ("Root:PyPI", .pep440.rebuiltByRoot),
            ("Root:npm", .npm.rebuiltByRoot), ("Root:Maven", .maven.rebuiltByRoot), ("Root:Elsewhere", .semver.rebuiltByRoot),
            ("Echo:PyPI", .pep440), ("Echo:npm", .pub), ("Echo:Maven", .maven), ("TuxCare:AlmaLinux:9.2", .rpm),
            ("TuxCare:PyPI", .pep440), ("TuxCare:9", .unknown), ("TuxCare:TuxCare:PyPI", .unknown),
            ("Docker Hardened Images:Debian:13", .dpkg), ("Docker Hardened Images:Alpine:v3.22", .apk)
        ]
        for (text, scheme) in cases { #expect(Ecosystem(text).versionScheme == scheme, "\(text)") }
        #expect(Ecosystem("Echo:PyPI").normalizedName("Zope.Interface") == "zope-interface")
        #expect(Ecosystem("TuxCare:PyPI").normalizedName("Zope.Interface") == "zope-interface")
        #expect(Ecosystem("Echo").normalizedName("OpenSSL") == "openssl")
        #expect(Ecosystem("Echo:PyPI").coverage(of: Ecosystem("Echo:npm")) == .different)
    }

    @Test(.enabled(if: SharedSuite.has("osv-schema/ecosystems.json"), "shared/suites/osv-schema is missing"))
    func `orders every ecosystem of the OSV schema but those whose row says why not`() throws {
        let names = try #require(SharedSuite.json("osv-schema/ecosystems.json") as? [String: Any])
        let unordered = names.keys.filter { !Ecosystem($0).versionScheme.isOrdered }.sorted()
        #expect(unordered == ["Docker Hardened Images", "OSS-Fuzz", "TuxCare"])
    }

    @Test(.enabled(if: SharedSuite.has("osv-schema/ecosystems.json"), "shared/suites/osv-schema is missing"))
    func `lists every ecosystem of the OSV schema`() throws {
        let names = try #require(SharedSuite.json("osv-schema/ecosystems.json") as? [String: Any])
        #expect(names.count > 40)
        for name in names.keys { #expect(Ecosystem(name).isKnown, "\(name)") }
    }
}

@Suite struct `Package coordinates` {
    @Test func `maps a purl to the ecosystem and the name that advisories use`() throws {
        let cases = [
            ("pkg:pypi/Zope.Interface@5.0", "PyPI zope-interface 5.0"),
            ("pkg:npm/%40angular/core@1.0.0", "npm @angular/core 1.0.0"),
            ("pkg:golang/github.com/BurntSushi/toml/v2@v2.0.0", "Go github.com/burntsushi/toml/v2 v2.0.0"),
            ("pkg:golang/std@go1.21.3", "Go stdlib go1.21.3"), ("pkg:cargo/rand@0.7.2", "crates.io rand 0.7.2"),
            ("pkg:maven/org.apache.commons/io@1.3.4", "Maven org.apache.commons:io 1.3.4"),
            ("pkg:composer/Symfony/http-kernel", "Packagist symfony/http-kernel -"), ("pkg:hex/acme/foo@2.3", "Hex acme/foo 2.3"),
            ("pkg:swift/github.com/Alamofire/Alamofire@5.4.3", "SwiftURL github.com/alamofire/alamofire 5.4.3"),
            ("pkg:nuget/Newtonsoft.Json@13.0.1", "NuGet newtonsoft.json 13.0.1"), ("pkg:gem/rails@7.0", "RubyGems rails 7.0"),
            ("pkg:deb/debian/curl@7.50.3-1?distro=jessie", "Debian:jessie curl 7.50.3-1"),
            ("pkg:deb/debian/libssl3@3.0.9-1?distro=debian-12&upstream=openssl", "Debian:12 openssl 3.0.9-1"),
            ("pkg:deb/ubuntu/libc6@2.35?distro=ubuntu-22.04&upstream=glibc%402.35-0", "Ubuntu:22.04 glibc 2.35-0"),
            ("pkg:deb/debian/attr@2.4.47-2?epoch=1", "Debian attr 1:2.4.47-2"),
            ("pkg:apk/alpine/busybox@1.36?distro=alpine-3.17.2", "Alpine:3.17.2 busybox 1.36"),
            ("pkg:rpm/opensuse/curl@8?distro=opensuse-leap-15.5", "openSUSE:Leap 15.5 curl 8"),
            ("pkg:rpm/redhat/curl@8?distro=rhel-9.4", "Red Hat:rhel-9.4 curl 8"),
            ("pkg:vscode-extension/redhat/java@1.0", "VSCode redhat.java 1.0")
        ]
        for (text, expected) in cases {
            let coordinate = try #require(PackageCoordinate(Purl(normalizing: text)), "\(text)")
            #expect("\(coordinate.ecosystem) \(coordinate.name) \(coordinate.version ?? "-")" == expected)
        }
    }

    /// As syft, trivy, cdxgen, the distributions and OSV itself write them: the vendor from os-release, a list, or the schema.
    @Test(arguments: [
        ("rpm/rocky/x@1?distro=rocky-9.3", "Rocky Linux:9"), ("rpm/rockylinux/x@1?distro=rockylinux-8.10", "Rocky Linux:8"),
        ("rpm/rockylinux/x@1?distro=rocky-9.3", "Rocky Linux:9"), ("rpm/rocky-linux/x@1?distro=9", "Rocky Linux:9"),
        ("rpm/almalinux/x@1?distro=almalinux-9.3", "AlmaLinux:9"), ("rpm/alma/x@1?distro=alma-9.3", "AlmaLinux:9"),
        ("rpm/redhat/x@1?distro=rhel-9.4", "Red Hat:9"), ("rpm/rhel/x@1?distro=rhel-9.4", "Red Hat:9"),
        ("rpm/redhat/x@1?distro=redhat-8.10", "Red Hat:8"), ("rpm/sles/x@1?distro=sles-15.6", "SUSE:15.6"),
        ("rpm/suse/x@1?distro=sles-15.6", "SUSE:15.6"),
        ("rpm/opensuse-leap/x@1?distro=opensuse-leap-15.6", "openSUSE:Leap 15.6"),
        ("rpm/opensuse/x@1?distro=opensuse-15.6", "openSUSE:Leap 15.6"),
        ("rpm/opensuse.leap/x@1?distro=leap-15.5", "openSUSE:Leap 15.5"),
        ("rpm/opensuse/x@1?distro=opensuse.leap-15.5", "openSUSE:Leap 15.5"),
        ("rpm/opensuse-tumbleweed/x@1?distro=opensuse-tumbleweed-20240321", "openSUSE:Tumbleweed"),
        ("rpm/opensuse/x@1?distro=opensuse-leap-micro-5.5", "openSUSE:Leap Micro 5.5"),
        ("rpm/openEuler/x@5.2.15-9?distro=openEuler-22.03-LTS-SP1", "openEuler:22.03-LTS-SP1"),
        ("rpm/openeuler/x@1.0-5.oe2203sp1?distro=openEuler-22.03", "openEuler:22.03-LTS-SP1"),
        ("rpm/openeuler/x@1.0-5.oe2203sp1?distro=openeuler-2203sp1", "openEuler:22.03-LTS-SP1"),
        ("rpm/openeuler/x@1.0-5.oe2403", "openEuler:24.03-LTS"),
        ("rpm/openeuler/x@1.0-5.oe1?distro=openEuler-20.03", "openEuler:20.03"),
        ("rpm/openeuler/x@1.0-5.oe2403?distro=openEuler-22.03", "openEuler:22.03"),
        ("rpm/photon/x@1?distro=photon-5.0", "Photon OS:5.0"), ("rpm/photon/x@1?distro=photon-4", "Photon OS:4.0"),
        ("rpm/azurelinux/x@1?distro=azurelinux-3.0", "Azure Linux:3"), ("rpm/mariner/x@1?distro=mariner-2.0", "Azure Linux:2"),
        ("rpm/cbl-mariner/x@1?distro=cbl-mariner-2.0", "Azure Linux:2"), ("rpm/azure-linux/x@1", "Azure Linux"),
        ("rpm/mageia/x@1?distro=mageia-9", "Mageia:9"), ("apk/alpine/x@1?distro=3.20.3", "Alpine:v3.20"),
        ("apk/alpine/x@1?distro=3.24.0_alpha20260127", "Alpine:edge"),
        ("apk/alpaquita/x@1?distro=alpaquita-stream", "Alpaquita:stream"),
        ("apk/wolfi/x@1?distro=wolfi-20230201", "Wolfi"), ("deb/debian/x@1?distro=debian-12.5", "Debian:12")
    ])
    func `know a distribution and its release however tools write them`(purl: String, ecosystem: String) throws {
        let coordinate = try #require(PackageCoordinate(Purl(normalizing: "pkg:" + purl)))
        #expect(coordinate.ecosystem.canonicalText == ecosystem)
    }

    @Test func `leave the service pack open where a system does not say it, and no other release`() {
        let advisory = Ecosystem("openEuler:22.03-LTS-SP1")
        #expect(advisory.coverage(of: Ecosystem("openEuler:22.03")) == .undecided && advisory.coverage(of: advisory) == .same)
        #expect(Ecosystem("openEuler:22.03-LTS").coverage(of: Ecosystem("openEuler:22.03")) == .undecided)
        for other in ["openEuler:20.03", "openEuler:22.03-LTS", "openEuler:22.03-LTS-SP2", "openEuler:23.03"] {
            #expect(advisory.coverage(of: Ecosystem(other)) == .different, "\(other)")
        }
        #expect(Ecosystem("openEuler:22.03 (LTS-SP1)") == advisory && advisory.withoutServicePack == Ecosystem("openEuler:22.03"))
        #expect(Ecosystem("Debian:12").withoutServicePack == nil)
    }

    @Test func `has no ecosystem for types that no advisory names`() throws {
        for text in [
            "pkg:generic/openssl@1", "pkg:docker/debian@12", "pkg:oci/debian", "pkg:deb/raspbian/curl@1", "pkg:unheard/of"
        ] {
            #expect(try PackageCoordinate(Purl(normalizing: text)) == nil, "\(text)")
        }
    }
}
