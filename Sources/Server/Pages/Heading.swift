/// The heading of a page about something that somebody outside named. Scanners write whole paragraphs there.
enum Heading {
    /// Longer than a line or two of the large size.
    private static let longTitleByteCount = 100

    static func markup(_ title: String) -> HTML {
        title.utf8.count > longTitleByteCount ? "<h1 class=\"long\">\(said: title)</h1>" : "<h1>\(said: title)</h1>"
    }
}
