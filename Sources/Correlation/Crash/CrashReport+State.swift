extension CrashReport {
    /// The three innermost frames that say something about the program, one string each: with `crashType`, what makes
    /// two crashes the same. Parameters, anonymous scopes, source lines and addresses are left out, because they
    /// change from build to build.
    ///
    /// Where the stack of the error has fewer frames, a use after free goes on with the stack of the free: the pair
    /// of places is the bug. Empty when no frame says anything; two crashes with an empty state are **not** the same.
    package var crashState: [String] {
        var state: [String] = []
        let stack = kind == "stack-overflow" ? Self.withoutLeaves(frames) : frames[...]
        if Self.append(stack, to: &state), kind.hasSuffix("use-after-free") || kind == "double-free" {
            _ = Self.append(freeStack[...], to: &state)
        }
        return state
    }

    static let stateFrameCount = 3

    /// Whether the state names at least one function of the program. A state of modules or of the fuzz target's file
    /// alone is fit for reading, but half of all crashes of a binary without symbols would share it.
    package var hasFunctionInState: Bool {
        (frames + freeStack).contains { frame in
            if case .program = frame.role { true } else { false }
        }
    }

    /// Where a stack overflows is chance; the recursion is the bug. So the frames before the first one that comes
    /// again are left out.
    private static func withoutLeaves(_ stack: [StackFrame]) -> ArraySlice<StackFrame> {
        var lastSeen: [String: Int] = [:]
        var recursion: Int?
        for (index, frame) in stack.enumerated().reversed() {
            guard case .program(let name) = frame.role else { continue }
            if lastSeen.updateValue(index, forKey: name) != nil { recursion = index }
        }
        return stack[(recursion ?? 0)...]
    }

    /// Adds the telling frames of a stack until there are enough. False when the fuzz target's entry was reached:
    /// what follows is not the program.
    private static func append(_ stack: ArraySlice<StackFrame>, to state: inout [String]) -> Bool {
        for frame in stack where state.count < stateFrameCount {
            switch frame.role {
            case .machinery: continue
            case .program(let name), .module(let name): state.append(name)
            case .entryPoint(let file):
                if let file { state.append(file) }
                return false
            }
        }
        return true
    }
}

extension StackFrame {
    /// What a frame contributes to a crash state.
    enum Role: Equatable {
        case machinery
        case program(String)
        /// Code of the program without a name.
        case module(String)
        /// With the file that tells one fuzz target from another, when it is known.
        case entryPoint(String?)
    }

    var role: Role {
        guard let function else { return Self.role(ofModule: module) }
        let name = FrameName(function)
        let qualified = name.qualified
        if FrameRules.isEntryPoint(qualified) { return .entryPoint(fileName) }
        if FrameRules.isLibraryName(qualified) { return Self.role(ofModule: function) }
        if FrameRules.isMachinery(qualified) || FrameRules.reportsFailure(name.full) { return .machinery }
        // An inlined lambda without its scope: every one has this name.
        if qualified.equals("operator()") || qualified.equals("operator") { return .machinery }
        if let file, FrameRules.isMachinery(file: Array(file.utf8)[...]) { return .machinery }
        let stateName = name.inState
        return stateName.isEmpty ? .machinery : .program(stateName)
    }

    /// Without a function, the module is all that is known.
    private static func role(ofModule module: String?) -> Role {
        guard let module, !module.isEmpty, !FrameRules.isMachinery(module: Array(module.utf8)[...]) else { return .machinery }
        return .module(module)
    }

    private var fileName: String? {
        guard let file else { return nil }
        let bytes = file.utf8
        let separator = bytes.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        return separator.map { String(file[bytes.index(after: $0)...]) } ?? file
    }
}
