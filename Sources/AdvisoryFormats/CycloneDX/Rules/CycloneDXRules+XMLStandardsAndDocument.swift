// Facts of the CycloneDX schemas (ECMA-424), in the notation of `ElementNotation`.
extension CycloneDXRules {
    static let xmlStandardsAndDocument: StaticString = """
        declarationsType
          assessors:declarationsType.assessors?
          attestations:declarationsType.attestations?
          claims:declarationsType.claims2?
          evidence:declarationsType.evidence2?
          targets:declarationsType.targets?
          affirmation:declarationsType.affirmation?
          #*
        declarationsType.assessor
          @bom-ref refType
          @*
          thirdParty:boolean?
          organization:organizationalEntity?
        declarationsType.assessors
          assessor:declarationsType.assessor*
        declarationsType.claims
          claim:refLinkType*
        declarationsType.counterClaims
          counterClaim:refLinkType*
        declarationsType.score = decimal(0..1)
        declarationsType.mitigationStrategies
          mitigationStrategy:refLinkType*
        declarationsType.conformance
          score:declarationsType.score
          rationale:string?
          mitigationStrategies:declarationsType.mitigationStrategies?
        declarationsType.confidence
          score:declarationsType.score
          rationale:string?
        declarationsType.map
          requirement:refLinkType?
          claims:declarationsType.claims?
          counterClaims:declarationsType.counterClaims?
          conformance:declarationsType.conformance?
          confidence:declarationsType.confidence?
        declarationsType.attestation
          summary:string?
          assessor:refLinkType?
          map:declarationsType.map*
          #*
        declarationsType.attestations
          attestation:declarationsType.attestation*
        declarationsType.claim
          @bom-ref refType
          @*
          target:refLinkType?
          predicate:string?
          mitigationStrategies:declarationsType.mitigationStrategies?
          reasoning:string?
          evidence:refLinkType*
          counterEvidence:refLinkType*
          externalReferences:externalReferences?
          #*
        declarationsType.claims2
          claim:declarationsType.claim*
        declarationsType.contents
          attachment:attachedTextType?
          url:anyURI?
        declarationsType.data
          name:string?
          contents:declarationsType.contents?
          classification:string?
          sensitiveData:anyType*
          governance:dataGovernance?
        declarationsType.evidence
          @bom-ref refType
          @*
          propertyName:string?
          description:string?
          data:declarationsType.data*
          created:dateTime?
          expires:dateTime?
          author:organizationalContact?
          reviewer:organizationalContact?
          #*
        declarationsType.evidence2
          evidence:declarationsType.evidence*
        declarationsType.organizations
          organization:organizationalEntity*
        declarationsType.components
          component:component*
        declarationsType.services
          service:service*
        declarationsType.targets
          organizations:declarationsType.organizations?
          components:declarationsType.components?
          services:declarationsType.services?
        declarationsType.signatory
          name:string?
          role:string?
          organization:organizationalEntity?
          externalReference:externalReference?
          #*
        declarationsType.signatories
          signatory:declarationsType.signatory*
        declarationsType.affirmation
          statement:string?
          signatories:declarationsType.signatories?
          #*
        definitionsType
          standards:standardsType?
          1.7+ patents:definitionsType.patents?
        definitionsType.patents
          (patent:patentType | patentFamily:patentFamilyType)*
        standardsType
          @**
          (standard:standard #*)*
        standard
          @bom-ref refType
          @*
          name:string
          version:string
          description:string
          owner:string
          requirements:standard.requirements?
          levels:standard.levels?
          externalReferences:externalReferences?
          #*
        standard.descriptions
          description:string*
        standard.openCre = string commonRequirement
        standard.requirement
          @bom-ref refType
          @*
          identifier:string?
          title:string?
          text:string?
          descriptions:standard.descriptions?
          openCre:standard.openCre*
          parent:refLinkType?
          properties:propertiesType?
          externalReferences:externalReferences?
        standard.requirements
          requirement:standard.requirement*
        standard.requirements2
          requirement:refLinkType*
        standard.level
          @bom-ref refType
          @*
          identifier:string?
          title:string?
          description:string?
          requirements:standard.requirements2?
        standard.levels
          level:standard.level*
        tagsType
          tag:normalizedString*
        patentFamilyType
          @bom-ref refType
          @*
          familyId:string
          priorityApplication:priorityApplicationType?
          members:patentFamilyType.members?
          externalReferences:externalReferences?
        patentFamilyType.members
          ref:refLinkType+
        patentType
          @bom-ref refType
          @*
          patentNumber:patentNumberType
          applicationNumber:patentNumberType?
          jurisdiction:patentJurisdictionType
          priorityApplication:priorityApplicationType?
          publicationNumber:patentNumberType?
          title:string?
          abstract:string?
          filingDate:date?
          grantDate:date?
          patentExpirationDate:date?
          patentLegalStatus:patentLegalStatusEnum
          patentAssignee:organizationOrIndividualType*
          externalReferences:externalReferences?
        patentAssertionType
          @bom-ref refType
          @*
          assertionType:patentAssertionTypeEnum
          patentRefs:patentAssertionType.patentRefs?
          asserter:patentAssertionType.asserter
          notes:string?
        patentAssertionType.patentRefs
          bom-ref:string+
        patentAssertionType.asserter
          (organization:organizationalEntity | contact:organizationalContact | ref:refLinkType)
        patentLegalStatusEnum = string
          "pending" "granted" "revoked" "expired" "lapsed" "withdrawn" "abandoned" "suspended" "reinstated" "opposed"
          "terminated" "invalidated" "in-force"
        patentAssertionTypeEnum = string
          "ownership" "license" "third-party-claim" "standards-inclusion" "prior-art" "exclusive-rights" "non-assertion"
          "research-or-evaluation"
        patentNumberType = string patentNumber
        patentJurisdictionType = string countryCode
        patentFilingDateType = date
        priorityApplicationType
          applicationNumber:patentNumberType
          jurisdiction:patentJurisdictionType
          filingDate:patentFilingDateType
        citationsType
          citation:citationType+
        citationType
          @bom-ref refType
          @*
          (pointers:citationType.pointers | expressions:citationType.expressions)
          timestamp:dateTime
          attributedTo:refLinkType?
          process:refLinkType?
          note:string?
          #*
        citationType.pointers
          pointer:string+
        citationType.expressions
          expression:string+
        bom
          1.5+ @version positiveInteger
          -1.4 @version integer
          1.1+ @serialNumber urnUuid
          1.1+ @**
          -1.0 @*
          1.2+ metadata:metadata?
          1.2+ components:componentsType?
          1.2+ services:servicesType?
          1.1 components:componentsType
          1.1+ externalReferences:externalReferences?
          1.2+ dependencies:dependenciesType?
          1.3+ compositions:compositionsType?
          1.3+ properties:propertiesType?
          1.4+ vulnerabilities:vulnerabilitiesType?
          1.5+ annotations:annotationsType?
          1.5+ formulation:formulationType?
          1.6+ declarations:declarationsType?
          1.6+ definitions:definitionsType?
          1.7+ citations:citationsType?
          1.1+ #*
          -1.0 components:bom.components
        licenseType.altIds
          altId:normalizedString*
        licenseType.licensor
          (organization:organizationalEntity? | individual:organizationalContact?)
        licenseType.licensee
          (organization:organizationalEntity? | individual:organizationalContact?)
        licenseType.purchaser
          (organization:organizationalEntity? | individual:organizationalContact?)
        licenseType.licenseTypes
          licenseType:licenseTypeEnum*
        licenseType.licensing
          altIds:licenseType.altIds?
          licensor:licenseType.licensor?
          licensee:licenseType.licensee?
          purchaser:licenseType.purchaser?
          purchaseOrder:string?
          licenseTypes:licenseType.licenseTypes?
          lastRenewal:dateTime?
          expiration:dateTime?
          #*
        licenseChoiceType.expression
          @bom-ref refType
          1.6+ @acknowledgement licenseAcknowledgementEnumerationType
          = normalizedString
        releaseNotesType.tags
          tag:normalizedString*
        component.licenses
          1.1+ (license:licenseType* | expression:normalizedString?)
          -1.0 license:component.license+
        service.licenses
          (license:licenseType* | expression:normalizedString?)
        licenseTextType
          @content-type normalizedString
          @encoding encoding
          = string
        component.license
          (id:licenseID* | name:normalizedString*)
        bom.components
          @*
          component:component*
        """
}
