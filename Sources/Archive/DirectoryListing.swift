import Glibc
import Host

/// The files in a directory, and what of it can't be read.
struct DirectoryListing {
    /// Paths of regular files, sorted; what begins with a dot is passed over, and links to directories are not followed.
    private(set) var files: [String] = []
    /// Directories that can't be read, with the reason.
    private(set) var unreadable: [(path: String, reason: String)] = []

    /// - Parameter isDeep: whether files at any depth are listed, and not those alone that lie in the directory itself.
    init(of path: String, isDeep: Bool) {
        list(path, isDeep)
        files.sort()
        unreadable.sort { $0.path < $1.path }
    }

    private mutating func list(_ path: String, _ isDeep: Bool) {
        guard let directory = opendir(path) else {
            return unreadable.append((path, String(cString: strerror(errno))))
        }
        defer { closedir(directory) }
        while let name = DirectoryEntries.next(in: directory) {
            if name.first == UInt8(ascii: ".") { continue }
            add("\(path)/\(String(decoding: name, as: UTF8.self))", isDeep)
        }
    }

    private mutating func add(_ path: String, _ isDeep: Bool) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.isOfType(S_IFDIR) {
            if isDeep { list(path, true) }
        } else if status.isOfType(S_IFREG) || stat(path, &status) == 0 && status.isOfType(S_IFREG) {
            files.append(path)
        }
    }
}

extension stat {
    fileprivate func isOfType(_ type: mode_t) -> Bool { st_mode & S_IFMT == type }
}
