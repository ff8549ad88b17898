/// Whose words told of a crash.
package enum CrashTool: String, Sendable, Equatable, CaseIterable {
    case addressSanitizer = "AddressSanitizer"
    case hardwareAddressSanitizer = "HWAddressSanitizer"
    case leakSanitizer = "LeakSanitizer"
    case memorySanitizer = "MemorySanitizer"
    case threadSanitizer = "ThreadSanitizer"
    case undefinedBehaviorSanitizer = "UndefinedBehaviorSanitizer"
    case controlFlowIntegrity = "control flow integrity"
    /// A sanitizer's failed check of itself, or one whose name is none of these.
    case otherSanitizer = "sanitizer"
    /// Jazzer, PySecSan and the tracing sanitizers of OSS-Fuzz, which watch for what a program does to its surroundings.
    case behaviourSanitizer = "behaviour sanitizer"
    case libFuzzer = "libFuzzer"
    case centipede = "Centipede"
    case assertion = "assertion"
    /// CHECK, DCHECK, NOTREACHED and LOG(FATAL) of Chromium, glog and abseil.
    case check = "check"
    case v8 = "V8"
    case kernel = "kernel"
    case android = "Android"
    case go = "Go"
    case rust = "Rust"
    case java = "Java"
    case python = "Python"
    case javaScript = "JavaScript"
    case swift = "Swift"
    case gdb = "gdb"
    case cdb = "cdb"
    case signalHandler = "signal handler"
    case loader = "loader"
    /// An allocator, a language runtime or a driver that found no memory.
    case memoryLimit = "memory limit"

    /// Sanitizers print their report whatever becomes of the program; what other tools print can also be quoted by a
    /// program that goes on.
    package var isSanitizer: Bool {
        switch self {
        case .addressSanitizer, .hardwareAddressSanitizer, .leakSanitizer, .memorySanitizer, .threadSanitizer,
            .undefinedBehaviorSanitizer, .controlFlowIntegrity, .otherSanitizer:
            true
        default: false
        }
    }
}
