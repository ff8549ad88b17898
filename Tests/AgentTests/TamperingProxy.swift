import Client
import Hummingbird
import NIOCore

/// Somebody in between: passes every answer of a clearinghouse on, changed where it wants to.
enum TamperingProxy {
    /// - Parameter change: is given the path and query asked for and the honest answer.
    static func open(
        to url: String, changing change: @escaping @Sendable (String, [UInt8]) -> [UInt8],
        _ test: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let client = ClearinghouseClient(baseURL: url)
        let responder = CallbackResponder { (request: Request, _: BasicRequestContext) in
            do {
                let path = request.uri.description
                let answer = change(path, try await client.bytes(.get, path))
                return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(bytes: answer)))
            } catch let problem as ClientProblem {
                return Response(status: .init(code: problem.status))
            }
        }
        try await Loopback.serve(
            { onReady in
                try await Application(
                    responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                    onServerRunning: { await onReady($0.localAddress?.port ?? 0) }
                ).run()
            },
            { try await test("http://127.0.0.1:\($0)") }
        )
    }
}
