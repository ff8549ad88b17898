import HTTPTypes
import Hummingbird
import NIOCore
import Sealing

/// One page, before it is a response.
struct Page: Sendable {
    /// The part of the site a page belongs to, for the navigation.
    enum Section: CaseIterable, Sendable {
        case overview, findings, cases, advisories, leases, runs, log, health

        var title: String {
            switch self {
            case .overview: "Overview"
            case .findings: "Findings"
            case .cases: "Cases"
            case .advisories: "Advisories"
            case .leases: "Leases"
            case .runs: "Runs"
            case .log: "Log"
            case .health: "Health"
            }
        }

        var path: String {
            switch self {
            case .overview: "/"
            case .findings: "/findings"
            case .cases: "/cases"
            case .advisories: "/advisories"
            case .leases: "/leases"
            case .runs: "/runs"
            case .log: "/log"
            case .health: "/health"
            }
        }
    }

    let title: String
    let section: Section?
    let body: HTML
    var status = 200

    init(_ title: String, in section: Section?, status: Int = 200, body: HTML) {
        self.title = title
        self.section = section
        self.status = status
        self.body = body
    }
}

extension Page {
    /// The page as a response, with the headers that let a browser run nothing and load nothing.
    func response(for visitor: Visitor) -> Response {
        var response = Response(
            status: .init(code: status), headers: Page.headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PageFrame.markup(of: self, for: visitor).bytes))
        )
        response.headers[.cacheControl] = visitor.principal == nil ? "no-cache" : "private, no-store"
        if status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }

    private static let headers: HTTPFields = {
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: contentSecurityPolicy,
            .xContentTypeOptions: "nosniff", .vary: "Cookie"
        ]
        // Not `no-referrer`: with it browsers send `Origin: null`, and the sign-in form could not be told from a stranger's.
        if let name = HTTPField.Name("Referrer-Policy") { headers[name] = "same-origin" }
        if let name = HTTPField.Name("Cross-Origin-Opener-Policy") { headers[name] = "same-origin" }
        if let name = HTTPField.Name("Cross-Origin-Resource-Policy") { headers[name] = "same-origin" }
        return headers
    }()

    /// Nothing but our own stylesheet, named by its digest (CSP Level 3, §2.3.1), and forms to this site.
    static let contentSecurityPolicy = """
        default-src 'none'; style-src 'sha256-\(Digest(hashing: Stylesheet.text.description).base64)'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'
        """
}
