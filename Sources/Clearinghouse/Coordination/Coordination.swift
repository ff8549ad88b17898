package import CivilTime
package import Journal

/// Opening cases and keeping their clocks.
package struct Coordination: Sendable {
    let journal: any Journal
    let environment: ClearinghouseEnvironment

    package init(journal: any Journal, environment: ClearinghouseEnvironment) {
        self.journal = journal
        self.environment = environment
    }

    /// Opens the one case of a vulnerability.
    /// - Returns: its identifier, `BWC-<year>-<number>`, numbered within the year.
    /// - Throws: `notFound` for an unknown vulnerability or vendor, `conflict` where the vulnerability has a case, open or published, or
    ///   its maintainer opted out or wants a patch with it; `notYet` where the maintainer takes no more for now; `malformed` for a
    ///   case without a title, and where the embargo ends in the past, or without a reason later than the policy says.
    package func open(_ opening: CaseOpening, by principal: Principal) async throws -> String {
        try principal.require(.coordinate)
        let now = environment.now()
        try opening.requireTitle()
        let fix = Identifier.text("x", environment.random(10))
        return try await journal.append { snapshot in
            try Coordination.requireKnown(opening, in: snapshot)
            let finders = try snapshot.independentFinders(of: opening.vulnerability)
            let until = opening.embargoUntil ?? EmbargoPolicy.standard.deadline(from: now, finders: finders)
            try CaseState().requireOpening(until: until, now: now)
            try EmbargoPolicy.standard.requireReason(opening.longerBecause, for: until, openedAt: now, finders: finders)
            let targets = try snapshot.targets(of: opening.vulnerability)
            for pacing in try snapshot.reportPacing(of: targets) {
                try pacing.requireRoom(hasPatch: opening.patch != nil, at: now)
            }
            let identifier = try Coordination.nextIdentifier(in: snapshot, year: now.date.components.year)
            let opened = try CoordinationRecords.opened(
                identifier, opening, until: until, finders: finders, in: targets, by: principal.member)
            let patch = try opening.patch.map {
                try RemediationRecords.attached(
                    fix, to: identifier, patch: $0.content, fixedVersion: $0.fixedVersion, by: principal.member
                )
            }
            return Decision([opened] + (patch.map { [$0] } ?? []), answer: identifier)
        }.answer
    }

    /// Moves the deadline, either way, for a recorded reason.
    package func moveEmbargo(
        of identifier: String, until: Timestamp, reason: String, by principal: Principal
    ) async throws {
        try principal.require(.coordinate)
        guard !reason.isEmpty else { throw Refusal(.malformed, "a reason is needed", place: "/reason") }
        guard until >= environment.now() else {
            throw Refusal(
                .malformed, "the embargo can't have ended in the past; to end it now, publish with a reason", place: "/until")
        }
        _ = try await journal.append { snapshot in
            try snapshot.caseState(identifier).requireOpen()
            let vulnerability = try snapshot.firstRow("SELECT vulnerability FROM case_file WHERE id = $1", [.text(identifier)])
            let finders = try vulnerability.map { try snapshot.independentFinders(of: try $0.text(0)) } ?? 0
            return Decision([
                try CoordinationRecords.embargoMoved(
                    identifier, until: until, finders: finders, reason: reason, by: principal.member)
            ])
        }
    }

    private static func requireKnown(_ opening: CaseOpening, in snapshot: JournalSnapshot) throws {
        let vulnerability: [SQLValue] = [.text(opening.vulnerability)]
        guard try snapshot.firstRow("SELECT 1 FROM vulnerability WHERE id = $1", vulnerability) != nil else {
            throw Refusal(.notFound, "there is no vulnerability \(opening.vulnerability)", place: "/vulnerability")
        }
        guard try snapshot.firstRow("SELECT 1 FROM member WHERE id = $1 AND withdrawn IS NULL", [.text(opening.vendor)]) != nil
        else {
            throw Refusal(.notFound, "there is no member \(opening.vendor)", place: "/vendor")
        }
        if let existing = try snapshot.firstRow("SELECT id FROM case_file WHERE vulnerability = $1", vulnerability) {
            throw Refusal(.conflict, "the vulnerability has the case \(try existing.text(0))", place: "/vulnerability")
        }
    }

    /// One more than the greatest number of the year. A row can be missing (what was sealed under a destroyed key is derived no more),
    /// but its stream is not: a number that has one was given.
    private static func nextIdentifier(in snapshot: JournalSnapshot, year: Int) throws -> String {
        let prefix = "BWC-\(year)-"
        let greatest = try snapshot.firstRow(
            "SELECT id FROM case_file WHERE id >= $1 AND id < $2 ORDER BY length(id) DESC, id DESC LIMIT 1",
            [.text(prefix), .text("BWC-\(year).")]
        )?.text(0)
        var number = (greatest.flatMap { Int64($0.dropFirst(prefix.count)) } ?? 0) + 1
        while try snapshot.version(of: CoordinationRecords.stream(prefix + padded(number))) > 0 { number += 1 }
        return prefix + padded(number)
    }

    static func padded(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
}

extension JournalSnapshot {
    func caseState(_ identifier: String) throws -> CaseState {
        CaseState(try records(of: CoordinationRecords.stream(identifier)))
    }
}
