import Foundation
import Glibc
import Host

/// A program of the system at work, which unpacks a file that is its standard input: names of files have meanings to some programs.
/// Whoever lets go of it before its end stops it.
final class UnpackingProgram {
    let name: String
    private let process: HostProcess
    /// What it writes.
    let output: FileHandle

    /// What gzip, bzip2, xz and zstd take alike.
    static let arguments = ["-dcq"]

    /// - Parameters:
    ///   - input: where it reads; the caller may close it then.
    ///   - file: what is unpacked, for errors.
    /// - Throws: `ArchiveError` where there is no such program.
    init(_ name: String, _ arguments: [String] = arguments, input: FileHandle, of file: String) throws {
        let pipe = Pipe()
        self.name = name
        output = pipe.fileHandleForReading
        do {
            process = try HostProcess(
                .init(
                    "/usr/bin/\(name)", arguments, input: input.fileDescriptor,
                    output: pipe.fileHandleForWriting.fileDescriptor))
        } catch {
            throw ArchiveError(reason: "\(name) is needed to read \(file); install the package that has it")
        }
        // The program's copy is the only one: it ends what we read.
        try pipe.fileHandleForWriting.close()
    }

    /// The status with which it ended, which it does once everything that it writes was read; of a signal, its number.
    var status: Int32 {
        switch process.wait() {
        case .exited(let number), .signalled(let number): number
        }
    }

    deinit {
        // Its reader goes away only now, after this.
        process.send(SIGKILL)
        _ = process.wait()
    }
}
