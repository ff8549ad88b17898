// Facts of the CycloneDX schemas (ECMA-424), in the notation of `ElementNotation`.
extension CycloneDXRules {
    static let xmlComponents: StaticString = """
        -1.4 refType = string
        1.5+ refType = string(1..)
        refLinkType = refType
        versionType = normalizedString(..1024)
        versionRangeType = normalizedString(1..4096)
        bomLinkDocumentType = anyURI bomLinkDocument
        bomLinkElementType = anyURI bomLinkElement
        bomLinkType = bomLinkDocumentType | bomLinkElementType
        metadata
          @*
          timestamp:dateTime?
          1.5+ lifecycles:metadata.lifecycles?
          tools:metadata.tools?
          authors:metadata.authors?
          component:component?
          1.6+ manufacturer:organizationalEntity?
          1.3+ manufacture:organizationalEntity?
          1.3+ supplier:organizationalEntity?
          1.3+ licenses:licenseChoiceType?
          1.3+ properties:propertiesType?
          1.7+ distributionConstraints:metadata.distributionConstraints?
          -1.2 manufacture:organizationalEntity*
          -1.2 supplier:organizationalEntity*
          #*
        metadata.lifecycle
          (phase:lifecyclePhaseType | (name:normalizedString description:string?))
        metadata.lifecycles
          lifecycle:metadata.lifecycle*
        metadata.tools
          1.5+ (tool:toolType* | (components:componentsType? services:servicesType?))
          -1.4 tool:toolType*
        metadata.authors
          author:organizationalContact*
        metadata.distributionConstraints
          tlp:tlpClassificationType?
        lifecyclePhaseType = string
          "design" "pre-build" "build" "post-build" "operations" "discovery" "decommission"
        organizationalEntity
          1.5+ @bom-ref refType
          @*
          name:normalizedString?
          1.6+ address:postalAddressType?
          url:anyURI*
          contact:organizationalContact*
          #*
        tlpClassificationType = string
          "CLEAR" "GREEN" "AMBER" "AMBER_AND_STRICT" "RED"
        toolType
          @*
          vendor:normalizedString?
          name:normalizedString?
          1.6+ version:versionType?
          -1.5 version:normalizedString?
          hashes:toolType.hashes?
          1.4+ externalReferences:externalReferences?
          #*
        toolType.hashes
          hash:hashType*
        organizationalContact
          1.5+ @bom-ref refType
          @*
          name:normalizedString?
          1.3+ email:normalizedString?
          1.3+ phone:normalizedString?
          -1.2 email:normalizedString*
          -1.2 phone:normalizedString*
          #*
        componentsType
          @**
          (component:component #*)*
        component
          @type! classification
          1.2+ @mime-type mimeType
          1.7+ @isExternal boolean
          1.1+ @bom-ref refType
          1.1+ @**
          -1.0 @*
          1.2+ supplier:organizationalEntity?
          1.6+ manufacturer:organizationalEntity?
          1.6+ authors:component.authors?
          1.2+ author:normalizedString?
          publisher:normalizedString?
          group:normalizedString?
          name:normalizedString
          1.7+ (version:versionType | versionRange:versionRangeType)?
          1.6 version:versionType?
          1.4-1.5 version:normalizedString?
          -1.3 version:normalizedString
          description:normalizedString?
          scope:scope?
          hashes:component.hashes?
          1.3+ licenses:licenseChoiceType?
          -1.2 licenses:component.licenses?
          copyright:normalizedString?
          1.7+ patentAssertions:component.patentAssertions?
          cpe:cpe?
          purl:anyURI?
          1.6+ omniborId:string*
          1.6+ swhid:string*
          1.2+ swid:swidType?
          1.1+ modified:boolean?
          1.1+ pedigree:pedigreeType?
          1.1+ externalReferences:externalReferences?
          1.3+ properties:propertiesType?
          -1.0 modified:boolean
          components:component.components?
          1.3+ evidence:componentEvidenceType?
          1.4+ releaseNotes:releaseNotesType?
          1.5+ modelCard:modelCardType?
          1.6+ data:componentDataType*
          1.6+ cryptoProperties:cryptoPropertiesType?
          1.6+ tags:tagsType?
          1.5 data:componentDataType?
          1.1+ #*
        component.authors
          author:organizationalContact*
        component.hashes
          hash:hashType*
        component.patentAssertions
          patentAssertion:patentAssertionType*
        component.components
          1.1+ (component:component #*)*
          -1.0 component:component*
        licensingType
          altIds:licensingType.altIds?
          licensor:licensingType.licensor?
          licensee:licensingType.licensee?
          purchaser:licensingType.purchaser?
          purchaseOrder:string?
          licenseTypes:licensingType.licenseTypes?
          lastRenewal:dateTime?
          expiration:dateTime?
          #*
        licensingType.altIds
          altId:normalizedString*
        licensingType.licensor
          (organization:organizationalEntity? | individual:organizationalContact?)
        licensingType.licensee
          (organization:organizationalEntity? | individual:organizationalContact?)
        licensingType.purchaser
          (organization:organizationalEntity? | individual:organizationalContact?)
        licensingType.licenseTypes
          licenseType:licenseTypeEnum*
        licenseType
          1.5+ @bom-ref refType
          1.6+ @acknowledgement licenseAcknowledgementEnumerationType
          1.6+ (id:licenseID | name:normalizedString)
          -1.5 (id:licenseID? | name:normalizedString?)
          1.2+ text:attachedTextType?
          -1.1 text:licenseTextType?
          url:anyURI?
          1.7+ licensing:licensingType?
          1.5-1.6 licensing:licenseType.licensing?
          1.5+ properties:propertiesType?
          #*
        licenseExpressionType
          @bom-ref refType
          @acknowledgement licenseAcknowledgementEnumerationType
          = normalizedString
        licenseExpressionDetailedType
          @bom-ref refType
          @acknowledgement licenseAcknowledgementEnumerationType
          @expression! normalizedString
          details:licenseExpressionDetailedType.details*
          licensing:licensingType?
          properties:propertiesType?
          #*
        licenseExpressionDetailedType.details
          @license-identifier! normalizedString
          @bom-ref refType
          text:attachedTextType?
          url:anyURI?
          #*
        attachedTextType
          @content-type normalizedString
          @encoding encoding
          = string
        hashType
          @alg! hashAlg
          = hashValue
        scope = string
          "required" "optional"
          1.1+ "excluded"
        classification = string
          "application" "framework" "library" "operating-system" "device"
          1.1+ "file"
          1.2+ "container" "firmware"
          1.5+ "platform" "device-driver" "machine-learning-model" "data"
          1.6+ "cryptographic-asset"
        hashAlg = string
          "MD5" "SHA-1" "SHA-256" "SHA-384" "SHA-512" "SHA3-256" "SHA3-512"
          1.2+ "SHA3-384" "BLAKE2b-256" "BLAKE2b-384" "BLAKE2b-512" "BLAKE3"
          1.7+ "Streebog-256" "Streebog-512"
        licenseTypeEnum = string
          "academic" "appliance" "client-access" "concurrent-user" "core-points" "custom-metric" "device" "evaluation"
          "named-user" "node-locked" "oem" "perpetual" "processor-points" "subscription" "user" "other"
        hashValue = token hashContent
        mimeType = token mediaType
        encoding = string
          "base64"
        cpe = string cpe
        swidType
          @tagId! string
          @name! string
          @version string
          @tagVersion integer
          @patch boolean
          text:attachedTextType?
          url:anyURI?
          #*
        urnUuid = string serialNumber
        externalReferenceType = string
          "vcs" "issue-tracker" "website" "advisories" "bom" "mailing-list" "social" "chat" "documentation" "support"
          "distribution" "license" "build-meta" "build-system" "other"
          1.4+ "release-notes"
          1.5+ "distribution-intake" "security-contact" "model-card" "log" "configuration" "evidence" "formulation" "attestation"
          1.5+ "threat-model" "adversary-model" "risk-assessment" "vulnerability-assertion" "exploitability-statement"
          1.5+ "pentest-report" "static-analysis-report" "dynamic-analysis-report" "runtime-analysis-report"
          1.5+ "component-analysis-report" "maturity-report" "certification-report" "quality-metrics" "codified-infrastructure"
          1.5+ "poam"
          1.6+ "source-distribution" "electronic-signature" "digital-signature" "rfc-9116"
          1.7+ "patent" "patent-family" "patent-assertion" "citation"
        externalReferences
          reference:externalReference*
        externalReference
          @type! externalReferenceType
          @**
          1.5+ url:externalReference.url
          -1.4 url:anyURI
          comment:string?
          1.3+ hashes:externalReference.hashes?
          1.7+ properties:propertiesType?
        externalReference.url = anyURI | bomLinkType
        externalReference.hashes
          hash:hashType*
        commitsType
          (commit:commitType #*)*
        commitType
          uid:normalizedString?
          url:anyURI?
          author:identifiableActionType?
          committer:identifiableActionType?
          message:normalizedString?
          #*
        patchesType
          (patch:patchType #*)*
        patchType
          @type! patchClassification
          diff:diffType?
          resolves:patchType.resolves?
          #*
        patchType.resolves
          issue:issueType*
        patchClassification = string
          "unofficial" "monkey" "backport" "cherry-pick"
        issueClassification = string
          "defect" "enhancement" "security"
        diffType
          text:attachedTextType?
          url:anyURI?
          #*
        issueType
          @type! issueClassification
          id:normalizedString?
          name:normalizedString?
          description:normalizedString?
          source:issueType.source?
          references:issueType.references?
          #*
        issueType.source
          name:normalizedString?
          url:anyURI?
        issueType.references
          url:anyURI*
        identifiableActionType
          timestamp:dateTime?
          name:normalizedString?
          email:normalizedString?
          #*
        pedigreeType
          ancestors:componentsType?
          descendants:componentsType?
          variants:componentsType?
          commits:commitsType?
          1.2+ patches:patchesType?
          notes:string?
          #*
        dependencyType
          1.5+ @ref! refLinkType
          -1.4 @ref! refType
          @*
          1.6+ (dependency:dependencyType? provides:dependencyType.provides?)*
          -1.5 dependency:dependencyType*
        dependencyType.provides
          @ref! refLinkType
        dependenciesType
          dependency:dependencyType*
        servicesType
          @**
          (service:service #*)*
        service
          @bom-ref refType
          @**
          provider:organizationalEntity?
          group:normalizedString?
          name:normalizedString
          1.6+ version:versionType?
          -1.5 version:normalizedString?
          description:normalizedString?
          endpoints:service.endpoints?
          authenticated:boolean?
          x-trust-boundary:boolean?
          1.5+ trustZone:string?
          data:service.data?
          1.3+ licenses:licenseChoiceType?
          1.7+ patentAssertions:service.patentAssertions?
          -1.2 licenses:service.licenses?
          externalReferences:externalReferences?
          1.3+ properties:propertiesType?
          services:service.services?
          1.4+ releaseNotes:releaseNotesType?
          1.6+ tags:tagsType?
          #*
        service.endpoints
          endpoint:anyURI*
        service.url = anyURI | bomLinkElementType
        service.source
          url:service.url*
        service.destination
          url:service.url*
        service.dataflow
          @name string
          @description string
          @**
          classification:dataClassificationType?
          governance:dataGovernance?
          source:service.source?
          destination:service.destination?
        service.data
          1.5+ (classification:dataClassificationType* | dataflow:service.dataflow*)
          -1.4 classification:dataClassificationType*
        service.patentAssertions
          patentAssertion:patentAssertionType*
        service.services
          (service:service #*)*
        dataClassificationType
          @flow! dataFlowType
          = normalizedString
        dataFlowType = string
          "inbound" "outbound" "bi-directional" "unknown"
        licenseChoiceType
          1.7+ (license:licenseType | expression:licenseExpressionType | expression-detailed:licenseExpressionDetailedType)*
          1.5-1.6 (license:licenseType* | expression:licenseChoiceType.expression?)
          -1.4 (license:licenseType* | expression:normalizedString?)
        licenseAcknowledgementEnumerationType = string
          "declared" "concluded"
        copyrightsType
          text:string*
        identityFieldType = string
          "group" "name" "version" "purl" "cpe" "swid" "hash"
          1.6+ "omniborId" "swhid"
        decimalPercentType = decimal(0..1)
        evidenceTechnique = string
          "source-code-analysis" "binary-analysis" "manifest-analysis" "ast-fingerprint" "hash-comparison" "instrumentation"
          "dynamic-analysis" "filename" "attestation" "other"
        """
}
