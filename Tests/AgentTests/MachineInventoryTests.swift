import Agent
import Matching
import PackageIdentity
import Testing

@Suite
struct MachineInventoryTests {
    private static let status = """
        Package: libc6
        Status: install ok installed
        Architecture: amd64
        Source: glibc (2.36-9)
        Version: 2.36-9+deb12u4

        Package: gone
        Status: deinstall ok config-files
        Architecture: amd64
        Version: 1.0-1

        Package: zlib1g
        Status: install ok installed
        Architecture: amd64
        Source: zlib
        Version: 1:1.2.13.dfsg-1

        """

    @Test
    func `names Debian's packages by their source and their release`() async throws {
        try await TemporaryDirectory.make { root in
            try TemporaryDirectory.write(Self.status, to: root + "/var/lib/dpkg/status")
            try TemporaryDirectory.write("ID=debian\nVERSION_ID=\"12\"\n\nBROKEN\n", to: root + "/etc/os-release")
            let inventory = MachineInventory.dpkg(root: root)
            #expect(inventory.source == "dpkg" && inventory.problems.isEmpty)
            #expect(inventory.components.map { "\($0.ecosystem)" } == ["Debian:12", "Debian:12"])
            #expect(inventory.components.map(\.name) == ["glibc", "zlib"])
            #expect(inventory.components.map(\.version) == ["2.36-9", "1:1.2.13.dfsg-1"])
        }
    }

    @Test
    func `does not guess the release, and tells Ubuntu from Debian`() async throws {
        try await TemporaryDirectory.make { root in
            try TemporaryDirectory.write(Self.status, to: root + "/var/lib/dpkg/status")
            #expect(MachineInventory.dpkg(root: root).components.first.map { "\($0.ecosystem)" } == "Debian")
            try TemporaryDirectory.write("ID=ubuntu\nVERSION_ID=\"24.04\"\n", to: root + "/etc/os-release")
            #expect(MachineInventory.dpkg(root: root).components.first?.ecosystem.name == "Ubuntu")
        }
    }

    @Test
    func `says what it could not read`() async throws {
        try await TemporaryDirectory.make { root in
            let missing = MachineInventory.dpkg(root: root)
            #expect(missing.components.isEmpty && missing.problems == ["\(root)/var/lib/dpkg/status is not there"])
            try TemporaryDirectory.write(
                "Package: a\nStatus: install ok installed\n\nPackage: b\nStatus: install ok installed\nVersion: 1-1\n",
                to: root + "/var/lib/dpkg/status")
            let damaged = MachineInventory.dpkg(root: root)
            #expect(damaged.components.map(\.name) == ["b"])
            #expect(damaged.problems == ["\(root)/var/lib/dpkg/status, byte 0: An installed package has no version."])
            let site = root + "/usr/lib/python3.11/site-packages/broken-1.dist-info"
            try TemporaryDirectory.write("Metadata-Version: 2.1\n", to: site + "/METADATA")
            let python = MachineInventory.python(root: root)
            #expect(python.components.isEmpty && python.problems.count == 1)
            #expect(python.problems.first?.hasPrefix("\(site)/METADATA: ") == true)
        }
    }

    @Test
    func `finds Python distributions in the usual places, in the root's home and in those given`() async throws {
        try await TemporaryDirectory.make { root in
            let places = [
                ("/usr/lib/python3/dist-packages/", "requests-2.31.0.dist-info/METADATA", "requests"),
                ("/usr/local/lib/python3.12/site-packages/", "Flask_Login-0.6.3.dist-info/METADATA", "Flask-Login"),
                ("/root/.local/lib/python3.11/site-packages/", "old-1.egg-info/PKG-INFO", "old"),
                ("/root/.pyenv/versions/3.12.1/lib/python3.12/site-packages/", "pip-24.dist-info/METADATA", "pip"),
                ("/opt/hall/", "tide-1.dist-info/METADATA", "tide"),
                ("/usr/lib/python2.7/dist-packages/", "ancient-1.dist-info/METADATA", "ancient")
            ]
            for (directory, file, name) in places {
                let metadata = "Metadata-Version: 2.1\nName: \(name)\nVersion: 1.0\n\n"
                try TemporaryDirectory.write(metadata, to: root + directory + file)
            }
            try TemporaryDirectory.write("", to: root + "/usr/lib/python3/dist-packages/six.py")
            let inventory = MachineInventory.python(root: root, extra: [root + "/opt/hall"])
            #expect(inventory.problems.isEmpty)
            #expect(inventory.components.map(\.name).sorted() == ["flask-login", "old", "pip", "requests", "tide"])
            #expect(inventory.components.allSatisfy { $0.ecosystem.name == "PyPI" && $0.version == "1.0" })
        }
    }
}
