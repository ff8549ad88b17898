// Facts of the CycloneDX schemas (ECMA-424), in the notation of `ShapeNotation`.
extension CycloneDXRules {
    static let jsonStandardsAndPatents: StaticString = """
        standard
          bom-ref refType
          name string
          version string
          description string
          owner string
          requirements list(standard.requirements)
          levels list(standard.levels)
          externalReferences list(externalReference)
          signature signature
        standard.requirements
          bom-ref refType
          identifier string
          title string
          text string
          descriptions list(string)
          openCre list(commonRequirement)
          parent refLinkType
          properties list(property)
          externalReferences list(externalReference)
        standard.levels
          bom-ref refType
          identifier string
          title string
          description string
          requirements list(refLinkType)
        patent
          bom-ref refType
          patentNumber! patentNumber
          applicationNumber patentApplicationNumber
          jurisdiction! patentJurisdiction
          priorityApplication priorityApplication
          publicationNumber patentNumber
          title string
          abstract string
          filingDate date
          grantDate date
          patentExpirationDate date
          patentLegalStatus! patent.patentLegalStatus
          patentAssignee list(oneOf(organizationalContact | organizationalEntity))
          externalReferences list(externalReference)
        patentApplicationNumber = patentNumber
        patentJurisdiction = countryCode
        priorityApplication
          applicationNumber! patentApplicationNumber
          jurisdiction! patentJurisdiction
          filingDate! patentFilingDate
        patentFilingDate = date
        patent.patentLegalStatus =
          "pending" "granted" "revoked" "expired" "lapsed" "withdrawn" "abandoned" "suspended" "reinstated" "opposed"
          "terminated" "invalidated" "in-force"
        patentFamily
          bom-ref refType
          familyId! string
          priorityApplication priorityApplication
          members list(refLinkType)
          externalReferences list(externalReference)
        bom.definitions
          standards list(standard)
          1.7+ patents list(anyOf(patent | patentFamily))
        citation
          bom-ref refType
          pointers list+(string)
          expressions list+(string)
          timestamp! dateTime
          attributedTo refLinkType
          process refLinkType
          note string
          signature signature
          %one pointers | expressions
          %any attributedTo | process
        license.licensor
          organization organizationalEntity
          individual organizationalContact
          %one organization | individual
        license.licensee
          organization organizationalEntity
          individual organizationalContact
          %one organization | individual
        license.purchaser
          organization organizationalEntity
          individual organizationalContact
          %one organization | individual
        license.licenseTypes =
          "academic" "appliance" "client-access" "concurrent-user" "core-points" "custom-metric" "device" "evaluation"
          "named-user" "node-locked" "oem" "perpetual" "processor-points" "subscription" "user" "other"
        license.licensing
          altIds list(string)
          licensor license.licensor
          licensee license.licensee
          purchaser license.purchaser
          purchaseOrder string
          licenseTypes list(license.licenseTypes)
          lastRenewal dateTime
          expiration dateTime
        licenseChoice.multipleLicenses
          license! license
        licenseChoice.spdxLicenseExpression
          expression! string
          1.6+ acknowledgement licenseAcknowledgementEnumeration
          bom-ref refType
        bom.$schema =
          -1.2 "http://cyclonedx.org/schema/bom-1.2a.schema.json"
          1.3 "http://cyclonedx.org/schema/bom-1.3.schema.json"
          1.4 "http://cyclonedx.org/schema/bom-1.4.schema.json"
          1.5+ "http://cyclonedx.org/schema/bom-1.5.schema.json"
        metadata.1
          phase! metadata.phase
        metadata.2
          name! string
          description string
        componentEvidence.field = "group" "name" "version" "purl" "cpe" "swid" "hash"
        componentEvidence.technique =
          "source-code-analysis" "binary-analysis" "manifest-analysis" "ast-fingerprint" "hash-comparison" "instrumentation"
          "dynamic-analysis" "filename" "attestation" "other"
        componentEvidence.methods
          technique! componentEvidence.technique
          confidence! num(0..1)
          value string
        componentEvidence.identity
          field! componentEvidence.field
          confidence num(0..1)
          methods list(componentEvidence.methods)
          tools set(anyOf(refLinkType | bomLinkElementType))
        modelCard.dataComponentReference
          ref anyOf(refLinkType | bomLinkElementType)
        metadata.creationTools
          components set(component)
          services set(service)
        range = string(1..1024)
        dataFlow = "inbound" "outbound" "bi-directional" "unknown"
        component.licenses
          license license
          expression line
          %one license | expression
        service.licenses
          license license
          expression line
          %one license | expression
        """
}
