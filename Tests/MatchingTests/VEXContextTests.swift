import AdvisoryFormats
import Matching
import Testing

/// Statements about a product that an inventory is of, and about parts of it.
@Suite struct VEXContextTests {
    private static let image = "pkg:oci/image@sha256%3Aab"
    private static let part = VEXSample.product(image, parts: ["pkg:npm/a@1.0.0"])

    @Test func `a part of a product is suppressed in that product only`() throws {
        for (installed, subjects, expected) in [
            ("pkg:npm/a@1.0.0", [Self.image], true), ("pkg:npm/a@1.0.0", [], false),
            ("pkg:npm/a@1.0.0", ["pkg:oci/image@sha256%3Acd"], false), ("pkg:npm/a@1.0.0", ["pkg:oci/other", Self.image], true),
            ("pkg:npm/a@1.0.1", [Self.image], false), ("pkg:npm/b@1.0.0", [Self.image], false), (Self.image, [Self.image], false)
        ] {
            let isSuppressed = try VEXSample.isSuppressed(installed, by: Self.part, subjects: subjects)
            #expect(isSuppressed == expected, "\(installed) in \(subjects)")
        }
        let namesake = VEXSample.product("pkg:npm/%40x/ward@1.0.0", parts: ["pkg:npm/a@1.0.0"])
        let inNamesake = try VEXSample.isSuppressed("pkg:npm/a@1.0.0", by: namesake, subjects: ["pkg:npm/%40y/ward@1.0.0"])
        let above = VEXSample.product("pkg:oci/other", parts: [Self.image])
        let beside = try VEXSample.isSuppressed("pkg:npm/a@1.0.0", by: above, subjects: [Self.image])
        #expect(!inNamesake && !beside, "of another product, in which this one is a part")
        let own = VEXSample.product("pkg:npm/a", parts: ["pkg:npm/a@1.0.0"])
        let isSuppressed = try VEXSample.isSuppressed("pkg:npm/a@1.0.0", by: own)
        #expect(isSuppressed, "the product is the component itself")
    }

    @Test func `what is said of the product that an inventory is of is said of all in it`() throws {
        for (product, subject, expected) in [
            (Self.image, Self.image, true), (Self.image, "pkg:oci/image@sha256%3Acd", false),
            (Self.image, "pkg:oci/image", false), ("pkg:oci/image", Self.image, true),
            ("https://e.org/image", "https://e.org/image", true), ("https://e.org/image", "https://e.org/other", false)
        ] {
            let isSuppressed = try VEXSample.isSuppressed(
                "pkg:npm/a@1.0.0", by: VEXSample.product(product), subjects: [subject])
            #expect(isSuppressed == expected, "\(product) for \(subject)")
        }
    }

    @Test func `an identifier says nothing of versions that stand beside it`() throws {
        let link = "urn:cdx:cbb2cd68-2857-43b8-a10b-e8c03d277d18/1#abc"
        for (versions, expected) in [([], true), ([VEXVersion(text: "1.0", isRange: false)], false)] {
            let product = VEXSample.product(link, versions: versions)
            let isSuppressed = try VEXSample.isSuppressed("pkg:npm/a@1.0.0", by: product, .cycloneDX, subjects: [link])
            #expect(isSuppressed == expected, "\(versions)")
        }
        var identified = VEXSample.product("https://e.org/image")
        identified.purls = [Self.image]
        for subject in ["https://e.org/image", Self.image] {
            let isSuppressed = try VEXSample.isSuppressed("pkg:npm/a@1.0.0", by: identified, subjects: [subject])
            #expect(isSuppressed, "\(subject)")
        }
    }

    @Test func `a product known by CPE is named with vendor, product and version`() throws {
        func product(_ cpe: String, _ versions: [VEXVersion] = []) -> VEXProduct {
            var product = VEXSample.product("8Base", versions: versions, parts: ["pkg:rpm/redhat/kernel@4.18-1"])
            product.cpes = [cpe]
            return product
        }
        let subject = "cpe:/o:redhat:enterprise_linux:8.6"
        for (product, expected) in [
            (product("cpe:/o:redhat:enterprise_linux:8.6"), true), (product("cpe:/o:redhat:enterprise_linux:8.7"), false),
            (product("cpe:/o:redhat:enterprise_linux"), false), (product("cpe:/o:redhat"), false),
            (product("cpe:/o:redhat:enterprise_linux", [VEXVersion(text: "8.6", isRange: false)]), true),
            (product("cpe:/o:redhat:enterprise_linux", [VEXVersion(text: "8.5", isRange: false)]), false),
            (product("cpe:/o:redhat:enterprise_linux", [VEXVersion(text: "vers:rpm/>=8|<9", isRange: true)]), true),
            (product("cpe:/o:redhat:enterprise_linux", [VEXVersion(text: "vers:rpm/>=9", isRange: true)]), false)
        ] {
            let isSuppressed = try VEXSample.isSuppressed(
                "pkg:rpm/redhat/kernel@4.18-1?arch=x86_64", by: product, .csaf, subjects: [subject])
            #expect(isSuppressed == expected, "\(product.cpes) \(product.versions)")
        }
    }

    @Test func `a fix suppresses in the version that is named, of the part or of the product`() throws {
        for (product, installed, subjects, expected) in [
            (VEXSample.product("pkg:npm/a@1.0.0"), "pkg:npm/a@1.0.0", [], true),
            (VEXSample.product("pkg:npm/a@1.0.1"), "pkg:npm/a@1.0.0", [], false),
            (VEXSample.product("pkg:npm/a"), "pkg:npm/a@1.0.0", [], false),
            (
                VEXSample.product("pkg:npm/a", versions: [VEXVersion(text: "vers:npm/>=1.0.1", isRange: true)]),
                "pkg:npm/a@1.0.0",
                [], false
            ),
            (
                VEXSample.product("pkg:npm/a", versions: [VEXVersion(text: "vers:npm/>=1.0.0", isRange: true)]),
                "pkg:npm/a@1.0.0",
                [], true
            ),
            (
                VEXSample.product("pkg:npm/a", versions: [VEXVersion(text: "vers:npm/*", isRange: true)]), "pkg:npm/a@1.0.0", [],
                false
            ),
            (VEXSample.product(Self.image, parts: ["pkg:npm/a"]), "pkg:npm/a@1.0.0", [Self.image], true),
            (VEXSample.product("pkg:oci/image", parts: ["pkg:npm/a"]), "pkg:npm/a@1.0.0", [Self.image], false),
            (VEXSample.product("pkg:oci/image", parts: ["pkg:npm/a@1.0.0"]), "pkg:npm/a@1.0.0", [Self.image], true),
            (VEXSample.product(Self.image), "pkg:npm/a@1.0.0", [Self.image], true),
            (VEXSample.product("pkg:oci/image"), "pkg:npm/a@1.0.0", [Self.image], false)
        ] as [(VEXProduct, String, [String], Bool)] {
            let isSuppressed = try VEXSample.isSuppressed(installed, by: product, as: .fixed, subjects: subjects)
            #expect(isSuppressed == expected, "\(product.id) \(product.versions) for \(installed)")
        }
    }
}
