extension VersionScheme {
    /// The order of OCaml packages (https://opam.ocaml.org/doc/Manual.html#version-ordering): Debian's comparison of one part
    /// (`VersionScheme.dpkg`) for the whole version, without epoch and revision, so that hyphens and colons are punctuation.
    ///
    /// Refused: spaces, control characters and characters outside ASCII, which opam refuses in a name.
    ///
    /// Key: the whole version written like an upstream version of `dpkg`.
    public static var opam: VersionScheme { VersionScheme(.opam) }
}
