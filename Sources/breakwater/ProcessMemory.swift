import Foundation

/// What the process and its files take.
enum ProcessMemory {
    static func line(database: JournalDatabase) -> String {
        let memory = peakInMiB.map { "peak memory \($0) MiB" }
        let file = database.file.map { "database \(fileSizeInMiB($0)) MiB" }
        return [memory, file].compactMap(\.self).joined(separator: ", ")
    }

    /// The largest resident set so far (`VmHWM` of proc(5), kibibytes); nil where the system does not say. getrusage(2) would
    /// count what the program that started this one had.
    static var peakInMiB: Int? {
        guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).compactMap { Int($0) }.first.map { $0 / 1_024 }
    }

    /// A database and what its write-ahead log still holds.
    static func fileSizeInMiB(_ path: String) -> Int {
        let sizes = [path, path + "-wal"].map { file in
            (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
        }
        return sizes.reduce(0, +) / 1_048_576
    }
}
