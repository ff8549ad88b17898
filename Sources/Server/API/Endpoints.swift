/// Every operation of the API, room by room.
enum Endpoints {
    static let all: [Endpoint] =
        MemberEndpoints.all + FindingEndpoints.all + AttachmentEndpoints.all + AnonymousReportEndpoints.all
        + RelationEndpoints.all + ValidationEndpoints.all + CaseEndpoints.all + AdvisoryEndpoints.all
        + QueryEndpoints.all + AdoptionEndpoints.all + InventoryEndpoints.all + LeaseEndpoints.all + CoverageEndpoints.all
        + TargetEndpoints.all + FederationEndpoints.all + RunEndpoints.all + QuestionEndpoints.all
        + LogEndpoints.all + HealthEndpoints.all
}
