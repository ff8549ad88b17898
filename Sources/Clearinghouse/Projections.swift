package import Journal

/// Every table derived from the journal, room by room.
package enum Projections {
    package static let all: [Projection] = [
        MembershipProjection.projection,
        DiscoveryProjection.projection,
        RelationProjection.projection,
        AttachmentProjection.projection,
        AnonymousReportProjection.projection,
        ValidationProjection.projection,
        CoordinationProjection.projection,
        RemediationProjection.projection,
        AdvisoryProjection.projection,
        AdoptionProjection.projection,
        InventoryProjection.projection,
        TargetProjection.projection,
        FederationProjection.projection,
        LeaseProjection.projection,
        CoverageProjection.projection,
        ScanningProjection.projection,
        QuestionProjection.projection,
        TagProjection.projection
    ]
}
