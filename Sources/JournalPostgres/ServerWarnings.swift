import CPostgreSQL

/// What the server warned of. libpq calls back on the thread that reads, which is the connection's own.
final class ServerWarnings {
    private var texts: [String] = []

    /// Keeps the warnings of a connection. Notices (`relation already exists, skipping`) are dropped, and nothing is printed.
    func receive(from handle: OpaquePointer) {
        PQsetNoticeReceiver(
            handle,
            { context, result in
                guard let context else { return }
                // The link that owns the handle owns this object too, and closes the handle first.
                Unmanaged<ServerWarnings>.fromOpaque(context).takeUnretainedValue().note(result)
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// The warnings since the last call.
    func take() -> [String] {
        defer { texts = [] }
        return texts
    }

    private func note(_ result: OpaquePointer?) {
        guard
            let severity = PQresultErrorField(result, PostgresDiagnostic.severity),
            String(cString: severity) == "WARNING",
            let text = PQresultErrorField(result, PostgresDiagnostic.message)
        else { return }
        texts.append(String(cString: text))
    }
}

/// The codes of `PQresultErrorField` (`postgres_ext.h`).
enum PostgresDiagnostic {
    /// Never translated: `ERROR`, `FATAL`, `PANIC`, `WARNING`.
    static let severity = Int32(UInt8(ascii: "V"))
    static let sqlState = Int32(UInt8(ascii: "C"))
    static let message = Int32(UInt8(ascii: "M"))
}
