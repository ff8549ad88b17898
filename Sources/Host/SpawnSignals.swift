package import Glibc

/// How a program that is started takes signals.
package enum SpawnSignals {
    /// Default actions and no blocked signals: a server that ignores SIGPIPE or waits for SIGTERM itself must not hand that on.
    /// - Parameter flags: what else of the attributes is set (posix_spawnattr_setflags(3)).
    package static func reset(_ attributes: inout posix_spawnattr_t, and flags: CInt = 0) {
        var all = sigset_t()
        var none = sigset_t()
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, CShort(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | flags))
    }
}
