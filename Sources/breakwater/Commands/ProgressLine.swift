/// Says on standard error how far a long run is; a short one says nothing.
struct ProgressLine {
    private var last = ContinuousClock.now
    private static let interval = Duration.seconds(2)

    mutating func show(_ text: @autoclosure () -> String) {
        let now = ContinuousClock.now
        guard now - last >= Self.interval else { return }
        last = now
        Console.note(text())
    }
}
