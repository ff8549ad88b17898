// Facts of the CycloneDX schemas (ECMA-424), in the notation of `ShapeNotation`.
extension CycloneDXRules {
    static let jsonServicesAndProcesses: StaticString = """
        service
          bom-ref refType
          provider organizationalEntity
          -1.2 group line
          1.3+ group string
          -1.2 name! line
          1.3+ name! string
          -1.2 version line
          1.3-1.5 version string
          1.6+ version version
          -1.2 description line
          1.3+ description string
          -1.2 endpoints list(any)
          1.3+ endpoints list(iriReference)
          authenticated bool
          x-trust-boundary bool
          1.5+ trustZone string
          -1.4 data list(dataClassification)
          1.5+ data list(serviceData)
          -1.2 licenses list(service.licenses)
          1.3-1.4 licenses list(licenseChoice)
          1.5+ licenses licenseChoice
          1.7+ patentAssertions patentAssertions
          externalReferences list(externalReference)
          services set(service)
          1.4+ releaseNotes releaseNotes
          1.3+ properties list(property)
          1.6+ tags tags
          1.4+ signature signature
        serviceData
          flow! dataFlowDirection
          classification! dataClassification
          name string
          description string
          governance dataGovernance
          source list(anyOf(iriReference | bomLinkElementType))
          destination list(anyOf(iriReference | bomLinkElementType))
        dataFlowDirection = "inbound" "outbound" "bi-directional" "unknown"
        metadata.tools
          components set(component)
          services set(service)
        tool
          vendor string
          name string
          -1.5 version string
          1.6+ version version
          hashes list(hash)
          1.4+ externalReferences list(externalReference)
        tlpClassification = "CLEAR" "GREEN" "AMBER" "AMBER_AND_STRICT" "RED"
        metadata.distributionConstraints
          tlp tlpClassification
        dependency
          -1.4 ref! refType
          1.5+ ref! refLinkType
          -1.4 dependsOn set(refType)
          1.5+ dependsOn set(refLinkType)
          1.6+ provides set(refLinkType)
        compositions
          1.5+ bom-ref refType
          aggregate! aggregateType
          -1.4 assemblies set(string)
          1.5+ assemblies set(anyOf(refLinkType | bomLinkElementType))
          dependencies set(string)
          1.5+ vulnerabilities set(string)
          1.4+ signature signature
        aggregateType =
          "complete" "incomplete" "incomplete_first_party_only" "incomplete_third_party_only" "unknown" "not_specified"
          1.5+ "incomplete_first_party_proprietary_only" "incomplete_first_party_opensource_only"
          1.5+ "incomplete_third_party_proprietary_only" "incomplete_third_party_opensource_only"
        vulnerability
          bom-ref refType
          id string
          source vulnerabilitySource
          references list(vulnerability.references)
          ratings list(rating)
          cwes list(cwe)
          description string
          detail string
          recommendation string
          1.5+ workaround string
          1.5+ proofOfConcept vulnerability.proofOfConcept
          advisories list(advisory)
          created dateTime
          published dateTime
          updated dateTime
          1.5+ rejected dateTime
          credits vulnerability.credits
          -1.4 tools list(tool)
          1.5+ tools oneOf(vulnerability.tools | list(tool))
          analysis vulnerability.analysis
          affects set(vulnerability.affects)
          properties list(property)
        vulnerabilitySource
          url string
          name string
        vulnerability.references
          id! string
          source! vulnerabilitySource
        rating
          source vulnerabilitySource
          score num
          severity severity
          method scoreMethod
          vector string
          justification string
        severity = "critical" "high" "medium" "low" "info" "none" "unknown"
        scoreMethod =
          "CVSSv2" "CVSSv3" "CVSSv31" "OWASP" "other"
          1.5+ "CVSSv4" "SSVC"
        cwe = int(1..)
        vulnerability.proofOfConcept ...
          reproductionSteps string
          environment string
          supportingMaterial list(attachment)
        advisory
          title string
          url! iriReference
        vulnerability.credits
          organizations list(organizationalEntity)
          individuals list(organizationalContact)
        vulnerability.tools
          components set(component)
          services set(service)
        impactAnalysisState = "resolved" "resolved_with_pedigree" "exploitable" "in_triage" "false_positive" "not_affected"
        impactAnalysisJustification =
          "code_not_present" "code_not_reachable" "requires_configuration" "requires_dependency" "requires_environment"
          "protected_by_compiler" "protected_at_runtime" "protected_at_perimeter" "protected_by_mitigating_control"
        vulnerability.response = "can_not_fix" "will_not_fix" "update" "rollback" "workaround_available"
        vulnerability.analysis
          state impactAnalysisState
          justification impactAnalysisJustification
          response list(vulnerability.response)
          detail string
          1.5+ firstIssued dateTime
          1.5+ lastUpdated dateTime
        affectedStatus = "affected" "unaffected" "unknown"
        vulnerability.versions
          version version
          -1.5 range range
          1.6+ range versionRange
          status affectedStatus
          %one version | range
        vulnerability.affects
          -1.4 ref! refType
          1.5+ ref! anyOf(refLinkType | bomLinkElementType)
          versions list(vulnerability.versions)
        annotations
          bom-ref refType
          subjects! set(anyOf(refLinkType | bomLinkElementType))
          annotator! annotations.annotator
          timestamp! dateTime
          text! string
          signature signature
        annotations.annotator
          organization organizationalEntity
          individual organizationalContact
          component component
          service service
          %one organization | individual | component | service
        formula
          bom-ref refType
          components set(component)
          services set(service)
          workflows set(workflow)
          properties list(property)
        workflow
          bom-ref! refType
          uid! string
          name string
          description string
          resourceReferences set(resourceReferenceChoice)
          tasks set(task)
          taskDependencies set(dependency)
          taskTypes! list(taskType)
          trigger trigger
          steps set(step)
          inputs set(inputType)
          outputs set(outputType)
          timeStart dateTime
          timeEnd dateTime
          workspaces set(workspace)
          runtimeTopology set(dependency)
          properties list(property)
        resourceReferenceChoice
          ref anyOf(refLinkType | bomLinkElementType)
          externalReference externalReference
          %one ref | externalReference
        task
          bom-ref! refType
          uid! string
          name string
          description string
          resourceReferences set(resourceReferenceChoice)
          taskTypes! list(taskType)
          trigger trigger
          steps set(step)
          inputs set(inputType)
          outputs set(outputType)
          timeStart dateTime
          timeEnd dateTime
          workspaces set(workspace)
          runtimeTopology set(dependency)
          properties list(property)
        taskType = "copy" "clone" "lint" "scan" "merge" "build" "test" "deliver" "deploy" "release" "clean" "other"
        trigger
          bom-ref! refType
          uid! string
          name string
          description string
          resourceReferences set(resourceReferenceChoice)
          type! trigger.type
          event event
          conditions set(condition)
          timeActivated dateTime
          inputs set(inputType)
          outputs set(outputType)
          properties list(property)
        trigger.type = "manual" "api" "webhook" "scheduled"
        event
          uid string
          description string
          timeReceived dateTime
          data attachment
          source resourceReferenceChoice
          target resourceReferenceChoice
          properties list(property)
        condition
          description string
          expression string
          properties list(property)
        inputType
          source resourceReferenceChoice
          target resourceReferenceChoice
          resource resourceReferenceChoice
          parameters set(parameter)
          environmentVars set(oneOf(property | string))
          data attachment
          properties list(property)
          %one resource | parameters | environmentVars | data
        parameter
          name string
          value string
          dataType string
        outputType
          type outputType.type
          source resourceReferenceChoice
          target resourceReferenceChoice
          resource resourceReferenceChoice
          data attachment
          environmentVars set(oneOf(property | string))
          properties list(property)
          %one resource | environmentVars | data
        outputType.type = "artifact" "attestation" "log" "evidence" "metrics" "other"
        step
          name string
          description string
          commands list(command)
          properties list(property)
        command
          executed string
          properties list(property)
        workspace
          bom-ref! refType
          uid! string
          name string
          aliases list(string)
          description string
          resourceReferences set(resourceReferenceChoice)
          accessMode workspace.accessMode
          mountPath string
          managedDataType string
          volumeRequest string
          volume volume
          properties list(property)
        workspace.accessMode = "read-only" "read-write" "read-write-once" "write-once" "write-only"
        volume
          uid string
          name string
          mode volume.mode
          path string
          sizeAllocated string
          persistent bool
          remote bool
          properties list(property)
        volume.mode = "filesystem" "block"
        bom.assessors
          bom-ref refType
          thirdParty bool
          organization organizationalEntity
        bom.conformance
          score num(0..1)
          rationale string
          mitigationStrategies list(refLinkType)
        bom.confidence
          score num(0..1)
          rationale string
        bom.map
          requirement refLinkType
          claims list(refLinkType)
          counterClaims list(refLinkType)
          conformance bom.conformance
          confidence bom.confidence
        bom.attestations
          summary string
          assessor refLinkType
          map list(bom.map)
          signature signature
        bom.claims
          bom-ref refType
          target refLinkType
          predicate string
          mitigationStrategies list(refLinkType)
          reasoning string
          evidence list(refLinkType)
          counterEvidence list(refLinkType)
          externalReferences list(externalReference)
          signature signature
        bom.contents
          attachment attachment
          url iriReference
        bom.data
          name string
          contents bom.contents
          classification dataClassification
          sensitiveData list(string)
          governance dataGovernance
        bom.evidence
          bom-ref refType
          propertyName string
          description string
          data list(bom.data)
          created dateTime
          expires dateTime
          author organizationalContact
          reviewer organizationalContact
          signature signature
        bom.targets
          organizations list(organizationalEntity)
          components list(component)
          services list(service)
        bom.signatories
          name string
          role string
          signature signature
          organization organizationalEntity
          externalReference externalReference
          %one signature | externalReference+organization
        bom.affirmation
          statement string
          signatories list(bom.signatories)
          signature signature
        bom.declarations
          assessors list(bom.assessors)
          attestations list(bom.attestations)
          claims list(bom.claims)
          evidence list(bom.evidence)
          targets bom.targets
          affirmation bom.affirmation
          signature signature
        """
}
