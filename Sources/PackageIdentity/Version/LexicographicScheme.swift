extension VersionScheme {
    /// The VERS type `lexicographic`: the bytes of the UTF-8 text, not normalised, a text before its extensions.
    ///
    /// Nothing but the empty string is refused. As everywhere, whitespace around a version is not part of it.
    ///
    /// Key: the whole version as a text.
    public static var lexicographic: VersionScheme { VersionScheme(.lexicographic) }
}
