import Glibc

/// Our ends of the pipes of one run, and what was read from them so far.
struct OutputStreams {
    private enum Purpose { case output, error, report, archive }

    private var open: [(purpose: Purpose, descriptor: Descriptor)] = []
    private let archiveLimit: Int
    private(set) var standardOutput: OutputBuffer
    private(set) var standardError: OutputBuffer
    private(set) var report = StatusReport()
    private(set) var archive: [UInt8] = []

    private static let readSize = 65_536
    /// Headers and padding of the largest number of collected files.
    private static let archiveOverhead = SandboxJob.maximumCollectedCount * 1_024 + 16_384

    private init(_ policy: SandboxPolicy) {
        standardOutput = OutputBuffer(limitInBytes: policy.outputInBytes)
        standardError = OutputBuffer(limitInBytes: policy.outputInBytes)
        archiveLimit = policy.collectedInBytes + Self.archiveOverhead
    }

    /// Makes the pipes and the input descriptors. The second value holds the child's ends from descriptor 1 on; they
    /// must not outlive the start of the child, or the ends of the streams would never be seen.
    static func open(for command: SandboxCommandLine, _ policy: SandboxPolicy) throws(SandboxError)
        -> (OutputStreams, childEnds: [Descriptor])
    {
        var streams = OutputStreams(policy)
        var childEnds: [Descriptor] = [try streams.addPipe(for: .output), try streams.addPipe(for: .error)]
        for content in command.descriptors {
            switch content {
            case .data(let bytes): childEnds.append(try .holding(bytes))
            case .status: childEnds.append(try streams.addPipe(for: .report))
            case .archive: childEnds.append(try streams.addPipe(for: .archive))
            }
        }
        return (streams, childEnds)
    }

    private mutating func addPipe(for purpose: Purpose) throws(SandboxError) -> Descriptor {
        let pipe = try Pipe()
        open.append((purpose, pipe.reading))
        return pipe.writing
    }

    /// bubblewrap has closed its report: it is leaving.
    var isReportClosed: Bool { !open.contains { $0.purpose == .report } }

    /// Waits for bytes, for a signal on one further descriptor or for the time to pass, and reads what is there.
    mutating func wait(atMost time: Duration, also other: Descriptor?) {
        var polled = open.map { pollfd(fd: $0.descriptor.number, events: Int16(POLLIN), revents: 0) }
        if let other { polled.append(pollfd(fd: other.number, events: Int16(POLLIN), revents: 0)) }
        let (seconds, attoseconds) = time.components
        // Rounded up, or the last millisecond before a deadline would be spent spinning.
        let milliseconds = seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        guard poll(&polled, nfds_t(polled.count), Int32(clamping: milliseconds)) > 0 else { return }
        var closed: [Int] = []
        for index in open.indices where polled[index].revents != 0 {
            if !readOnce(open[index].purpose, open[index].descriptor) { closed.append(index) }
        }
        for index in closed.reversed() { open.remove(at: index) }
    }

    /// Reads to the ends of all streams. They come at once when every process is dead; the deadline is for a
    /// descriptor that leaked elsewhere.
    mutating func drain(until deadline: ContinuousClock.Instant) {
        while !open.isEmpty, ContinuousClock.now < deadline { wait(atMost: .milliseconds(10), also: nil) }
    }

    /// False at the end of the stream.
    private mutating func readOnce(_ purpose: Purpose, _ descriptor: Descriptor) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: Self.readSize, alignment: 1) { buffer in
            let count = read(descriptor.number, buffer.baseAddress, buffer.count)
            if count < 0 { return errno == EINTR || errno == EAGAIN }
            guard count > 0 else { return false }
            store(UnsafeRawBufferPointer(rebasing: buffer[..<count]), purpose)
            return true
        }
    }

    private mutating func store(_ bytes: UnsafeRawBufferPointer, _ purpose: Purpose) {
        switch purpose {
        case .output: standardOutput.append(bytes)
        case .error: standardError.append(bytes)
        case .report: report.append(bytes)
        // What exceeds the limit is dropped; the file it belonged to is then reported as not collected.
        case .archive: archive.append(contentsOf: bytes.prefix(max(0, archiveLimit - archive.count)))
        }
    }
}
