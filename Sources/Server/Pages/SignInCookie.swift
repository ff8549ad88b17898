import HTTPTypes
import Hummingbird

/// The cookie that carries the access token of somebody who signed in.
///
/// No script can read it, and no other site can have it sent along. It lives until the browser closes; the token's own
/// expiry and revocation are checked with every request.
enum SignInCookie {
    private static let name = "breakwater_token"

    static func token(in request: Request) -> String? {
        request.cookies[name]?.value
    }

    /// The header that sets it. Nil for what is no token: a cookie can't carry every text.
    static func setting(_ token: String, for request: Request) -> String? {
        let isPlain = token.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) || byte == UInt8(ascii: "_")
        }
        return isPlain ? "\(name)=\(token)\(attributes(request))" : nil
    }

    /// The header that removes it.
    static func removing(for request: Request) -> String {
        "\(name)=; Max-Age=0\(attributes(request))"
    }

    /// `Secure` wherever the browser came over TLS, which ends in front of us: a plain local trial has none.
    private static func attributes(_ request: Request) -> String {
        let forwarded = HTTPField.Name("X-Forwarded-Proto").flatMap { request.headers[$0] }
        return "; Path=/; HttpOnly; SameSite=Strict" + (forwarded == "https" ? "; Secure" : "")
    }
}

/// Whether a form was sent from a page of this site.
///
/// `SameSite` protects what a cookie authorises, but signing in needs no cookie: without this check a stranger's page could
/// sign a visitor in as the stranger and read what the visitor then does.
enum FormOrigin {
    static func isOwn(_ request: Request) -> Bool {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) { return site == "same-origin" }
        // Browsers send Sec-Fetch-Site over TLS and to localhost only; elsewhere Origin has to name the host asked for.
        guard let origin = request.headers[.origin], let authority = request.head.authority else { return false }
        return origin == "http://\(authority)" || origin == "https://\(authority)"
    }
}

/// A page of this site to go on to after signing in. Only paths of our own pages are one, so nobody can be sent elsewhere.
struct LocalPath: Sendable, Equatable {
    let text: String

    static let overview = LocalPath(known: "/")

    private init(known text: String) {
        self.text = text
    }

    init?(_ text: String) {
        let rooms = ["/findings", "/vulnerabilities/", "/cases"]
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"): true
            default: false
            }
        }
        guard isPlain, text.utf8.count <= 200, rooms.contains(where: text.hasPrefix) else { return nil }
        self.text = text
    }
}
