import Glibc

/// Lists of strings as exec(3) takes them.
package enum CStrings {
    /// - Parameter body: gets pointers to copies that end with a zero byte, and nil at the end; they are valid inside only.
    package static func with<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
