/// Which frames say nothing about the program: the machinery below it (sanitizer, allocator, C and C++ runtime), the
/// machinery above it (process start, fuzzing engine) and the functions whose only work is to report a failure.
///
/// Rules, not a list of seen names: each row is a family with its reason. A frame that is dropped wrongly merges
/// crashes that differ, so a family is added only when no program of its own would have that name.
enum FrameRules {
    /// The fuzz target itself: every one has the same function name, so its file takes its place, and everything
    /// above it is the engine.
    static func isEntryPoint(_ name: ReportText) -> Bool { name.equals("LLVMFuzzerTestOneInput") }

    static func isMachinery(_ name: ReportText) -> Bool {
        scopes.contains { name.hasPrefix($0) } || isRuntimeRoutine(name) || endsProgram(name)
    }

    static func isMachinery(file: ReportText) -> Bool { directories.contains { file.contains($0) } }

    /// Some symbolizers put the library where the function should stand.
    static func isLibraryName(_ name: ReportText) -> Bool {
        name.contains(".so.") || name.hasSuffix(".so") || name.hasSuffix(".dylib") || name.hasSuffix(".dll")
    }

    static func isMachinery(module: ReportText) -> Bool {
        let separator = module.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        let base = separator.map { module[($0 + 1)...] } ?? module
        return modules.contains { base.hasPrefix($0) }
    }

    // MARK: by name

    /// Prefixes of qualified names that belong to one piece of machinery.
    private static let scopes: [StaticString] = [
        // sanitizer runtimes and their interceptors; Windows exports them with one underscore less
        "__asan", "__hwasan", "__lsan", "__msan", "__tsan", "__ubsan", "__sanitizer", "__sancov", "__interceptor_",
        "___interceptor_", "__interposed_", "__wrap_", "wrap_", "asan_", "_asan_", "_sanitizer_", "hwasan_",
        // the C++ runtime
        "std::", "__gnu_cxx::", "__cxxabiv1::", "__cxa_", "_objc_", "objc_",
        // fuzzing engines and test frameworks
        "fuzzer::", "fuzztest::", "centipede::", "testing::", "HF_", "Honggfuzz", "honggfuzz", "hfuzz_", "__afl_", "afl_",
        "LLVMFuzzerRunDriver",
        // process and thread start
        "__libc_start_", "__scrt_", "invoke_main", "BaseThreadInitThunk", "RtlUserThreadStart", "_dispatch_", "_pthread_",
        // failure reporting
        "logging::", "base::debug::", "google::LogMessage", "google::logging_", "absl::log_internal::", "absl::lts_",
        "core::panicking::", "rust_begin_unwind", "__rust_", "_swift_stdlib_", "Swift.",
        // Go's runtime is its process start, its signals and its panics at once
        "runtime."
    ]

    /// Routines of the C library: a base name, with any number of leading underscores, alone or followed by a
    /// variant (`__memcpy_avx_unaligned_erms`, `__strlen_chk`, `malloc.localalias.0`).
    private static func isRuntimeRoutine(_ name: ReportText) -> Bool {
        var bare = name.drop { $0 == UInt8(ascii: "_") }
        // glibc's aliases for calls from inside itself.
        if name.hasPrefix("__GI_") { bare = name.dropFirst(5).drop { $0 == UInt8(ascii: "_") } }
        if bare.hasPrefix("operator new") || bare.hasPrefix("operator delete") { return true }
        return routines.contains { routine in
            guard bare.hasPrefix(routine) else { return false }
            guard let next = bare.dropFirst(routine.utf8CodeUnitCount).first else { return true }
            guard next == UInt8(ascii: "_") || next == UInt8(ascii: "-") || next == UInt8(ascii: ".") else { return false }
            // A program may have a `free_list` or `kill_timer` of its own; only reserved names are variants.
            return next != UInt8(ascii: "_") || name.first == UInt8(ascii: "_")
        }
    }

    private static let routines: [StaticString] = [
        // allocation
        "malloc", "calloc", "realloc", "reallocarray", "free", "cfree", "memalign", "posix_memalign", "aligned_alloc",
        "valloc", "pvalloc", "strdup", "strndup",
        // memory and strings
        "memcpy", "memmove", "memset", "memcmp", "memchr", "memrchr", "memmem", "mempcpy", "memccpy", "bcopy", "bzero",
        "bcmp", "strlen", "strnlen", "strcpy", "strncpy", "stpcpy", "stpncpy", "strlcpy", "strlcat", "strcat", "strncat",
        "strcmp", "strncmp", "strcasecmp", "strncasecmp", "strchr", "strrchr", "strchrnul", "strstr", "strcasestr",
        "strspn", "strcspn", "strpbrk", "strtok", "strtok_r", "strsep", "strtol", "strtoul", "strtoll", "strtoull",
        "strtod", "strtof", "atoi", "atol", "atof", "wcslen", "wcscpy", "wmemcpy", "wmemset",
        // formatted input and output
        "printf", "fprintf", "sprintf", "snprintf", "vprintf", "vfprintf", "vsprintf", "vsnprintf", "asprintf",
        "vasprintf", "scanf", "sscanf", "fscanf", "vsscanf", "vfscanf", "fread", "fwrite", "puts", "fputs", "fgets",
        "qsort", "qsort_r", "bsearch",
        // signals, waiting and the end of the process
        "abort", "raise", "gsignal", "kill", "tgkill", "pthread_kill", "exit", "Exit", "assert_fail",
        "assert_fail_base", "assert_perror_fail", "assert2", "assert_func", "assert_rtn", "libc_message",
        "malloc_printerr", "fortify_fail", "stack_chk_fail", "chk_fail", "terminate", "wait4", "waitpid", "system",
        "do_system", "restore_rt",
        // process and thread start
        "start", "main", "wmain", "start_main", "start_thread", "thread_start", "pthread_start", "clone", "clone3",
        "bionic_clone"
    ]

    /// Functions that by their name only announce the end: `PushStackTraceAndDie`, `V8_Fatal`, `LogMessageFatal`.
    private static func endsProgram(_ name: ReportText) -> Bool {
        let last = lastComponent(of: name)
        if endings.contains(where: { last.hasSuffix($0) }) { return true }
        // A scoped `Abort` is a wrapper of abort(3), like `OS::Abort`.
        return name.count > last.count && last.equals("Abort")
    }

    private static let endings: [StaticString] = [
        "AndDie", "_Fatal", "_Dcheck", "BreakDebugger", "BreakIntoDebugger", "ImmediateCrash", "LogMessageFatal"
    ]

    /// Members, lambdas and destructors of whatever writes the last words: these words stand somewhere in the name.
    static func reportsFailure(_ function: ReportText) -> Bool {
        failureReporters.contains { function.contains($0) }
    }

    private static let failureReporters: [StaticString] = [
        "LogMessage::", "Swift._assertionFailure", "Swift.fatalError", "Swift._fatalErrorMessage", "__cxxabiv1::"
    ]

    private static func lastComponent(of name: ReportText) -> ReportText {
        var rest = name
        while let range = rest.range(of: "::") { rest = rest[range.upperBound...] }
        return rest
    }

    // MARK: by place

    /// Parts of source paths that belong to machinery whatever the function is called: inlined members of the C++
    /// library have no scope in their name.
    private static let directories: [StaticString] = [
        "compiler-rt/", "libsanitizer/", "sanitizer_common/", "_asan_rtl_", "/include/c++/", "libc++/", "libcxx/",
        "libcxxabi/", "libstdc++", "/c++/v1/", "/bits/stl_", "libFuzzer/", "libfuzzer/", "honggfuzz/", "fuzztest/internal/",
        "third_party/fuzztest/", "googletest/src/", "/glibc-", "/eglibc-", "sysdeps/", "bionic/libc/", "/rustc/"
    ]

    /// Libraries and programs of the system that appear when there are no symbols.
    private static let modules: [StaticString] = [
        "libc.", "libc-", "libc++", "libstdc++", "libpthread", "libm.", "libm-", "libdl", "ld-", "ld.", "libclang_rt", "libasan",
        "libgcc", "linker", "ntdll", "NTDLL", "KERNEL32", "kernel32", "KERNELBASE", "kernelbase", "ucrtbase", "msvcr",
        "vcruntime", "linux-gate", "libsystem_", "libdyld", "libobjc", "[vdso]", "linux-vdso"
    ]
}
