extension StackFrame {
    /// How the frame appears in a crash state. Without a function, the place in the module is all
    /// that is known.
    var stateName: String {
        if isEntryPoint, let fileName { return fileName }
        if let function { return FrameName(function + (buildHash ?? "")).inState }
        guard let module else { return "" }
        return offset.map { module + "+0x" + String($0, radix: 16) } ?? module
    }

    /// The fuzz target itself: every one has the same function name, so its file takes its place.
    var isEntryPoint: Bool { function?.hasPrefix("LLVMFuzzerTestOneInput") == true && file != nil }

    /// What the rules about frames look at: the name, and where it comes from, with the separators of one system.
    var description: ReportText {
        let name = isEntryPoint ? fileName : function ?? module
        let origin = file ?? (function == nil ? nil : module)
        let text = [name, origin].compactMap(\.self).joined(separator: " ")
        return Array(text.utf8.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 })[...]
    }

    /// Whether the frame names a function of the program.
    var isOfProgram: Bool {
        function != nil && function != ManagedFrames.pythonModuleBody && !isEntryPoint && !FrameRules.isMachinery(self)
            && !ManagedFrames.isOfJavaLibrary(self)
    }

    private var fileName: String? { file.map { Array($0.utf8)[...].lastPathComponent.string } }
}
