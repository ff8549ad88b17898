/// An advisory of FriendsOfPHP's database (https://github.com/FriendsOfPHP/security-advisories), as the YAML file has it.
public struct FriendsOfPHPAdvisory: Sendable, Hashable {
    /// One line of text.
    public var title: String
    /// Where more is said.
    public var link: String?
    /// The CVE identifier, or nil.
    public var cve: String?
    /// The package as Composer names it, like `symfony/http-kernel`.
    public var package: String
    /// What is affected of each branch; a version is affected where one of them holds it.
    public var branches: [Branch]

    /// The affected versions of one branch.
    public struct Branch: Sendable, Hashable {
        /// The branch's name, for people.
        public var name: String
        /// When the fix was merged, as written (`2018-03-06 15:40:00`), or nil where there is none.
        public var time: String?
        /// Constraints of Composer, all of which hold for an affected version.
        public var versions: [String]
    }

    /// Reads one file of the database.
    /// - Throws: `FormatRefusal` with every place where the file is not written as the database's validator wants it.
    public init(parsing bytes: [UInt8]) throws(FormatRefusal) {
        self = try YAMLMembers.read(bytes, as: "FriendsOfPHP") { members in FriendsOfPHPAdvisory(&members) }
    }

    static let referencePrefix = "composer://"

    private init(_ members: inout YAMLMembers) {
        title = members.required("title")
        link = members.text("link")
        cve = members.text("cve")
        let reference = members.required("reference")
        package = String(reference.dropFirst(Self.referencePrefix.count))
        if !reference.hasPrefix(Self.referencePrefix) || package.isEmpty {
            members.note(.badValue, at: 0, "the reference is not like composer://vendor/package")
        }
        branches = members.members("branches").map { Self.branch($0, &members) }
    }

    private static func branch(_ member: YAMLNode.Member, _ members: inout YAMLMembers) -> Branch {
        guard let versions = member.value["versions"] else {
            members.note(.missingMember, at: member.keyOffset, "the branch has no versions")
            return Branch(name: member.key, time: nil, versions: [])
        }
        let time = member.value["time"]?.scalar.flatMap { ["", "~", "null"].contains($0) ? nil : $0 }
        return Branch(name: member.key, time: time, versions: members.texts(of: versions))
    }
}
