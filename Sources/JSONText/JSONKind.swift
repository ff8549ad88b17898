/// The six kinds of JSON value, as told by their first byte.
public enum JSONKind: String, Sendable {
    case object, array, string, number, bool, null
}
