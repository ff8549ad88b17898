/// What counts as a crash, and how it is named, where the trace alone doesn't decide. The defaults are ClusterFuzz's
/// without any setting of a job.
package struct CrashSettings: Sendable, Equatable {
    /// Running out of memory or time is a crash (`REPORT_OOMS_AND_HANGS`). Otherwise an output that tells of exhausted
    /// memory tells of no crash at all, because what follows is its consequence.
    package var countsExhaustion: Bool
    /// A runtime error that V8 reports of a script is a crash (`DETECT_V8_RUNTIME_ERRORS`).
    package var countsScriptErrors: Bool
    /// What UndefinedBehaviorSanitizer reports is a crash; it is not where the program goes on (`halt_on_error=0`).
    package var countsUndefinedBehaviour: Bool
    /// A failed assertion is relevant for security (`ASSERTS_HAVE_SECURITY_IMPLICATION`).
    package var assertionsAreRelevant: Bool
    /// A failed CHECK is relevant for security (`CHECKS_HAVE_SECURITY_IMPLICATION`).
    package var checksAreRelevant: Bool
    /// Names the state of a crash without telling frames, and of one where memory or time ran out (`FUZZ_TARGET`).
    package var fuzzTarget: String?
    /// Frames with one of these words say nothing about the project (`stack_frame_ignore_regexes`).
    package var ignoredFrameWords: [String]

    package init(
        countsExhaustion: Bool = false, countsScriptErrors: Bool = false, countsUndefinedBehaviour: Bool = true,
        assertionsAreRelevant: Bool = true, checksAreRelevant: Bool = false, fuzzTarget: String? = nil,
        ignoredFrameWords: [String] = []
    ) {
        self.countsExhaustion = countsExhaustion
        self.countsScriptErrors = countsScriptErrors
        self.countsUndefinedBehaviour = countsUndefinedBehaviour
        self.assertionsAreRelevant = assertionsAreRelevant
        self.checksAreRelevant = checksAreRelevant
        self.fuzzTarget = fuzzTarget
        self.ignoredFrameWords = ignoredFrameWords
    }
}
