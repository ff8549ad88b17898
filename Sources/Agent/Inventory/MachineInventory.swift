import AdvisoryFormats
import Foundation
import Matching
import PackageIdentity

/// The packages installed on this machine. Reads local files only, and starts no program.
package enum MachineInventory {
    /// Debian's packages, named by their source as Debian's advisories are.
    package static func dpkg(root: String = "") -> Inventory {
        let path = root + "/var/lib/dpkg/status"
        guard let bytes = FileManager.default.contents(atPath: path).map(Array.init) else {
            return Inventory(source: "dpkg", problems: ["\(path) is not there"])
        }
        let status = DpkgStatus(parsing: bytes.span)
        let ecosystem = distribution(root: root)
        return Inventory(
            source: "dpkg", components: status.installed.map { $0.component(in: ecosystem) },
            problems: status.problems.map { "\(path), byte \($0.offset): \($0.reason)" }
        )
    }

    /// Python distributions in the usual places and in those given.
    package static func python(root: String = "", extra: [String] = []) -> Inventory {
        var (components, problems): ([Component], [String]) = ([], [])
        for directory in siteDirectories(root: root) + extra {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] {
                guard let file = metadataFile(name), let bytes = FileManager.default.contents(atPath: "\(directory)/\(file)")
                else { continue }
                do {
                    components.append(try PythonDistribution(parsing: Array(bytes).span).component)
                } catch {
                    problems.append("\(directory)/\(file): \(error.reason)")
                }
            }
        }
        return Inventory(source: "Python", components: components, problems: problems)
    }

    private static func metadataFile(_ name: String) -> String? {
        if name.hasSuffix(".dist-info") { return name + "/METADATA" }
        return name.hasSuffix(".egg-info") ? name + "/PKG-INFO" : nil
    }

    private static func siteDirectories(root: String) -> [String] {
        let home = root.isEmpty ? NSHomeDirectory() : root + "/root"
        let libraries =
            [
                root + "/usr/lib", root + "/usr/local/lib", home + "/.local/lib"
            ] + children(home + "/.pyenv/versions").map { $0 + "/lib" }
        return libraries.flatMap(children).filter { $0.split(separator: "/").last?.hasPrefix("python3") == true }
            .flatMap { [$0 + "/site-packages", $0 + "/dist-packages"] }
            .filter { FileManager.default.fileExists(atPath: $0) }
    }

    private static func children(_ directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted().map { "\(directory)/\($0)" }
    }

    /// `Debian:12` from os-release(5); without it the release is unknown and stays so.
    private static func distribution(root: String) -> Ecosystem {
        let text = FileManager.default.contents(atPath: root + "/etc/os-release").map { String(decoding: $0, as: UTF8.self) }
        var values: [String: String] = [:]
        for line in (text ?? "").split(separator: "\n") {
            let pair = line.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            values[String(pair[0])] = pair[1].filter { $0 != "\"" }
        }
        let name = values["ID"] == "ubuntu" ? "Ubuntu" : "Debian"
        return Ecosystem(name: name, suffix: values["VERSION_ID"])
    }
}
