/// One frame of a stack as a sanitizer printed it.
package struct StackFrame: Sendable, Equatable {
    /// As printed; inlined calls may repeat it.
    package var number: Int
    /// Numbered `1.1` because the call was inlined into that of frame 1. Other tools number it like every frame.
    package var isInlined: Bool
    /// The function with its parameters, as printed, but for a hash that every build makes anew.
    package var function: String?
    /// That hash of Rust with its separator, `::h89abcdef01234567`; ClusterFuzz's states have it.
    package var buildHash: String?
    package var file: String?
    package var line: Int?
    package var column: Int?
    /// The program or library, when no source location is known; the kernel, its module, or a library of Rust in any case.
    package var module: String?
    /// Bytes from the start of the module, or of the function when no module is given.
    package var offset: UInt64?

    package init(
        number: Int, isInlined: Bool = false, function: String? = nil, buildHash: String? = nil, file: String? = nil,
        line: Int? = nil, column: Int? = nil,
        module: String? = nil, offset: UInt64? = nil
    ) {
        self.number = number
        self.isInlined = isInlined
        self.function = function
        self.buildHash = buildHash
        self.file = file
        self.line = line
        self.column = column
        self.module = module
        self.offset = offset
    }
}
