import JSONText
import PackageIdentity

extension SARIFConversion {
    /// Takes away from results what a log gives to several of them that it keeps apart: it does not tell one result from another, and
    /// results of later logs would be taken for one of them.
    ///
    /// A fingerprint is shared where the same rule of the same tool gives two results the same value, a partial one in the same file
    /// (it is compared only there); a `guid` where two results have it that say different things. A `correlationGuid` is meant to be
    /// shared.
    mutating func leaveOutSharedIdentities() {
        leaveOutSharedFingerprints()
        leaveOutSharedGUIDs()
    }

    private mutating func leaveOutSharedFingerprints() {
        var owners: [SharedIdentity: Int] = [:]
        for finding in findings { for identity in finding.identities { owners[identity, default: 0] += 1 } }
        guard owners.contains(where: { $0.value > 1 }) else { return }
        for index in findings.indices {
            for identity in findings[index].identities where owners[identity, default: 0] > 1 {
                findings[index].document.fingerprints[identity.name] = nil
                misfits.append(
                    Misfit(
                        pointer: findings[index].pointer,
                        reason: "the fingerprint \(identity.name) is left out: several results of the log have it"))
            }
        }
    }

    private mutating func leaveOutSharedGUIDs() {
        var owners: [RawMember: Set<[String?]>] = [:]
        for finding in findings {
            guard let guid = finding.guid else { continue }
            owners[guid, default: []].insert(finding.words)
        }
        for index in findings.indices {
            guard let guid = findings[index].guid, owners[guid, default: []].count > 1 else { continue }
            findings[index].document.extra.removeAll { $0 == guid }
            misfits.append(
                Misfit(
                    pointer: findings[index].pointer + "/guid",
                    reason: "left out: several results of the log have it, which say different things"))
        }
    }
}

/// A fingerprint with everything that it is compared together with.
private struct SharedIdentity: Hashable {
    let name: String
    let value: String
    let tool: String?
    let rule: String?
    let file: String?
    let subject: [String?]
}

extension SARIFFinding {
    /// Its fingerprints, in the order of their names.
    fileprivate var identities: [SharedIdentity] {
        document.fingerprints.sorted { $0.key < $1.key }.map { name, value in
            SharedIdentity(
                name: name, value: value, tool: document.provenance?.harness, rule: rule,
                file: name.hasPrefix("partial/") ? document.location?.file : nil,
                subject: [document.package?.description, document.repository])
        }
    }

    fileprivate var guid: RawMember? { document.extra.first { $0.name == "sarif/guid" } }

    /// What it says, and where.
    fileprivate var words: [String?] {
        [document.title, document.description, document.location?.file, document.location?.function]
    }

    private var rule: String? { document.extra.first { $0.name == "sarif/ruleId" }?.value.value.string }
}
