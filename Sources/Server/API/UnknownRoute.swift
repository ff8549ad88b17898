import HTTPTypes
import Hummingbird
import Logging

/// Answers requests that no route takes: a problem under the API's prefixes, a page elsewhere, 405 where only the method is
/// unknown (RFC 9110 §15.5.6).
struct UnknownRoute: RouterMiddleware {
    let rooms: Rooms
    let logger: Logger
    let routes: [KnownRoute]

    @concurrent
    func handle(
        _ request: Request, context: BasicRequestContext,
        next: @concurrent (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return try await answer(request, context)
        }
    }

    private func answer(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        let path = request.uri.path
        let allowed = KnownRoute.taking(path, among: routes).map(\.method.rawValue)
        if !allowed.isEmpty {
            var response = Problem.response(405, "method-not-allowed", "\(request.method.rawValue) is not known at \(path)")
            response.headers[.allow] = allowed.joined(separator: ", ")
            return response
        }
        guard ["/v1", "/log/"].contains(where: path.hasPrefix) else {
            let visit = try await Visit(request, context.parameters, rooms)
            return ProblemPage.notFound().response(for: visit.visitor)
        }
        return Problem.response(404, "not-found", "there is nothing at \(path)")
    }
}

/// A method and a path template, as they were registered.
struct KnownRoute: Sendable {
    let method: HTTPRequest.Method
    let template: String
    private let segments: [Substring]

    init(_ method: HTTPRequest.Method, _ template: String) {
        self.method = method
        self.template = template
        segments = Substring(template).split(separator: "/")
    }

    /// The routes the router considers for a path: where a template names a segment that another leaves open, it takes the
    /// path from the other, whatever the methods of the two.
    static func taking(_ path: String, among routes: [KnownRoute]) -> [KnownRoute] {
        let taking = routes.filter { $0.takes(path) }
        let most = taking.map(\.namedCount).max()
        return taking.filter { $0.namedCount == most }
    }

    /// How many segments the template names.
    private var namedCount: Int { segments.count { $0 != "**" && !$0.hasPrefix("{") } }

    /// `{name}` takes any one segment, `**` the rest of the path.
    func takes(_ path: String) -> Bool {
        let given = path.split(separator: "/")
        for (index, segment) in segments.enumerated() {
            if segment == "**" { return given.count > index }
            guard index < given.count, segment.hasPrefix("{") || segment == given[index] else { return false }
        }
        return given.count == segments.count
    }
}
