package import Glibc

/// Functions of glibc 2.34 and later that its Swift module doesn't show, because it is built without `_GNU_SOURCE`.
/// Looked up by name; nil where the library is older, and then there is no sandbox.
package enum CLibrary {
    package typealias MemfdCreate = @convention(c) (UnsafePointer<CChar>, CUnsignedInt) -> CInt
    package typealias Pipe2 = @convention(c) (UnsafeMutablePointer<CInt>, CInt) -> CInt
    package typealias AddCloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, CInt) -> CInt
    package typealias AddDirectory =
        @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> CInt

    /// memfd_create(2)
    package static let memfdCreate = function("memfd_create", as: MemfdCreate.self)
    /// MFD_CLOEXEC
    package static let memfdCloseOnExec: CUnsignedInt = 1
    /// pipe2(2)
    package static let pipe2 = function("pipe2", as: Pipe2.self)
    /// posix_spawn_file_actions_addclosefrom_np(3): without it, descriptors of this process (a database, a listening
    /// socket) could leak into the program that is started.
    package static let addCloseFrom = function("posix_spawn_file_actions_addclosefrom_np", as: AddCloseFrom.self)
    /// posix_spawn_file_actions_addchdir_np(3)
    package static let addDirectory = function("posix_spawn_file_actions_addchdir_np", as: AddDirectory.self)

    package static var isComplete: Bool { memfdCreate != nil && pipe2 != nil && addCloseFrom != nil }

    private static func function<Function>(_ name: String, as type: Function.Type) -> Function? {
        dlsym(nil, name).map { unsafeBitCast($0, to: type) }
    }
}
