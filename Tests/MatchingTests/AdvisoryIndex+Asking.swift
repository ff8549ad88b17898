import Matching

extension AdvisoryIndex {
    /// One question, asked by itself.
    func match(_ component: Component) -> [Match] {
        var matcher = Matcher(self)
        return matcher.matches(component)
    }
}
