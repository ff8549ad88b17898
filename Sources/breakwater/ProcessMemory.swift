import Foundation

/// What the process and its files take.
enum ProcessMemory {
    static func line(database: JournalDatabase) -> String {
        "peak memory \(peakInMiB) MiB" + (database.file.map { ", database \(fileSizeInMiB($0)) MiB" } ?? "")
    }

    /// RUSAGE_SELF, which glibc imports as an enumeration its own function does not take.
    private static let thisProcess: Int32 = 0

    /// The largest resident set so far (getrusage(2), kibibytes on Linux).
    static var peakInMiB: Int {
        var usage = rusage()
        getrusage(ProcessMemory.thisProcess, &usage)
        return usage.ru_maxrss / 1_024
    }

    static func fileSizeInMiB(_ path: String) -> Int {
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return (size ?? 0) / 1_048_576
    }
}
