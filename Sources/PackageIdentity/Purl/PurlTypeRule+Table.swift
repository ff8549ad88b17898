/// The registered types (https://github.com/package-url/purl-spec, `types/`), one row each, alphabetical.
extension PurlTypeRule {
    static let table: [String: PurlTypeRule] = [
        "alpm": PurlTypeRule(namespace: .required, namespaceCase: .lowered, nameCase: .lowered, ownKeys: ["arch"]),
        "apk": PurlTypeRule(namespace: .required, namespaceCase: .lowered, nameCase: .lowered, ownKeys: ["arch"]),
        "bazel": PurlTypeRule(namespace: .prohibited),
        "bitbucket": PurlTypeRule(namespace: .required, namespaceCase: .lowered, nameCase: .lowered),
        "bitnami": PurlTypeRule(namespace: .prohibited, nameCase: .lowered, ownKeys: ["arch", "distro"]),
        "brew": PurlTypeRule(namespaceCase: .lowered, nameCase: .lowered),
        "cargo": PurlTypeRule(namespace: .prohibited),
        "chrome-extension": PurlTypeRule(
            namespace: .prohibited, nameCase: .lowered, namePattern: .lettersAToP(count: 32),
            versionPattern: .dottedNumbers(atMost: 4)
        ),
        "cocoapods": PurlTypeRule(namespace: .prohibited, namePattern: .podName),
        "composer": PurlTypeRule(namespace: .required, namespaceCase: .lowered, nameCase: .lowered),
        "conan": PurlTypeRule(ownKeys: ["user", "channel", "rrev", "prev"]),
        "conda": PurlTypeRule(namespace: .prohibited, ownKeys: ["build", "channel", "subdir", "type"]),
        // The namespace is a CPAN id, which "shall be uppercase".
        "cpan": PurlTypeRule(
            namespaceCase: .raised, namePattern: .without("::"), ownKeys: ["author", "distpath", "ext"]
        ),
        "cran": PurlTypeRule(namespace: .prohibited),
        "deb": PurlTypeRule(namespace: .required, namespaceCase: .lowered, nameCase: .lowered, ownKeys: ["arch"]),
        "docker": PurlTypeRule(),
        "gem": PurlTypeRule(namespace: .prohibited, ownKeys: ["platform"]),
        "generic": PurlTypeRule(),
        "git": PurlTypeRule(
            namespace: .required, nameIsPath: true,
            hostsIgnoringCase: ["github", "github.com", "bitbucket", "bitbucket.org"]
        ),
        "github": PurlTypeRule(namespace: .required, namespaceCase: .lowered, nameCase: .lowered),
        // The prose of the definition says "lowercased", its data says case-sensitive. Module paths are case-sensitive
        // (github.com/BurntSushi/toml, https://go.dev/ref/mod#module-path), so the data is right.
        "golang": PurlTypeRule(namespace: .required),
        "hackage": PurlTypeRule(namespace: .prohibited, nameForm: .dashed),
        "hex": PurlTypeRule(namespaceCase: .lowered, nameCase: .lowered),
        "huggingface": PurlTypeRule(namespace: .required, versionCase: .lowered),
        "julia": PurlTypeRule(namespace: .prohibited, ownKeys: ["uuid"], requiredKeys: ["uuid"]),
        "luarocks": PurlTypeRule(namespaceCase: .lowered, nameCase: .lowered),
        "maven": PurlTypeRule(namespace: .required, ownKeys: ["classifier", "type"]),
        // Azure ML keeps the case of a model name, Databricks ignores it.
        "mlflow": PurlTypeRule(
            namespace: .prohibited, ownKeys: ["model_uuid", "run_id"], lowersNameAtRepository: "databricks"
        ),
        "npm": PurlTypeRule(),
        "nuget": PurlTypeRule(namespace: .prohibited),
        "oci": PurlTypeRule(
            namespace: .prohibited, nameCase: .lowered, versionCase: .lowered, ownKeys: ["arch", "tag"]
        ),
        "opam": PurlTypeRule(namespace: .prohibited),
        "otp": PurlTypeRule(
            namespace: .prohibited, nameCase: .lowered, subpathCase: .lowered, ownKeys: ["platform", "arch"]
        ),
        "pub": PurlTypeRule(namespace: .prohibited, nameCase: .lowered, nameForm: .wordCharacters),
        "pypi": PurlTypeRule(
            namespace: .prohibited, nameCase: .lowered, nameForm: .dashed, versionCase: .lowered, ownKeys: ["file_name"]
        ),
        "qpkg": PurlTypeRule(namespace: .required, namespaceCase: .lowered),
        "rpm": PurlTypeRule(namespace: .required, namespaceCase: .lowered, ownKeys: ["epoch", "arch"]),
        "swid": PurlTypeRule(
            maximumNamespaceSegments: 2,
            ownKeys: ["tag_id", "tag_version", "patch", "tag_creator_name", "tag_creator_regid"], requiredKeys: ["tag_id"]
        ),
        "swift": PurlTypeRule(namespace: .required),
        "vcpkg": PurlTypeRule(namespace: .prohibited, ownKeys: ["port_version", "repository_revision", "triplet"]),
        "vscode-extension": PurlTypeRule(
            namespace: .required, namespaceCase: .lowered, nameCase: .lowered, versionCase: .lowered, ownKeys: ["platform"]
        ),
        "yocto": PurlTypeRule(namespaceCase: .lowered, ownKeys: ["layer_version"])
    ]
}
