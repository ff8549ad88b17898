import AdvisoryFormats
import Testing

/// Packages that a lock file takes from a repository: by their commit, and as the registry of their ecosystem would have them.
@Suite struct RepositoryPackageTests {
    private static let commit = "0123456789abcdef0123456789abcdef01234567"

    private static let files: [(String, String, [String])] = [
        (
            "Gemfile.lock", "GIT\n  remote: https://github.com/o/g.git\n  revision: \(commit)\n  specs:\n    g (1.5.0)\n",
            ["pkg:github/o/g@\(commit) pkg:gem/g@1.5.0"]
        ),
        (
            "Cargo.lock",
            "[[package]]\nname = \"g\"\nversion = \"1.5.0\"\nsource = \"git+https://github.com/o/g?tag=1#\(commit)\"\n",
            ["pkg:github/o/g@\(commit) pkg:cargo/g@1.5.0"]
        ),
        (
            "package-lock.json",
            #"{"lockfileVersion": 3, "packages": {"node_modules/@s/g": {"version": "1.5.0", "resolved": "git+ssh://git@github.com/o/g.git#\#(commit)"}}}"#,
            ["pkg:github/o/g@\(commit) pkg:npm/%40s/g@1.5.0"]
        ),
        (
            "package-lock.json",
            #"{"lockfileVersion": 1, "dependencies": {"g": {"version": "git+https://github.com/o/g.git#\#(commit)"}}}"#,
            ["pkg:github/o/g@\(commit) -"]
        ),
        (
            "yarn.lock",
            "\"g@git+https://github.com/o/g.git\":\n  version \"1.5.0\"\n  resolved \"git+https://github.com/o/g.git#\(commit)\"\n",
            ["pkg:github/o/g@\(commit) pkg:npm/g@1.5.0"]
        ),
        (
            "pnpm-lock.yaml",
            "lockfileVersion: '9.0'\npackages:\n  g@https://codeload.github.com/o/g/tar.gz/\(commit):\n    resolution: {tarball: https://codeload.github.com/o/g/tar.gz/\(commit)}\n    version: 1.5.0\n",
            ["pkg:github/o/g@\(commit) pkg:npm/g@1.5.0"]
        ),
        (
            "pnpm-lock.yaml",
            "lockfileVersion: '9.0'\npackages:\n  g@git+https://git.example/o/g.git#\(commit):\n    resolution: {repo: https://git.example/o/g.git, commit: \(commit), type: git}\n    version: 1.5.0\n",
            ["- pkg:npm/g@1.5.0"]
        ),
        (
            "poetry.lock",
            "[[package]]\nname = \"g\"\nversion = \"1.5.0\"\n[package.source]\ntype = \"git\"\nurl = \"https://github.com/o/g.git\"\nresolved_reference = \"\(commit)\"\n",
            ["pkg:github/o/g@\(commit) pkg:pypi/g@1.5.0"]
        ),
        (
            "uv.lock",
            "[[package]]\nname = \"g\"\nversion = \"1.5.0\"\nsource = { git = \"https://github.com/o/g.git#\(commit)\" }\n",
            ["pkg:github/o/g@\(commit) pkg:pypi/g@1.5.0"]
        ),
        (
            "pdm.lock",
            "[[package]]\nname = \"g\"\nversion = \"1.5.0\"\ngit = \"https://github.com/o/g.git\"\nrevision = \"\(commit)\"\n",
            ["pkg:github/o/g@\(commit) pkg:pypi/g@1.5.0"]
        ),
        (
            "pylock.toml",
            "lock-version = \"1.0\"\n[[packages]]\nname = \"g\"\nversion = \"1.5.0\"\nvcs = { type = \"git\", url = \"https://github.com/o/g.git\", commit-id = \"\(commit)\" }\n",
            ["pkg:github/o/g@\(commit) pkg:pypi/g@1.5.0"]
        ),
        (
            "pubspec.lock",
            "packages:\n  g:\n    source: git\n    version: \"1.5.0\"\n    description:\n      url: \"https://github.com/o/g.git\"\n      resolved-ref: \"\(commit)\"\n",
            ["pkg:github/o/g@\(commit) pkg:pub/g@1.5.0"]
        ),
        (
            "renv.lock",
            #"{"Packages": {"g": {"Package": "g", "Version": "1.5.0", "Source": "GitHub", "RemoteUsername": "o", "RemoteRepo": "g", "RemoteSha": "\#(commit)"}}}"#,
            ["pkg:github/o/g@\(commit) pkg:cran/g@1.5.0"]
        ),
        (
            "stack.yaml.lock",
            "packages:\n- completed:\n    name: g\n    version: 1.5.0\n    git: https://github.com/o/g\n    commit: \(commit)\n",
            ["pkg:github/o/g@\(commit) pkg:hackage/g@1.5.0"]
        ),
        ("requirements.txt", "g @ git+https://github.com/o/g@\(commit)\n", ["pkg:github/o/g@\(commit) pkg:pypi/g"])
    ]

    @Test(arguments: files)
    func `names a package from a repository by its commit and as its registry would`(
        _ fileName: String, _ text: String, _ expected: [String]
    ) throws {
        let document = try InventoryDocument(parsing: Array(text.utf8), fileName: fileName)
        #expect(document.components.map { "\($0.purls.first ?? "-") \($0.statedPurl ?? "-")" } == expected, "\(fileName)")
        #expect(document.problems.isEmpty, "\(fileName): \(document.problems)")
    }

    @Test func `lists every package of one commit, and the commit once`() throws {
        let packages = ["a", "b", "b"].map {
            "[[package]]\nname = \"\($0)\"\nversion = \"1.0.0\"\nsource = \"git+https://github.com/o/g#\(Self.commit)\"\n"
        }
        let document = try InventoryDocument(parsing: Array(packages.joined().utf8), fileName: "Cargo.lock")
        #expect(document.components.map(\.statedPurl) == ["pkg:cargo/a@1.0.0", "pkg:cargo/b@1.0.0"])
        #expect(document.components.map(\.purls) == [["pkg:github/o/g@\(Self.commit)"], []])
    }

    @Test func `says of a registry's package nothing but its own package URL`() throws {
        let text =
            "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n"
        let document = try InventoryDocument(parsing: Array(text.utf8), fileName: "Cargo.lock")
        #expect(document.components.map(\.statedPurl) == [nil] && document.components.map(\.purls) == [["pkg:cargo/a@1.0.0"]])
    }
}
