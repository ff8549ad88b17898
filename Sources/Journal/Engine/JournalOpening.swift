/// What every engine does with a database when it opens it, in one exclusive transaction.
package enum JournalOpening {
    /// Makes the journal's own tables where they are missing, makes sure that the database is this clearinghouse's, and brings
    /// the derived tables to the projections of this program.
    /// - Parameter create: makes a table and its indexes where they are missing, as the engine spells it.
    /// - Throws: `otherClearinghouse`, or what the engine throws; the transaction must be rolled back.
    package static func run(
        _ projections: [Projection], in transaction: any SQLTransaction, environment: JournalEnvironment, keys: KeyRing,
        create: (TableSchema) throws -> Void
    ) throws {
        for table in BaseSchema.tables { try create(table) }
        try JournalOwnership.claim(in: transaction, environment: environment)
        try ProjectionUpgrade.run(projections, in: transaction, keys: keys, create: create)
    }
}
