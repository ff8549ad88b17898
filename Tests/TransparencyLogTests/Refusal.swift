import Testing
import TransparencyLog

/// The code with which the log's arithmetic or parsers refuse; nil if they do not. Any other error is a failure.
func refusal(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> TransparencyLogError.Code? {
    do {
        try body()
        return nil
    } catch let error as TransparencyLogError {
        return error.code
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
        return nil
    }
}
