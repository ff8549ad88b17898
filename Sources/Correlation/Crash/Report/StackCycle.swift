/// The recursion that overflowed a stack. Where it overflows is chance; the functions that call each other are the bug.
enum StackCycle {
    private static let maximumLength = 10
    private static let repetitions = 3

    /// The first run of names that comes three times in a row, the innermost and shortest one; nil when none does.
    /// A cycle of more than ten functions is not seen.
    static func first(in names: [String]) -> [String]? {
        for start in names.indices {
            for length in 1...maximumLength {
                // The last name of a stack may be cut off by the unwinder.
                guard start + length * repetitions < names.count else { break }
                let isCycle = (start..<(start + length * (repetitions - 1))).allSatisfy { names[$0] == names[$0 + length] }
                if isCycle { return Array(names[start..<(start + length)]) }
            }
        }
        return nil
    }
}
