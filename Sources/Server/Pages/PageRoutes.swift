import Clearinghouse
import HTTPTypes
import Hummingbird
import Logging

/// The pages for people: rendered here, without scripts, from the same use cases as the API.
struct PageRoutes {
    let rooms: Rooms
    let logger: Logger

    /// Every page, by path. What a page may show is decided in the use cases it calls, with the visitor's principal.
    static let pages: [(path: String, page: @Sendable (Visit) async throws -> Page)] = [
        ("/", OverviewPage.page),
        ("/findings", FindingsPage.page),
        ("/findings/{finding}", FindingPage.page),
        ("/questions", QuestionsPage.page),
        ("/relations", RelationsPage.page),
        ("/vulnerabilities/{vulnerability}", VulnerabilityPage.page),
        ("/cases", CasesPage.page),
        ("/cases/{case}", CasePage.page),
        ("/advisories", AdvisoriesPage.page),
        ("/advisories/{advisory}", AdvisoryPage.page),
        ("/leases", LeasesPage.page),
        ("/runs", RunsPage.page),
        ("/runs/{run}", RunPage.page),
        ("/log", LogPage.page),
        ("/health", HealthPage.page),
        ("/report", ReportPage.page),
        ("/reports", ReportsPage.page),
        ("/reports/{report}", ReportsPage.report),
        ("/sign-in", SignInPage.page)
    ]

    /// What the forms of these pages are sent to.
    private static let forms: [(path: String, answer: @Sendable (Visit) async throws -> Response)] = [
        ("/report", ReportPage.submit), ("/report/state", ReportPage.state), ("/reports/{report}", ReportsPage.answer),
        ("/sign-in", SignInPage.signIn),
        ("/sign-out", SignInPage.signOut)
    ]

    /// The same as methods and paths, with the forms.
    static var known: [KnownRoute] {
        pages.map { KnownRoute(.get, $0.path) } + forms.map { KnownRoute(.post, $0.path) }
    }

    func register(on router: Router<BasicRequestContext>) {
        for (path, page) in PageRoutes.pages {
            answer(router, .get, RouterPath(path)) { try await page($0).response(for: $0.visitor) }
        }
        for (path, respond) in PageRoutes.forms { answer(router, .post, RouterPath(path), respond) }
    }

    private func answer(
        _ router: Router<BasicRequestContext>, _ method: HTTPRequest.Method, _ path: RouterPath,
        _ respond: @escaping @Sendable (Visit) async throws -> Response
    ) {
        let (rooms, logger) = (rooms, logger)
        router.on(path, method: method) { request, context in
            let visit: Visit
            do {
                visit = try await Visit(request, context.parameters, rooms)
            } catch {
                return Problem.response(for: error, logger: logger)
            }
            do {
                return try await respond(visit)
            } catch {
                return ProblemPage.response(for: error, at: request.uri.path, visitor: visit.visitor, logger: logger)
            }
        }
    }
}
