// swift-tools-version: 6.2
import PackageDescription

// The floors of the house, lowest first. A target may import targets of its own floor or of lower ones, never of a
// higher one; `scripts/check-layers` holds this file to that rule, and the build flag
// `--explicit-target-dependency-import-check error` holds the sources to this file.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error)
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")

let floor0: [Target] = [
    library("CivilTime"),
    library("JSONText"),
    library("XMLText"),
    library("PackageIdentity"),
    library("Sealing", ["JSONText", crypto, cryptoExtras]),
    library("TransparencyLog", ["Sealing"]),
    library("Handling")
]

let floor1: [Target] = [
    library("AdvisoryFormats", ["JSONText", "PackageIdentity", "XMLText"])
]

let floor2: [Target] = [
    library("Journal", ["CivilTime", "JSONText", "Sealing", "TransparencyLog", "Handling"]),
    library(
        "JournalSQLite",
        ["CivilTime", "Journal", "Sealing", grdb, .product(name: "GRDBSQLite", package: "GRDB.swift")]
    ),
    library("Matching", ["CivilTime", "PackageIdentity", "AdvisoryFormats", "JSONText"]),
    library("Host"),
    library("Archive", ["JSONText", "Host"]),
    library("Correlation", ["JSONText"]),
    library("BlindQuestion", ["Correlation", "Sealing"]),
    library("Scoring", ["CivilTime"]),
    library("Sandbox", ["Host"]),
    library("Runners", ["JSONText", "XMLText", "Sealing", "Sandbox", "Host"])
]

let floor3: [Target] = [
    library(
        "Clearinghouse",
        [
            "CivilTime", "JSONText", "PackageIdentity", "Sealing", "TransparencyLog", "Handling", "AdvisoryFormats",
            "Journal", "Matching", "Correlation", "Scoring", "Sandbox", "Runners", "BlindQuestion"
        ]
    )
]

let floor4: [Target] = [
    library(
        "Server",
        [
            "JSONText", "PackageIdentity", "Sealing", "TransparencyLog", "Handling", "AdvisoryFormats", "Archive", "Journal",
            "Matching", "BlindQuestion", "Clearinghouse", "CivilTime", hummingbird, log,
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
        ]
    ),
    library(
        "Client",
        [
            "JSONText", httpClient, .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio")
        ]
    ),
    library(
        "Agent",
        [
            "CivilTime", "JSONText", "PackageIdentity", "Sealing", "TransparencyLog", "AdvisoryFormats", "Archive", "Matching",
            "Scoring", "Client"
        ]
    ),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    library(
        "Audit",
        ["CivilTime", "JSONText", "Sealing", "TransparencyLog", "Handling", "Journal", "CSQLite"]
    )
]

// The second engine of the journal needs libpq, which the default build does without.
let hasPostgreSQL = Context.environment["BREAKWATER_POSTGRESQL"] != nil
let postgreSQLDependency: [Target.Dependency] = hasPostgreSQL ? ["JournalPostgres"] : []
// Not `canImport`: that still finds the module which an earlier build with it left behind.
let postgreSQLSetting: [SwiftSetting] = hasPostgreSQL ? [.define("POSTGRESQL")] : []

let floor5: [Target] = [
    .executableTarget(
        name: "breakwater",
        dependencies: [
            "CivilTime", "JSONText", "Sealing", "PackageIdentity", "AdvisoryFormats", "Archive", "Journal", "JournalSQLite",
            "Matching", "Correlation", "BlindQuestion", "Runners", "Clearinghouse", "Server", "Client", "Agent", "Audit",
            arguments
        ] + postgreSQLDependency,
        swiftSettings: settings + postgreSQLSetting
    )
]

// Our own sides of the scripts in `Benchmarks` that are called alike; no product and no test depends on them.
let benchmarks: [Target] = [
    .executableTarget(
        name: "DepositsBenchmark",
        dependencies: [
            "AdvisoryFormats", "CivilTime", "Clearinghouse", "Handling", "JSONText", "Journal", "JournalSQLite", "Matching",
            "PackageIdentity", "Sealing"
        ] + postgreSQLDependency,
        path: "Benchmarks/DepositsBenchmark", swiftSettings: settings + postgreSQLSetting
    ),
    .target(name: "AllocationCounter", path: "Benchmarks/AllocationCounter"),
    .executableTarget(
        name: "MatchingBenchmark",
        dependencies: ["AdvisoryFormats", "JSONText", "Matching", "PackageIdentity", "AllocationCounter"],
        path: "Benchmarks/MatchingBenchmark", swiftSettings: settings
    ),
    .executableTarget(
        name: "CorrelationBenchmark", dependencies: ["Correlation"], path: "Benchmarks/CorrelationBenchmark",
        swiftSettings: settings
    ),
    .executableTarget(
        name: "LeaseBenchmark",
        dependencies: ["CivilTime", "Clearinghouse", "Handling", "Journal", "JournalSQLite", "Sealing"],
        path: "Benchmarks/LeaseBenchmark", swiftSettings: settings
    ),
    .executableTarget(
        name: "QuestionBenchmark", dependencies: ["BlindQuestion", "Correlation", "Sealing"],
        path: "Benchmarks/QuestionBenchmark", swiftSettings: settings
    )
]

let testSupport: [Target] = [
    library("TestSupport", ["Host"]),
    library(
        "TestKit",
        [
            "CivilTime", "JSONText", "Sealing", "TransparencyLog", "Handling", "AdvisoryFormats", "Journal", "Matching",
            "PackageIdentity", "Clearinghouse", "TestSupport"
        ]
    )
]

let testTargets: [Target] = [
    tests("CivilTimeTests", ["CivilTime"]),
    tests("JSONTextTests", ["JSONText", "TestSupport"]),
    tests("XMLTextTests", ["XMLText", "TestSupport"]),
    tests("PackageIdentityTests", ["PackageIdentity", "TestSupport"]),
    tests("SealingTests", ["Sealing", "JSONText", "TestSupport", cryptoExtras]),
    tests("TransparencyLogTests", ["TransparencyLog", "Sealing", "TestSupport"]),
    tests("HandlingTests", ["Handling", "TestSupport"]),
    tests("AdvisoryFormatsTests", ["AdvisoryFormats", "JSONText", "XMLText", "PackageIdentity", "TestSupport"]),
    tests("JournalTests", ["Journal", "JournalSQLite", "Handling", "JSONText", "TestKit"]),
    tests("MatchingTests", ["CivilTime", "Matching", "PackageIdentity", "AdvisoryFormats", "TestSupport"]),
    tests("CorrelationTests", ["Correlation", "JSONText", "TestSupport"]),
    tests("BlindQuestionTests", ["BlindQuestion", "Correlation", "Sealing", "TestSupport"]),
    tests("ScoringTests", ["Scoring", "CivilTime", "TestSupport"]),
    tests("HostTests", ["Host"]),
    tests("SandboxTests", ["Sandbox", "Correlation", "Host", "TestSupport"]),
    tests(
        "RunnersTests",
        ["Runners", "Sandbox", "AdvisoryFormats", "JSONText", "Sealing", "TestSupport"]
    ),
    tests(
        "ClearinghouseTests",
        [
            "CivilTime", "JSONText", "PackageIdentity", "Sealing", "TransparencyLog", "Handling", "AdvisoryFormats",
            "Journal", "JournalSQLite", "Matching", "Correlation", "Sandbox", "Runners", "BlindQuestion", "Clearinghouse",
            "TestKit",
            "TestSupport"
        ]
    ),
    tests(
        "AuditTests",
        [
            "Audit", "CSQLite", "CivilTime", "Handling", "JSONText", "Sealing", "TransparencyLog", "Journal",
            "JournalSQLite", "BlindQuestion", "Clearinghouse", "AdvisoryFormats", "Runners", "Sandbox", "TestKit"
        ]
    ),
    tests(
        "ServerTests",
        [
            "Server", "Client", "BlindQuestion", "Clearinghouse", "Journal", "JournalSQLite", "Sealing", "CivilTime", "JSONText",
            "TransparencyLog",
            "TestKit", "TestSupport", "Handling", "AdvisoryFormats", "Matching", "PackageIdentity", "Sandbox", "Runners",
            hummingbird,
            hummingbirdTesting,
            log,
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "HTTPTypes", package: "swift-http-types")
        ]
    ),
    tests("ArchiveTests", ["Archive", "TestSupport"]),
    tests(
        "AgentTests",
        [
            "Agent", "Archive", "Client", "Server", "Clearinghouse", "Journal", "JournalSQLite", "Sealing", "TransparencyLog",
            "CivilTime",
            "JSONText", "AdvisoryFormats", "Matching", "PackageIdentity", "TestKit", "TestSupport", hummingbird,
            .product(name: "NIOCore", package: "swift-nio")
        ]
    ),
    tests("CommandTests", ["JSONText", "Host"])
]

let postgresql: [Target] =
    !hasPostgreSQL
    ? []
    : [
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        library("JournalPostgres", ["Journal", "CPostgreSQL", "CivilTime", "Sealing"]),
        tests(
            "JournalPostgresTests",
            [
                "CivilTime", "Handling", "JSONText", "Journal", "JournalPostgres", "JournalSQLite", "Sealing", "TestKit",
                "Clearinghouse", "Host", "Sandbox", "Server", "TransparencyLog"
            ]
        )
    ]

let package = Package(
    name: "breakwater",
    products: [
        .executable(name: "breakwater", targets: ["breakwater"]),
        .library(name: "TestKit", targets: ["TestKit"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0")
    ],
    targets: floor0 + floor1 + floor2 + floor3 + floor4 + floor5 + benchmarks + testSupport + testTargets + postgresql
)
