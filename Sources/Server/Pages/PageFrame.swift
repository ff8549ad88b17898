import Clearinghouse

/// What every page has around it: head, navigation, footer.
enum PageFrame {
    static func markup(of page: Page, for visitor: Visitor) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(page.title) – \(visitor.origin)</title>
        <style>\(HTML(stringLiteral: Stylesheet.text))</style>
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
        <a class="brand" href="/">\(mark)\(visitor.origin)</a>
        <nav aria-label="Main"><ul>\(Page.Section.allCases.map { item($0, current: page.section) })\(account(visitor))</ul></nav>
        </header>
        <main id="content">
        \(page.body)
        </main>
        <footer>
        <p>Breakwater, an open AI cybersecurity clearinghouse. Everything here is derived from one append-only journal and can be \
        proved from its <a href="/log">transparency log</a>. For machines: <a href="/openapi.json">OpenAPI</a>.</p>
        </footer>
        </body>
        </html>

        """
    }

    private static func item(_ section: Page.Section, current: Page.Section?) -> HTML {
        let marker: HTML = section == current ? " aria-current=\"page\"" : ""
        return "<li><a href=\"\(section.path)\"\(marker)>\(section.title)</a></li>"
    }

    private static func account(_ visitor: Visitor) -> HTML {
        guard let principal = visitor.principal else { return "<li><a href=\"/sign-in\">Sign in</a></li>" }
        return """
            <li><form method="post" action="/sign-out"><button type="submit">Sign out \(principal.member)</button></form></li>
            """
    }

    /// Waves against a wall.
    private static let mark: HTML = """
        <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round">\
        <path d="M20 3v18M2 8c2-2 4-2 6 0s4 2 6 0M2 13c2-2 4-2 6 0s4 2 6 0M2 18c2-2 4-2 6 0s4 2 6 0"/></svg>
        """
}
