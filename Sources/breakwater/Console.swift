// The two streams are variables to the compiler; the C library guards each by a lock of its own.
@preconcurrency import Glibc

/// Standard output and standard error of a command: the one place that knows what to do where nobody reads them any more.
///
/// Some libraries of ours ignore SIGPIPE for the whole process, so that a reader that has gone shows as an error of a write only.
enum Console {
    /// What a shell shows for a program that SIGPIPE ended (128 + 13).
    private static let statusWithoutReader: Int32 = 141

    /// Writes all of it to standard output, behind what was printed before.
    /// - Throws: `FileFailure` where it can't be written. Where its reader has gone, the program ends here without a word: nothing it
    ///   could still do would be seen.
    static func write(_ bytes: [UInt8]) throws {
        guard fwrite(bytes, 1, bytes.count, stdout) == bytes.count else { throw failure(errno) }
    }

    /// A line on standard error, for people. Where nobody reads there, it is lost and the work goes on.
    static func note(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        _ = fwrite(bytes, 1, bytes.count, stderr)
    }

    /// Writes what waits in buffers. What was printed may be lost here, where the disk is full.
    /// - Throws: as `write(_:)`.
    static func finish() throws {
        guard fflush(nil) == 0 else { throw failure(errno) }
        // A write that failed in the middle has left nothing to flush; why it failed is forgotten by now.
        guard ferror(stdout) == 0 else { throw FileFailure("the output could not be written") }
    }

    private static func failure(_ code: Int32) -> FileFailure {
        if code == EPIPE { _exit(statusWithoutReader) }
        return FileFailure("the output could not be written: \(String(cString: strerror(code)))")
    }
}
