import CivilTime
import Clearinghouse
import HTTPTypes
import Hummingbird
import NIOCore

/// Who looks at a page, and when.
struct Visitor: Sendable {
    /// Nil for somebody who has not signed in, or whose token does not hold any more.
    let principal: Principal?
    let origin: String
    let now: Timestamp

    /// The member who signed in.
    /// - Throws: `unauthorised` where nobody did.
    func member() throws -> Principal {
        guard let principal else { throw Refusal(.unauthorised, "Sign in to see this page.") }
        return principal
    }
}

/// One request for a page.
struct Visit: Sendable {
    let rooms: Rooms
    let request: Request
    let parameters: Parameters
    let visitor: Visitor

    /// - Throws: `notFound` where the path does not decode: such a thing can't exist.
    func parameter(_ name: String) throws -> String {
        guard let value = parameters.get(name).flatMap({ PercentEncoding.decode($0) }) else {
            throw Refusal(.notFound, "There is no such page.")
        }
        return value
    }

    func query(_ name: String) -> String? {
        request.uri.queryParameters.get(name)
    }

    /// The sequence before which a list goes on; from the newest on where it is missing or no number.
    var before: Int64 {
        query("before").flatMap(Int64.init) ?? .max
    }

    /// Rows of one page: a few screens, and a response well below 100 KB.
    static let pageSize: Int64 = 50

    init(_ request: Request, _ parameters: Parameters, _ rooms: Rooms) async throws {
        self.rooms = rooms
        self.request = request
        self.parameters = parameters
        visitor = Visitor(
            principal: try await Visit.principal(behind: request, rooms), origin: rooms.environment.origin,
            now: rooms.environment.now()
        )
    }

    private static func principal(behind request: Request, _ rooms: Rooms) async throws -> Principal? {
        guard let token = SignInCookie.token(in: request) else { return nil }
        do {
            return try await rooms.membership.authenticate(token)
        } catch let refusal as Refusal where refusal.code == .unauthorised {
            return nil
        }
    }
}

extension Visit {
    /// The fields of a form of one of our pages.
    /// - Throws: `forbidden` for a form that another site sent, `tooLarge`.
    func ownForm(maximumByteCount: Int) async throws -> FormFields {
        guard FormOrigin.isOwn(request) else {
            throw Refusal(.forbidden, "This form was not sent from a page of this site.")
        }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            bytes.append(contentsOf: buffer.readableBytesView)
            guard bytes.count <= maximumByteCount else { throw Refusal(.tooLarge, "The form is too long.") }
        }
        return FormFields(bytes)
    }
}
