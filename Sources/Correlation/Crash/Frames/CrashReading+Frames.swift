extension CrashReading {
    /// Takes the line as a frame of whichever tool prints frames so. The forms exclude each other, or the more
    /// particular one comes first.
    mutating func takeFrame(_ line: ReportText) {
        // Frames of Android's runtime below a broken rule of JNI are those that noticed it.
        if isOfJNI, line.contains("/art/runtime/") { return }
        if tool == .threadSanitizer, let frame = StackFrame(ofThreadSanitizer: line) {
            take(frame)
        } else if let frame = NativeFrames.ofCdb(line) ?? StackFrame(parsing: line) ?? NativeFrames.ofChromium(line)
            ?? NativeFrames.ofTombstone(line)
        {
            take(frame)
        } else if let (frame, name) = NativeFrames.ofMac(line) {
            take(frame, named: name)
        } else if let frame = NativeFrames.ofChromiumOnWindows(line) {
            take(frame)
        } else if hasJavaStack, JavaSignatures.stackTypes.contains(type) {
            if let frame = ManagedFrames.ofJava(line) { takeOfJava(frame) }
        } else {
            takeLessParticularFrame(line)
        }
    }

    private mutating func takeLessParticularFrame(_ line: ReportText) {
        if let (frame, address) = KernelFrames.frame(line) {
            take(frame)
            // The kernel's sanitizer told the address of the access itself.
            if let address, stateFrameCount == 1, !marks.isKASAN { self.address = "0x" + address.string }
        } else if let metadata = V8Signatures.correctnessMetadata(line) {
            takeStateLine(metadata)
        } else if marks.isGo, let frame = ManagedFrames.ofGo(withoutRaceIndent(line), newer: true) {
            takeOfGo(frame, isOfOlderForm: ManagedFrames.ofGo(line) != nil)
        } else if isOfPython, let frame = ManagedFrames.ofPython(line) {
            take(frame, isOfLibrary: frame.function == ManagedFrames.pythonModuleBody)
        } else if marks.isJavaScript, let frame = ManagedFrames.ofJavaScript(line) {
            take(frame)
        } else if marks.isTrusty, let frame = KernelFrames.ofTrusty(line) {
            take(frame)
        }
    }

    /// ClusterFuzz's states of Jazzer's reports have the frames of Java's own library, those of a plain trace begin below them:
    /// an index out of bounds in a list is three such frames whoever used it.
    private mutating func takeOfJava(_ frame: StackFrame) {
        let isOfLibrary = ManagedFrames.isOfJavaLibrary(frame)
        if java.isPlain, isOfLibrary {
            takeUntelling(frame)
        } else {
            take(frame, isOfLibrary: isOfLibrary)
        }
    }

    /// ClusterFuzz reads neither the newer form of a frame nor whatever begins with `main`.
    private mutating func takeOfGo(_ frame: StackFrame, isOfOlderForm: Bool) {
        guard goroutineCount <= 1 else { return }
        let name = ManagedFrames.nameInGo(frame)
        if ManagedFrames.isOfGoMain(name) || !isOfOlderForm && !FrameRules.isMachinery(frame) {
            takeLeftOut(frame, named: name)
        } else {
            take(frame, named: name)
        }
    }

    /// The race detector's frames are indented, a panic's are not.
    private func withoutRaceIndent(_ line: ReportText) -> ReportText { isGoRace ? line.withoutIndent : line }

    private var isOfPython: Bool { tool == .python || type == "PySecSan" }

    private var isOfJNI: Bool { state[...].contains(AndroidSignatures.jniError) }
}
