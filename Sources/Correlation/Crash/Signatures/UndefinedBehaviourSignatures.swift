/// UndefinedBehaviorSanitizer: `a.c:1:2: runtime error: shift exponent 32 is too large for 32-bit type 'int'`.
enum UndefinedBehaviourSignatures {
    static func read(_ reading: inout CrashReading, _ line: ReportText) -> LineFate {
        guard reading.type.isEmpty, reading.settings.countsUndefinedBehaviour,
            let reason = line.text(afterLast: ": runtime error: ")
        else { return .open }
        let known = wordings.first { wording in
            guard let rest = reason.text(after: wording.words) else { return false }
            return wording.then.map { rest.contains($0) } ?? true
        }
        reading.become(known?.type ?? "UNKNOWN", by: .undefinedBehaviorSanitizer)
        reading.beginReport()
        return .open
    }

    /// What compiler-rt's `ubsan_handlers.cpp` says, the special before the general.
    private static let wordings: [(words: StaticString, then: StaticString?, type: String)] = [
        ("division by zero", nil, "Divide-by-zero"),
        ("outside the range of representable values", nil, "Float-cast-overflow"),
        ("implicit conversion from type", nil, "Implicit-conversion"),
        ("call to function ", " through pointer to incorrect function type", "Incorrect-function-pointer-type"),
        ("out of bounds for type", nil, "Index-out-of-bounds"),
        ("not a valid value for type 'bool'", nil, "Invalid-bool-value"),
        ("not a valid value for type 'BOOL'", nil, "Invalid-bool-value"),
        (", which is not a valid argument", nil, "Invalid-builtin-use"),
        ("misaligned address", nil, "Misaligned-address"),
        ("reached the end of a value-returning function", nil, "No-return-value"),
        ("null pointer passed as ", ", which is declared to never be null", "Invalid-null-argument"),
        ("load of null pointer", nil, "Null-dereference READ"),
        ("binding to null pointer", nil, "Null-dereference"), ("access within null pointer", nil, "Null-dereference"),
        ("call on null pointer", nil, "Null-dereference"),
        ("store to null pointer", nil, "Null-dereference WRITE"),
        ("address ", " with insufficient space for an object of type", "Object-size"),
        ("addition of unsigned offset ", nil, "Pointer-overflow"), ("subtraction of unsigned offset ", nil, "Pointer-overflow"),
        ("pointer index expression with base ", nil, "Pointer-overflow"),
        ("applying non-zero offset ", " to null pointer", "Pointer-overflow"),
        ("applying zero offset to null pointer", nil, "Pointer-overflow"),
        ("null pointer returned from function declared to never return null", nil, "Invalid-null-return"),
        ("shift", nil, "Undefined-shift"),
        ("execution reached an unreachable program point", nil, "Unreachable code"),
        ("unsigned integer overflow", nil, "Unsigned-integer-overflow"),
        ("upcast of null pointer of type", nil, "Upcast-of-null-pointer"),
        ("variable length array bound evaluates to non-positive value", nil, "Non-positive-vla-bound-value"),
        ("not a valid value for type", nil, "Invalid-enum-value"),
        ("integer overflow", nil, "Integer-overflow"),
        ("negation of", "cannot be represented in type", "Integer-overflow"),
        ("division of", "cannot be represented in type", "Integer-overflow"),
        ("assumption is violated during execution", nil, "Assumption-violation")
    ]
}
