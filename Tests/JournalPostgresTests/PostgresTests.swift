import Testing

/// Every test that needs a server. One after another, because each has a database of its own and a server has a hundred
/// connections.
@Suite(
    .serialized,
    .enabled(
        if: TestDatabase.serverURL != nil,
        "SKIPPED: BREAKWATER_POSTGRES_URL is missing; export BREAKWATER_POSTGRES_URL=$(scripts/postgres start)"
    )
)
struct PostgresTests {}
