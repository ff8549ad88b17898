/// A value that can only be read through a clearance check, and that describes itself by its label alone, so that no log line,
/// error message or debugger summary leaks it.
///
/// It is not `Equatable`, `Hashable` or `Codable`: each would be a way to learn the value without a clearance.
public struct Labeled<Value: Sendable>: Sendable {
    private let value: Value

    /// Who may read it.
    public let label: HandlingLabel

    /// Labels a value.
    public init(_ value: Value, _ label: HandlingLabel) {
        self.value = value
        self.label = label
    }

    /// The value.
    ///
    /// - Throws: `HandlingError` where the clearance does not permit the label; nothing of the value is in it.
    public func read(as clearance: Clearance) throws(HandlingError) -> Value {
        guard clearance.permits(label) else { throw HandlingError(required: label) }
        return value
    }

    /// What is derived from the value keeps its label. The closure must not pass the value on.
    public func map<Other: Sendable>(_ transform: (Value) -> Other) -> Labeled<Other> {
        Labeled<Other>(transform(value), label)
    }

    /// What is derived from two values carries the join of their labels.
    public func combined<Other: Sendable, Result: Sendable>(
        with other: Labeled<Other>, _ transform: (Value, Other) -> Result
    ) -> Labeled<Result> {
        Labeled<Result>(transform(value, other.value), label.joined(other.label))
    }

    /// The same value under this label and another: never wider.
    public func restricted(by other: HandlingLabel) -> Labeled<Value> {
        Labeled(value, label.joined(other))
    }
}

extension Labeled: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Shows the TLP label only; the compartments may be secret too.
    public var description: String { "Labeled(\(label.tlp), redacted)" }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// Shows nothing of the value.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
