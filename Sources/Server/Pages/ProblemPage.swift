import Clearinghouse
import Hummingbird
import Logging

/// Refusals and failures as pages.
enum ProblemPage {
    static func response(for error: any Error, at path: String, visitor: Visitor, logger: Logger) -> Response {
        page(for: error, at: path, visitor: visitor, logger: logger).response(for: visitor)
    }

    /// - Parameter target: the vulnerability where it is now.
    static func notFound(_ reason: String = "There is no such page.", movedTo target: String? = nil) -> Page {
        let link: HTML = target.map { "<p><a href=\"/vulnerabilities/\(segment: $0)\">\($0)</a></p>" } ?? ""
        return Page(
            "Not found", in: nil, status: 404,
            body: """
                <h1>Not found</h1>
                <p>\(said: reason)</p>
                \(link)
                <p><a href="/">Back to the overview</a></p>
                """)
    }

    private static func page(for error: any Error, at path: String, visitor: Visitor, logger: Logger) -> Page {
        switch error {
        case let refusal as Refusal where refusal.code == .unauthorised: signIn(path)
        case let refusal as Refusal where refusal.code == .notFound: notFound(refusal.reason, movedTo: refusal.movedTo)
        case let refusal as Refusal: refused(refusal)
        default: unexpected(Problem.recorded(error, logger: logger))
        }
    }

    /// Says nothing about what is behind the page, not even whether it exists.
    private static func signIn(_ path: String) -> Page {
        let next = LocalPath(path)?.text ?? "/"
        return Page(
            "Sign in", in: nil, status: 401,
            body: """
                <h1>Sign in to see this page</h1>
                <p>Findings and cases are under embargo. They are shown to the members they belong to, and to the coordinators.</p>
                <p><a href="/sign-in?next=\(segment: next)">Sign in with an access token</a></p>
                """)
    }

    private static func refused(_ refusal: Refusal) -> Page {
        Page(
            "Refused", in: nil, status: Problem.status(of: refusal.code),
            body: """
                <h1>This was refused</h1>
                <p>\(said: refusal.reason)</p>
                <p><a href="/">Back to the overview</a></p>
                """)
    }

    private static func unexpected(_ incident: String) -> Page {
        Page(
            "Something failed", in: nil, status: 500,
            body: """
                <h1>Something failed inside</h1>
                <p>It was recorded as incident <code>\(incident)</code>. Please quote it when you report this.</p>
                """)
    }
}
