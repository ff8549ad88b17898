import Clearinghouse
import HTTPTypes
import Hummingbird

/// Signing in with an access token, and out.
enum SignInPage {
    /// A token, a path and their names; a longer body is no sign-in.
    private static let maximumByteCount = 4_096

    static func page(_ visit: Visit) async throws -> Page {
        form(next: visit.query("next"), notice: visit.visitor.principal.map { "You are signed in as \($0.member)." })
    }

    @Sendable
    static func signIn(_ visit: Visit) async throws -> Response {
        let fields = try await visit.ownForm(maximumByteCount: maximumByteCount)
        // A token that was copied brings blanks along.
        let token = String((fields["token"] ?? "").filter { !$0.isWhitespace })
        do {
            _ = try await visit.rooms.membership.authenticate(token)
        } catch let refusal as Refusal where refusal.code == .unauthorised {
            return form(next: fields["next"], notice: "This token is not valid, or not any more.", status: 401)
                .response(for: visit.visitor)
        }
        let next = fields["next"].flatMap { LocalPath($0) } ?? .overview
        return seeOther(next, cookie: SignInCookie.setting(token, for: visit.request))
    }

    @Sendable
    static func signOut(_ visit: Visit) async throws -> Response {
        _ = try await visit.ownForm(maximumByteCount: maximumByteCount)
        return seeOther(.overview, cookie: SignInCookie.removing(for: visit.request))
    }

    private static func seeOther(_ path: LocalPath, cookie: String?) -> Response {
        var response = Response(status: .seeOther, headers: [.location: path.text, .cacheControl: "no-store"])
        response.headers[.setCookie] = cookie
        return response
    }

    private static func form(next: String?, notice: HTML?, status: Int = 200) -> Page {
        let next = next.flatMap { LocalPath($0) } ?? .overview
        let notice: HTML = notice.map { "<p role=\"status\"><strong>\($0)</strong></p>" } ?? ""
        return Page(
            "Sign in", in: nil, status: status,
            body: """
                <h1>Sign in</h1>
                <p>With an access token of your organisation. A coordinator issues them; they expire by themselves.</p>
                \(notice)
                <form class="box" method="post" action="/sign-in">
                <input type="hidden" name="next" value="\(next.text)">
                <label for="token">Access token</label>
                <input id="token" name="token" type="password" required autocomplete="current-password" autocapitalize="none" \
                spellcheck="false" placeholder="bw_…">
                <button class="action" type="submit">Sign in</button>
                </form>
                <p class="quiet">The token is kept until the browser closes, in a cookie that no script can read and no other site gets.</p>
                """)
    }
}
