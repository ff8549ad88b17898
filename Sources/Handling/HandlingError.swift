/// Why a labelled value was not given out. It names the label, never the value.
///
/// There is one reason: the clearance does not permit the label. That a compartment exists may itself be secret, so the
/// text names the TLP label only; `required` is for whoever may know.
public struct HandlingError: Error, Sendable, Hashable {
    /// The label of the value that was not given out.
    public let required: HandlingLabel

    init(required: HandlingLabel) {
        self.required = required
    }
}

extension HandlingError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A sentence with the TLP label.
    public var description: String { "the clearance does not cover \(required.tlp) and its compartments" }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// Shows nothing of the compartments.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
