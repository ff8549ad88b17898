import Glibc

/// A thread for one piece of blocking work. A pool's thread would not do: the kernel kills the sandbox when the
/// thread that started it ends, and a run may block for minutes.
enum DedicatedThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// - Throws: `SandboxError` with code `.couldNotStart` when the system has no thread left; the work is not done.
    static func start(_ body: @escaping @Sendable () -> Void) throws(SandboxError) {
        let work = Unmanaged.passRetained(Work(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { pointer in
                if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body() }
                return nil
            }, work.toOpaque())
        if status != 0 {
            work.release()
            throw .couldNotStart("pthread_create: error \(status)")
        }
    }
}
