import Foundation

/// A zip of documents, in folders or not, unpacked into a temporary directory for as long as it is read.
final class ZipReader: ArchiveReader {
    private let directory: URL
    private var files = FileListReader(files: [])

    init(file: String, from place: AdvisoryArchive.Place = .start) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "breakwater-zip-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let unzip = Process()
        unzip.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
        unzip.arguments = ["-q", "-o", file, "-d", directory.path]
        do {
            try unzip.run()
        } catch {
            throw ArchiveError(reason: "unzip is needed to read \(file); install the package unzip")
        }
        unzip.waitUntilExit()
        guard unzip.terminationStatus == 0 else { throw ArchiveError(reason: "\(file) is not a whole zip archive") }
        let names = try FileManager.default.subpathsOfDirectory(atPath: directory.path).filter(AdvisoryArchive.isDocument)
            .sorted()
        guard !names.isEmpty else {
            throw ArchiveError(reason: "\(file) holds no documents (.json, .yml, .yaml, .csv); other archives in it are not read")
        }
        files = FileListReader(files: names, in: directory.path + "/", from: place)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    func next(_ count: Int) throws -> [AdvisoryArchive.Document] {
        try files.next(count)
    }
}
