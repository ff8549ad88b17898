package import CivilTime
package import Sealing

/// What an organisation is to the clearinghouse; one may be several.
package enum MemberRole: String, Sendable, CaseIterable {
    case finder, vendor, coordinator, validator, `operator`, agency, developer, auditor
}

/// What a token allows. Scopes are per verb, so that an agent's token can hand in findings and do nothing else.
package enum Scope: String, Sendable, CaseIterable, Hashable {
    case administerMembers = "members:administer"
    /// To leave for good, with everything that was handed in.
    case withdraw = "members:withdraw"
    case submitFindings = "findings:submit"
    case readFindings = "findings:read"
    case correlate = "findings:correlate"
    case validate = "validations:request"
    case coordinate = "cases:coordinate"
    case attachFixes = "fixes:attach"
    case publish = "advisories:publish"
    case importAdvisories = "advisories:import"
    case reportAdoption = "adoption:report"
    /// To deposit inventories, and to withdraw them.
    case depositInventories = "inventories:deposit"
    /// To see what one deposited, and which advisories concern it.
    case readInventories = "inventories:read"
    /// To claim scan leases, and to say what came of them.
    case claimLeases = "leases:claim"
    /// To say how targets may be scanned and reported: a maintainer its own, a coordinator all.
    case governTargets = "targets:govern"
    /// To take in what other clearinghouses and scanners say of targets.
    case exchangeRecords = "federation:exchange"
    /// To upload sources and to have runners look at them.
    case requestRuns = "runs:request"
    /// To ask whether a finding is already known, without telling it.
    case askQuestions = "questions:ask"

    /// The scopes a token of this role gets unless fewer are asked for.
    package static func usual(for role: MemberRole) -> Set<Scope> {
        switch role {
        case .finder: [.submitFindings, .readFindings, .claimLeases, .requestRuns, .askQuestions]
        case .vendor: [.attachFixes, .readFindings, .claimLeases, .governTargets, .requestRuns]
        case .coordinator:
            [
                .readFindings, .correlate, .validate, .coordinate, .publish, .importAdvisories, .claimLeases, .governTargets,
                .requestRuns, .exchangeRecords
            ]
        case .validator: [.validate, .readFindings]
        case .operator: [.reportAdoption, .depositInventories, .readInventories]
        case .agency, .developer, .auditor: []
        }
    }
}

/// Who is asking, once a token was checked. Constructible only by `Membership.authenticate` and the wiring of tests.
package struct Principal: Sendable {
    package let member: String
    package let scopes: Set<Scope>

    package init(member: String, scopes: Set<Scope>) {
        self.member = member
        self.scopes = scopes
    }

    /// - Throws: `forbidden` naming the missing scope.
    package func require(_ scope: Scope) throws {
        guard scopes.contains(scope) else {
            throw Refusal(.forbidden, "this token does not carry the scope \(scope.rawValue)")
        }
    }

    /// Coordinators see every finding and case; others only their own.
    package var seesEverything: Bool { scopes.contains(.coordinate) }
}

/// A member as the pages and the API show it.
package struct MemberSummary: Sendable {
    package let identifier: String
    package let name: String
    package let roles: [MemberRole]
    package let registered: Timestamp
    package let verificationKey: VerificationKey?
    /// When it left; nil for a member that is still here.
    package let withdrawn: Timestamp?
}

/// A token as its owner sees it, once: the clearinghouse keeps only a digest of the secret.
package struct IssuedToken: Sendable {
    package let identifier: String
    package let secretText: String
    package let expires: Timestamp
    /// What the clearinghouse keeps.
    let secretDigest: Digest

    /// Nil where the text is not written like a token.
    init?(secretText text: String, expires: Timestamp) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "bw", !parts[1].isEmpty, !parts[2].isEmpty else { return nil }
        self.init(identifier: parts[1], secret: parts[2], expires: expires)
    }

    init(identifier: String, secret: String, expires: Timestamp) {
        self.identifier = identifier
        self.expires = expires
        secretText = "bw_\(identifier)_\(secret)"
        secretDigest = Digest(hashing: secret)
    }
}
