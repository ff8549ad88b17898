import Agent
import Foundation

extension Inventory {
    /// Says on standard error that the inventory breaks its schema, and what was done with it nevertheless; says nothing of one that
    /// keeps to it.
    func showInvalidity(nevertheless: String) {
        guard let invalidity else { return }
        Console.note("\(source): \(invalidity); \(nevertheless)")
    }

    /// - Throws: `malformed` with the first place where the inventory breaks its schema.
    func requireValid() throws {
        if let invalidity { throw AgentError(.malformed, "\(source): \(invalidity)") }
    }
}
