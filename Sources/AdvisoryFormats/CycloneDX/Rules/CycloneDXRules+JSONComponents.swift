// Facts of the CycloneDX schemas (ECMA-424), in the notation of `ShapeNotation`.
extension CycloneDXRules {
    static let jsonComponents: StaticString = """
        bom
          -1.5 $schema bom.$schema
          1.6+ $schema string
          bomFormat! bom.bomFormat
          specVersion! string
          serialNumber uuidURN
          -1.4 version! int
          1.5+ version int(1..)
          metadata metadata
          components set(component)
          services set(service)
          externalReferences list(externalReference)
          dependencies set(dependency)
          1.3+ compositions set(compositions)
          1.4+ vulnerabilities set(vulnerability)
          1.5+ annotations set(annotations)
          1.5+ formulation set(formula)
          1.6+ declarations bom.declarations
          1.6+ definitions bom.definitions
          1.7+ citations set(citation)
          1.5+ properties list(property)
          1.4+ signature signature
        bom.bomFormat = "CycloneDX"
        metadata
          timestamp dateTime
          1.5 lifecycles list(oneOf(metadata.1 | metadata.2))
          1.6+ lifecycles list(oneOf(metadata.preDefinedPhase | metadata.customPhase))
          -1.4 tools list(tool)
          1.5 tools oneOf(metadata.creationTools | list(tool))
          1.6+ tools oneOf(metadata.tools | list(tool))
          1.6+ manufacturer organizationalEntity
          authors list(organizationalContact)
          component component
          manufacture organizationalEntity
          supplier organizationalEntity
          1.3-1.4 licenses list(licenseChoice)
          1.5+ licenses licenseChoice
          1.3+ properties list(property)
          1.7+ distributionConstraints metadata.distributionConstraints
        metadata.phase = "design" "pre-build" "build" "post-build" "operations" "discovery" "decommission"
        metadata.preDefinedPhase
          phase! metadata.phase
        metadata.customPhase
          name! string
          description string
        component
          type! component.type
          mime-type mediaType
          bom-ref refType
          supplier organizationalEntity
          1.6+ manufacturer organizationalEntity
          1.6+ authors list(organizationalContact)
          -1.2 author line
          1.3+ author string
          -1.2 publisher line
          1.3+ publisher string
          -1.2 group line
          1.3+ group string
          -1.2 name! line
          1.3+ name! string
          -1.2 version! line
          1.3 version! string
          1.4-1.5 version string
          1.6+ version version
          1.7+ versionRange versionRange
          1.7+ isExternal bool
          -1.2 description line
          1.3+ description string
          scope component.scope
          hashes list(hash)
          -1.2 licenses list(component.licenses)
          1.3-1.4 licenses list(licenseChoice)
          1.5+ licenses licenseChoice
          -1.2 copyright line
          1.3+ copyright string
          1.7+ patentAssertions patentAssertions
          -1.2 cpe line
          1.3+ cpe string
          -1.2 purl line
          1.3+ purl string
          1.6+ omniborId list(string)
          1.6+ swhid list(string)
          swid swid
          modified bool
          pedigree component.pedigree
          externalReferences list(externalReference)
          components set(component)
          1.3+ evidence componentEvidence
          1.4+ releaseNotes releaseNotes
          1.5+ modelCard modelCard
          1.5+ data list(componentData)
          1.6+ cryptoProperties cryptoProperties
          1.3+ properties list(property)
          1.6+ tags tags
          1.4+ signature signature
          1.7+ %not version+versionRange
          1.7+ %when isExternal versionRange
        component.type =
          "application" "framework" "library" "container" "operating-system" "device" "firmware" "file"
          1.5+ "platform" "device-driver" "machine-learning-model" "data"
          1.6+ "cryptographic-asset"
        -1.4 refType = string
        1.5+ refType = string(1..)
        organizationalEntity
          1.5+ bom-ref refType
          -1.2 name line
          1.3+ name string
          1.6+ address postalAddress
          -1.2 url list(any)
          1.3+ url list(iriReference)
          contact list(organizationalContact)
        postalAddress
          bom-ref refType
          country string
          region string
          locality string
          postOfficeBoxNumber string
          postalCode string
          streetAddress string
        organizationalContact
          1.5+ bom-ref refType
          -1.2 name line
          1.3+ name string
          -1.2 email line
          1.3 email string
          1.4+ email email
          -1.2 phone line
          1.3+ phone string
        -1.5 version = string(1..1024)
        1.6+ version = string(0..1024)
        versionRange = string(1..4096)
        component.scope = "required" "optional" "excluded"
        hash
          alg! hash-alg
          content! hash-content
        hash-alg =
          "MD5" "SHA-1" "SHA-256" "SHA-384" "SHA-512" "SHA3-256" "SHA3-384" "SHA3-512" "BLAKE2b-256" "BLAKE2b-384" "BLAKE2b-512"
          "BLAKE3"
          1.7+ "Streebog-256" "Streebog-512"
        hash-content = hashContent
        -1.4 licenseChoice
          license license
          expression string
          %one license | expression
        1.5-1.6 licenseChoice = oneOf(list(licenseChoice.multipleLicenses) | single(licenseChoice.spdxLicenseExpression))
        1.7+ licenseChoice = list(oneOf(licenseChoice.license | licenseChoice.licenseExpression))
        license
          1.5+ bom-ref refType
          id licenseID
          -1.2 name line
          1.3+ name string
          1.6+ acknowledgement licenseAcknowledgementEnumeration
          text attachment
          -1.2 url line
          1.3+ url iriReference
          1.5-1.6 licensing license.licensing
          1.7+ licensing licensing
          1.5+ properties list(property)
          %one id | name
        licenseAcknowledgementEnumeration = "declared" "concluded"
        attachment
          contentType string
          encoding attachment.encoding
          content! string
        attachment.encoding = "base64"
        licensing
          altIds list(string)
          licensor licensing.licensor
          licensee licensing.licensee
          purchaser licensing.purchaser
          purchaseOrder string
          licenseTypes list(licensing.licenseTypes)
          lastRenewal dateTime
          expiration dateTime
        licensing.licensor
          organization organizationalEntity
          individual organizationalContact
          %one organization | individual
        licensing.licensee
          organization organizationalEntity
          individual organizationalContact
          %one organization | individual
        licensing.purchaser
          organization organizationalEntity
          individual organizationalContact
          %one organization | individual
        licensing.licenseTypes =
          "academic" "appliance" "client-access" "concurrent-user" "core-points" "custom-metric" "device" "evaluation"
          "named-user" "node-locked" "oem" "perpetual" "processor-points" "subscription" "user" "other"
        -1.5 property ...
          name string
          value string
        1.6+ property
          name! string
          value string
        licenseChoice.license
          license! license
        licenseChoice.expressionDetails
          licenseIdentifier! string
          bom-ref refType
          text attachment
          url iriReference
        licenseChoice.licenseExpression
          expression! string
          expressionDetails list(licenseChoice.expressionDetails)
          acknowledgement licenseAcknowledgementEnumeration
          bom-ref refType
          licensing licensing
          properties list(property)
        patentAssertions = list(patentAssertions.patentAssertions)
        patentAssertions.assertionType =
          "ownership" "license" "third-party-claim" "standards-inclusion" "prior-art" "exclusive-rights" "non-assertion"
          "research-or-evaluation"
        refLinkType = refType
        patentAssertions.patentAssertions
          bom-ref refType
          assertionType! patentAssertions.assertionType
          patentRefs list(refType)
          asserter! oneOf(organizationalEntity | organizationalContact | refLinkType)
          notes string
        swid
          tagId! string
          name! string
          version string
          tagVersion int
          patch bool
          text attachment
          -1.2 url line
          1.3+ url iriReference
        commit
          -1.2 uid line
          1.3+ uid string
          url iriReference
          author identifiableAction
          committer identifiableAction
          -1.2 message line
          1.3+ message string
        identifiableAction
          timestamp dateTime
          -1.2 name line
          1.3+ name string
          email email
        patch
          type! patch.type
          diff diff
          resolves list(issue)
        patch.type = "unofficial" "monkey" "backport" "cherry-pick"
        diff
          text attachment
          -1.2 url line
          1.3+ url iriReference
        issue
          type! issue.type
          -1.2 id line
          1.3+ id string
          -1.2 name line
          1.3+ name string
          -1.2 description line
          1.3+ description string
          source issue.source
          -1.2 references list(any)
          1.3+ references list(iriReference)
        issue.type = "defect" "enhancement" "security"
        issue.source
          -1.2 name line
          1.3+ name string
          -1.2 url line
          1.3+ url iriReference
        component.pedigree
          ancestors list(component)
          descendants list(component)
          variants list(component)
          commits list(commit)
          patches list(patch)
          -1.2 notes line
          1.3+ notes string
        externalReference
          -1.2 url! line
          1.3-1.4 url! iriReference
          1.5+ url! anyOf(iriReference | bomLink)
          -1.2 comment line
          1.3+ comment string
          type! externalReference.type
          1.3+ hashes list(hash)
          1.7+ properties list(property)
        bomLink = anyOf(bomLinkDocumentType | bomLinkElementType)
        bomLinkDocumentType = bomLinkDocument
        bomLinkElementType = bomLinkElement
        externalReference.type =
          "vcs" "issue-tracker" "website" "advisories" "bom" "mailing-list" "social" "chat" "documentation" "support"
          "distribution" "license" "build-meta" "build-system" "other"
          1.4+ "release-notes"
          1.5+ "distribution-intake" "security-contact" "model-card" "log" "configuration" "evidence" "formulation" "attestation"
          1.5+ "threat-model" "adversary-model" "risk-assessment" "vulnerability-assertion" "exploitability-statement"
          1.5+ "pentest-report" "static-analysis-report" "dynamic-analysis-report" "runtime-analysis-report"
          1.5+ "component-analysis-report" "maturity-report" "certification-report" "codified-infrastructure" "quality-metrics"
          1.5+ "poam"
          1.6+ "source-distribution" "electronic-signature" "digital-signature" "rfc-9116"
          1.7+ "patent" "patent-family" "patent-assertion" "citation"
        componentEvidence
          1.5 identity componentEvidence.identity
          1.6+ identity oneOf(list(componentIdentityEvidence) | componentIdentityEvidence)
          1.5+ occurrences list(componentEvidence.occurrences)
          1.5+ callstack componentEvidence.callstack
          -1.4 licenses list(licenseChoice)
          1.5+ licenses licenseChoice
          copyright list(copyright)
        componentIdentityEvidence
          field! componentIdentityEvidence.field
          confidence num(0..1)
          concludedValue string
          methods list(componentIdentityEvidence.methods)
          tools set(anyOf(refLinkType | bomLinkElementType))
        componentIdentityEvidence.field = "group" "name" "version" "purl" "cpe" "omniborId" "swhid" "swid" "hash"
        componentIdentityEvidence.technique =
          "source-code-analysis" "binary-analysis" "manifest-analysis" "ast-fingerprint" "hash-comparison" "instrumentation"
          "dynamic-analysis" "filename" "attestation" "other"
        componentIdentityEvidence.methods
          technique! componentIdentityEvidence.technique
          confidence! num(0..1)
          value string
        componentEvidence.occurrences
          bom-ref refType
          location! string
          1.6+ line int(0..)
          1.6+ offset int(0..)
          1.6+ symbol string
          1.6+ additionalContext string
        componentEvidence.frames
          package string
          module! string
          function string
          parameters list(string)
          line int
          column int
          fullFilename string
        componentEvidence.callstack
          frames list(componentEvidence.frames)
        copyright
          text! string
        releaseNotes
          type! releaseType
          title string
          featuredImage iriReference
          socialImage iriReference
          description string
          timestamp dateTime
          aliases list(string)
          -1.5 tags list(string)
          1.6+ tags tags
          resolves list(issue)
          notes list(note)
          properties list(property)
        releaseType = string
        tags = list(string)
        note
          locale localeType
          text! attachment
        localeType = locale
        """
}
