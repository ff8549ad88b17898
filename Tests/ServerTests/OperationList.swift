import HTTPTypes

@testable import Server

/// Every operation with a path that can be asked for; parameters are filled with names of nothing.
enum OperationList {
    static var scoped: [(method: HTTPRequest.Method, path: String)] {
        Endpoints.all.filter { if case .member(_?) = $0.access { true } else { false } }.map { ($0.method, filled($0)) }
    }

    static var membersOnly: [(method: HTTPRequest.Method, path: String)] {
        Endpoints.all.filter { if case .member = $0.access { true } else { false } }.map { ($0.method, filled($0)) }
    }

    private static func filled(_ endpoint: Endpoint) -> String {
        endpoint.path.split(separator: "/").map { $0.hasPrefix("{") ? "none" : String($0) }
            .reduce("") { $0 + "/" + $1 }
    }
}
