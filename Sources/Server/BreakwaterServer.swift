package import Clearinghouse
import Glibc
import HTTPTypes
import Hummingbird
import JSONText
import Logging
import NIOCore
import ServiceLifecycle

/// The HTTP edge: the API and the plain pages on one port, and the workers beside them.
package struct BreakwaterServer: Sendable {
    package let rooms: Rooms
    var claims: Claims? { rooms.claims }
    private let logger: Logger

    package init(rooms: Rooms, federation: Federation? = nil, logLevel: String = "notice") {
        var logger = Logger(label: "breakwater")
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .notice
        self.rooms = federation.map(rooms.joining) ?? rooms
        self.logger = logger
    }

    /// Serves until the task is cancelled or the process is told to stop; requests under way are finished first.
    /// - Parameter onReady: called with the bound port once connections are accepted.
    package func run(host: String, port: Int, onReady: @escaping @Sendable (Int) async -> Void) async throws {
        let application = Application(
            router: router(), configuration: .init(address: .hostname(host, port: port), serverName: "breakwater"),
            services: [
                Sequencer(journal: rooms.journal, logger: logger), ReplayWorker(validation: rooms.validation, logger: logger),
                RunWorker(scanning: rooms.scanning, logger: logger),
                CorrelationWorker(
                    correlator: FindingCorrelator(journal: rooms.journal, environment: rooms.environment), logger: logger),
                ForgettingWorker(reports: rooms.anonymousReports, logger: logger),
                TagWorker(questions: rooms.questions, logger: logger),
                ClockWatch(journal: rooms.journal, now: rooms.environment.now, logger: logger)
            ] + (claims.map { [ClaimWorker(claims: $0, logger: logger)] } ?? []),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? port) }, logger: logger
        )
        do {
            try await application.runService()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw AddressInUse(host: host, port: port)
        }
    }

    /// The routes alone, for tests that need no socket.
    func router() -> Router<BasicRequestContext> {
        let router = Router(options: .autoGenerateHeadEndpoints)
        let endpoints = Endpoints.all
        router.add(middleware: UnknownRoute(rooms: rooms, logger: logger, routes: BreakwaterServer.routes(endpoints)))
        for endpoint in endpoints { register(endpoint, on: router) }
        if let claims { register(ClaimCheckEndpoint.endpoint(claims), on: router) }
        let document = OpenAPIDocument.json(endpoints, origin: rooms.environment.origin).bytes(pretty: true)
        router.get("/openapi.json") { _, _ in Answer.bytes(document, "application/json") }
        PageRoutes(rooms: rooms, logger: logger).register(on: router)
        return router
    }

    private static func routes(_ endpoints: [Endpoint]) -> [KnownRoute] {
        endpoints.map { KnownRoute($0.method, $0.routerPath.description) } + PageRoutes.known
            + [KnownRoute(.get, "/openapi.json")]
    }

    private func register(_ endpoint: Endpoint, on router: Router<BasicRequestContext>) {
        let (rooms, logger) = (rooms, logger)
        router.on(endpoint.routerPath, method: endpoint.method) { request, context in
            do {
                let call = Call(
                    rooms: rooms, request: request, parameters: context.parameters,
                    principal: try await Access.principal(of: request, for: endpoint.access, rooms),
                    access: endpoint.access, maximumByteCount: endpoint.body?.maximumByteCount ?? 0,
                    bodySchema: endpoint.body?.schema
                )
                try endpoint.body?.requireKind(of: call)
                var response = try await endpoint.handle(call)
                response.headers[.xContentTypeOptions] = "nosniff"
                return response
            } catch {
                return Problem.response(for: error, logger: logger)
            }
        }
    }
}

/// Somebody else listens there already.
package struct AddressInUse: Error, CustomStringConvertible {
    let host: String
    let port: Int

    package var description: String { "another program listens on \(host), port \(port); give another port" }
}

/// Who may call an endpoint.
enum Access {
    /// The caller behind the bearer token; nil where the endpoint needs none and none was given.
    /// - Throws: `unauthorised` without a valid token, `forbidden` without the scope.
    static func principal(of request: Request, for access: Endpoint.Access, _ rooms: Rooms) async throws -> Principal? {
        guard case .member(let scope) = access else { return nil }
        let value = request.headers[.authorization] ?? ""
        // The scheme's case does not matter (RFC 9110 §11.1).
        guard value.prefix(7).lowercased() == "bearer " else {
            throw Refusal(.unauthorised, "send a token: Authorization: Bearer bw_…")
        }
        let principal = try await rooms.membership.authenticate(String(value.dropFirst(7)))
        if let scope { try principal.require(scope) }
        return principal
    }
}
