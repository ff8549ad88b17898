import CivilTime
import Clearinghouse

/// Who scans what: the visitor's leases, where nobody looked yet, and what maintainers ask of everybody.
enum LeasesPage {
    static func page(_ visit: Visit) async throws -> Page {
        let principal = try visit.visitor.member()
        let (rooms, now) = (visit.rooms, visit.rooms.environment.now())
        let leases = try await rooms.leases.leases(before: visit.before, limit: Visit.pageSize, for: principal)
        let gaps = try await rooms.coverage.gaps(at: now, limit: Visit.pageSize, for: principal)
        let targets = try await rooms.targets.targets(before: .max, limit: Visit.pageSize)
        return Page(
            "Leases", in: .leases,
            body: """
                <h1>Leases</h1>
                <p class="quiet">Say what you scan before you scan it with <code>breakwater lease claim TARGET</code>.</p>
                \(leases.isEmpty ? "<p>You hold no lease.</p>" : list(leases.map(lease)))
                \(OlderLink.markup("/leases?", leases.map(\.token)))
                <h2>Where to look next</h2>
                \(gaps.isEmpty ? "<p>No target is registered that waits for a search.</p>" : list(gaps.map(gap)))
                <h2>What maintainers ask</h2>
                \(targets.isEmpty ? "<p>Nobody asked for anything yet.</p>" : list(targets.map(target)))
                """)
    }

    private static func list(_ items: [HTML]) -> HTML { "<ul class=\"list\">\n\(items)</ul>" }

    private static func lease(_ lease: Lease) -> HTML {
        let scope = lease.scope
        let parts = [scope.subsystem, scope.bugClass?.description, scope.toolFamily, scope.modelFamily].compactMap { $0 }
        let amounts = [
            lease.budget.map { ", budget \($0.amount) \($0.unit)" }, lease.spent.map { ", spent \($0.amount) \($0.unit)" }
        ]
        return """
            <li><span class="name">\(said: scope.target.name)</span> \(said: parts.joined(separator: ", "))
            <p class="meta">\(lease.phase.rawValue), claimed by \(lease.member) at \(lease.claimed.description), until \
            \(lease.until.description), <code>\(lease.identifier)</code>\(said: amounts.compactMap { $0 }.joined())</p></li>

            """
    }

    private static func gap(_ gap: CoverageGap) -> HTML {
        let last: HTML = gap.lastSearched.map { "last searched \($0.date.description)" } ?? "never searched"
        return """
            <li><span class="name">\(said: gap.target)</span>
            <p class="meta">criticality \(gap.criticality), \(last)</p></li>

            """
    }

    private static func target(_ target: GovernedTarget) -> HTML {
        let policy = target.policy
        var wishes: [String] = []
        if let optOut = policy.optOut { wishes.append("not to be scanned or contacted (since \(optOut.requested.date))") }
        if policy.isClosed { wishes.append("scans with its owner's word only") }
        if policy.pacing.requiresPatch { wishes.append("reports with a patch only") }
        if let limit = policy.pacing.openReports { wishes.append("at most \(limit) open reports") }
        if let limit = policy.pacing.activeScans { wishes.append("at most \(limit) scans at one time") }
        if !policy.pacing.windows.isEmpty {
            wishes.append("reports on \(policy.pacing.windows.map(\.words).joined(separator: ", ")) UTC")
        }
        if let channel = policy.channel { wishes.append("reports to \(channel)") }
        return """
            <li><span class="name">\(said: target.name)</span>
            <p class="meta">\(said: wishes.isEmpty ? "no limits" : wishes.joined(separator: "; "))</p></li>

            """
    }
}
