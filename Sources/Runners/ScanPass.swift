/// What came of some units of a plan, looked at one after the other.
package struct ScanPass: Sendable {
    package fileprivate(set) var result = UnitResult()
    /// Units that were looked at, the last of them perhaps in part.
    package fileprivate(set) var unitCount = 0
    /// Why it goes no further, where it can't.
    package fileprivate(set) var stop: RunnerError?

    fileprivate mutating func take(_ part: UnitResult) {
        stop = part.stop?.error
        guard part.stop?.wasAnythingLookedAt ?? true else {
            result.usage = result.usage + part.usage
            return
        }
        result = result + part
        result.stop = nil
        unitCount += 1
    }
}

extension ScanEngine {
    /// Looks at units until they are done, until `goOn` says no between two of them, or until one can't be looked at. What was
    /// paid for is never thrown away: an error behind the first unit ends the pass, and is met again by the next one.
    /// - Throws: errors of the first unit that are not the runner's (no sandbox), and cancellation.
    package func pass(
        over units: some Sequence<[SourceFile]>, of source: Source, by runner: any Runner, room: ResultRoom = .run,
        goOn: (ScanPass) -> Bool = { _ in true }
    ) async throws -> ScanPass {
        var (pass, source) = (ScanPass(), source)
        let before = source.spent
        for unit in units {
            guard pass.unitCount == 0 || goOn(pass) else { break }
            source.spent = before + pass.result.usage
            do {
                pass.take(try await scan(unit, of: source, by: runner))
            } catch let error as RunnerError {
                pass.stop = error
            } catch  where pass.unitCount > 0 && !Task.isCancelled {
                break
            }
            if pass.stop != nil { break }
        }
        pass.result = pass.result.kept(in: room)
        return pass
    }
}
