/// Which frames say nothing about the program: the machinery below it (sanitizer, allocator, C and C++ runtime), the
/// machinery above it (process start, fuzzing engine) and the functions whose only work is to report a failure.
///
/// Rules, not a list of seen names: each row is a family with its reason, and the families are those that ClusterFuzz
/// leaves out, so that states are the same, with the C++ library and the sanitizers of GCC and the engines AFL and
/// Honggfuzz besides. A frame that is dropped wrongly merges crashes that differ, so a plain word
/// like `free` is a name or the first word of one, never the beginning of `free_list`; there ClusterFuzz drops more.
enum FrameRules {
    /// Whether the frame is left out of a crash state; `besides` are words of a project's own.
    static func isMachinery(_ frame: StackFrame, besides words: [String] = []) -> Bool {
        let text = frame.description
        // Go's `panic` has no source in its frame; the kernel's, which has one, is no machinery of another.
        if text.count < shortestTelling || text.equals("panic") || isNamedSo(text) || isFrom(text)
            || isOfLanguage(frame)
        {
            return true
        }
        return !words.isEmpty && words.contains { text.string.contains($0) }
    }

    /// Two letters are the rest of a damaged name.
    private static let shortestTelling = 3

    /// Rust's own libraries, and the kernel's functions that report a failure.
    private static func isOfLanguage(_ frame: StackFrame) -> Bool {
        guard let module = frame.module, let function = frame.function else { return false }
        return RustFrames.libraries.contains(module)
            || module == KernelFrames.kernel && KernelFrames.reporters.contains(function)
    }

    // MARK: by name

    private static func isNamedSo(_ text: ReportText) -> Bool {
        let name = text.prefix { $0 != .space && $0 != UInt8(ascii: "(") }
        return memoryRoutines.contains { isRoutine(name, $0, withVariants: true) }
            || routines.contains { isRoutine(name, $0, withVariants: false) } || beginnings.contains { text.hasPrefix($0) }
            || reporters.occurs(in: text)
    }

    /// A name that is the routine's, like `malloc.localalias`, or a variant of it in the reserved part of the names:
    /// `__memcpy_avx_unaligned`. glibc calls its own aliases of all of them `__GI_…`.
    private static func isRoutine(_ name: ReportText, _ routine: StaticString, withVariants: Bool) -> Bool {
        let bare = name.drop { $0 == UInt8(ascii: "_") }
        guard let rest = bare.text(afterPrefix: routine) else { return false }
        guard let next = rest.first else { return true }
        return next == UInt8(ascii: "_") ? withVariants && bare.startIndex > name.startIndex : !next.isWordByte
    }

    /// Memory and strings of C, which have a variant for every processor.
    private static let memoryRoutines: [StaticString] = [
        "memcmp", "memcpy", "memmove", "memset", "strcmp", "strcpy", "strdup", "strlen", "strncpy"
    ]

    private static let routines: [StaticString] = [
        // allocation and input of C
        "malloc", "calloc", "realloc", "free", "scanf",
        // allocation of C++, and operators without their class
        "new", "New", "delete", "operator",
        // signals and the end of the process
        "abort", "exit", "raise", "gsignal", "tgkill", "pthread_kill", "pthread_create", "chk_fail", "fortify_fail",
        // process start
        "main"
    ]

    /// What the names of one piece of machinery begin with.
    private static let beginnings: [StaticString] = [
        // sanitizer runtimes and their interceptors; Windows exports them with one underscore less
        "__asan_", "__asan::", "__hwasan_", "__hwasan::", "__lsan_", "__lsan::", "__msan_", "__msan::", "__tsan_", "__tsan::",
        "__ubsan_", "__ubsan::", "__sanitizer_", "__sanitizer::", "_asan_", "_hwasan_", "_lsan_", "_msan_", "_tsan_", "_ubsan_",
        "_sanitizer_", "asan_", "asan.module_ctor", "asan.module_dtor", "__interceptor_", "___interceptor_", "generic_cpp_",
        "MSanAtExitWrapper", "<libclang_rt.asan.so>",
        // fuzzing engines, and the entry point without its file
        "fuzzer::", "LLVMFuzzerTestOneInput", "TestOneProtoInput", "ExitCallback", "rust_fuzzer_test_input",
        "libfuzzer_sys::initialize", "__afl_", "HF_",
        // the C library and the C++ runtime
        "__libc_", "__GI_", "__aeabi_", "aeabi_", "__assert_", "__cxa_atexit", "__cxa_rethrow", "__cxa_throw", "__pthread_kill",
        "__run_exit_handlers", "__scrt_common_main_seh", "_L_unlock_", "_start", "_objc_terminate", "std::__terminate",
        "demangling_terminate_handler", "fpehandler(", "SignalAction", "SignalHandler", "libgcc_s.so", "linux-gate.so", "[vdso]",
        "<null>", "<unknown>",
        // allocators of Mozilla, and containers of Blink, whose caller is at fault
        "mozalloc_", "WTF::",
        // what ends a process on purpose
        "Abort(", "WTFCrash", "CFCrash", "RaiseException", "SbSystemBreakIntoDebugger", "IsSandboxedProcess", "X11Error", "g_log",
        "common_exit", "exit_or_terminate_process", "SkAbort_FileLine", "SkMutex::~SkMutex", "V8_Fatal",
        "blink::ReportV8FatalError", "v8::api_internal::ToLocalEmpty", "v8::internal::Isolate::PushStackTraceAndDie",
        "v8::internal::Isolate::PushParamsAndDie", "absl::log_internal::", "syslog::LogMessage", "_swift_stdlib_",
        // Rust's panics and their way through the standard library
        "core::panic", "core::fmt::write", "std::panic", "std::process::abort", "std::sys::backtrace", "std::sys::unix::abort",
        "std::sys_common::backtrace", "std::io::Write::write_fmt", "alloc::", "panic_abort::", "rust_begin_unwind", "rust_oom",
        "rust_panic", "__rustc::", "__rust_start_panic", "__rust_try", "_$LT$",
        // Go's runtime is its process start, its signals and its panics at once
        "runtime.",
        // Android's Java below which nothing is the application's
        "android.app.ActivityManagerProxy.", "android.os.Parcel.", "art::Thread::CreateNativeThread",
        // the kernel's report of a failure
        "kasan_", "__kasan_", "check_memory_region", "dump_stack", "__dump_stack", "dump_backtrace", "show_stack",
        "print_address_description", "print_trailer", "object_err", "_etext",
        // Fuchsia
        "CrashTrampolineAsm", "__zx_panic", "libc_io_functions_not_implemented_use_fdio_instead"
    ]

    /// Words anywhere in the name or its source that only what reports a failure, or allocates, has.
    private static let reporters = PhraseSet([
        "assert", "logger", "logging::CheckError", "base::debug::BreakDebugger", "base::debug::CollectStackTrace",
        "base::debug::StackTrace::StackTrace", "base::android::CheckException", "DebugBreak", "DefaultDcheckHandler",
        "ForceCrashOnSigAbort", "StackDumpSignalHandler", "ASAN_OnSIGSEGV", "__android_log_assert", "SkDebugf",
        "stdext::exception::what", "v8::base::OS::Abort", "Runtime_AbortCSADcheck", "PartitionAlloc", "allocator_shim",
        "base::allocator", "base::FuzzedDataProvider", "MemoryProtection::CMemoryProtector", "agent::asan::", "asan_Heap",
        "asan_check_access", "_asan_rtl_", "Swift.fatalError", "Swift._fatalErrorMessage", "asan_osx_dynamic.dylib",
        "centipede::", "fuzztest::internal::", "ieee754-",
        "RtlFreeHeap", "RtlInitializeExceptionChain", "RtlReportCriticalFailure", "RtlUserThreadStart", "RtlpHeapHandleError",
        "RtlpLogHeapFailure", "BaseThreadInitThunk", "__tmainCRTStartup", "<unknown module>", "+Unknown", "Inline Function @"
    ])

    // MARK: by place

    private static func isFrom(_ text: ReportText) -> Bool {
        places.occurs(in: text) || isLoggingMember(text) || isVersionedLibrary(text)
            || text.hasPrefix("c:/clusterfuzz/bot/build")
    }

    /// Parts of paths that belong to machinery whatever the function is called: inlined members of the C++ library have
    /// no scope in their name. Then the libraries of the system, which appear when there are no symbols.
    private static let places = PhraseSet([
        " base/callback", " /rust/", " /rustc/", "/AOSP-toolchain/", "/bindings/ToV8.h", "/crosstool/", "/gcc/", "/glibc-",
        "/googletest/", "/jemalloc/", "/libc++", "/libc/", "libc++/", "/llvm-build/", "/minkernel/crts/", "/sanitizer_common/",
        "/tcmalloc/", "/vc/include/", "/vctools/crt/", "/win_toolchain/", "third_party/fuzztest/", "/memorycmp.c",
        "/include/c++/", "/bits/stl_", "libsanitizer/", "compiler-rt/lib/", "libpthread", "libc.so", "libc++.so",
        "libc++_shared.so", "libstdc++.so"
    ])

    /// `libc-2.31.so`
    private static func isVersionedLibrary(_ text: ReportText) -> Bool {
        text.text(after: "libc-").map { $0.contains(".so") } ?? false
    }

    /// Members and helpers of the class that writes a fatal message, in whatever scope below `logging`.
    private static func isLoggingMember(_ text: ReportText) -> Bool {
        guard let member = text.text(after: "logging::") else { return false }
        return member.contains("LogMessage") || member.contains("NoreturnError")
    }
}
