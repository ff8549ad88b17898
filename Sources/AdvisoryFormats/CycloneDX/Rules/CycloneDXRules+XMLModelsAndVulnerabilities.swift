// Facts of the CycloneDX schemas (ECMA-424), in the notation of `ElementNotation`.
extension CycloneDXRules {
    static let xmlModelsAndVulnerabilities: StaticString = """
        componentEvidenceType
          @**
          1.6+ identity:componentEvidenceType.identity*
          1.5 identity:componentEvidenceType.identity?
          1.5+ occurrences:componentEvidenceType.occurrences?
          1.5+ callstack:componentEvidenceType.callstack?
          licenses:licenseChoiceType?
          copyright:copyrightsType?
          #*
        componentEvidenceType.method
          technique:evidenceTechnique
          confidence:decimalPercentType
          value:string?
        componentEvidenceType.methods
          method:componentEvidenceType.method*
        componentEvidenceType.tools
          tool:bomReferenceType*
        componentEvidenceType.identity
          field:identityFieldType
          confidence:decimalPercentType?
          1.6+ concludedValue:string?
          methods:componentEvidenceType.methods?
          tools:componentEvidenceType.tools?
        componentEvidenceType.occurrence
          @bom-ref refType
          1.6+ location:string
          1.6+ line:nonNegativeInteger?
          1.6+ offset:nonNegativeInteger?
          1.6+ symbol:string?
          1.6+ additionalContext:string?
          -1.5 location:anyType
        componentEvidenceType.occurrences
          occurrence:componentEvidenceType.occurrence*
        componentEvidenceType.parameters
          parameter:string*
        componentEvidenceType.frame
          package:string?
          module:string
          function:string?
          parameters:componentEvidenceType.parameters?
          line:integer?
          column:integer?
          fullFilename:string?
        componentEvidenceType.frames
          frame:componentEvidenceType.frame*
        componentEvidenceType.callstack
          frames:componentEvidenceType.frames?
          tools:componentEvidenceType.tools?
        compositionsType
          @**
          (composition:compositionType #*)*
        compositionType
          1.5+ @bom-ref refType
          1.5+ (aggregate:aggregateType assemblies:compositionType.assemblies? dependencies:compositionType.dependencies?
            vulnerabilities:compositionType.vulnerabilities?)*
          -1.4 (aggregate:aggregateType assemblies:compositionType.assemblies? dependencies:compositionType.dependencies?)*
        compositionType.assemblies
          (assembly:bomReferenceType #*)*
        compositionType.dependencies
          (dependency:bomReferenceType #*)*
        compositionType.vulnerabilities
          (vulnerability:bomReferenceType #*)*
        aggregateType = string
          "complete" "incomplete" "incomplete_first_party_only" "incomplete_third_party_only" "unknown" "not_specified"
          1.5+ "incomplete_first_party_proprietary_only" "incomplete_first_party_opensource_only"
          1.5+ "incomplete_third_party_proprietary_only" "incomplete_third_party_opensource_only"
        localeType = string locale
        releaseNotesType
          @**
          1.6+ (type:normalizedString title:string? featuredImage:anyURI? socialImage:anyURI? description:string?
            timestamp:dateTime? aliases:releaseNotesType.aliases? tags:tagsType? resolves:releaseNotesType.resolves?
            notes:releaseNotesType.notes? properties:propertiesType? #*)*
          -1.5 (type:normalizedString title:string? featuredImage:anyURI? socialImage:anyURI? description:string?
            timestamp:dateTime? aliases:releaseNotesType.aliases? tags:releaseNotesType.tags?
            resolves:releaseNotesType.resolves? notes:releaseNotesType.notes? properties:propertiesType? #*)*
        releaseNotesType.aliases
          alias:normalizedString*
        releaseNotesType.resolves
          issue:issueType*
        releaseNotesType.note
          (locale:localeType? text:attachedTextType)*
        releaseNotesType.notes
          note:releaseNotesType.note*
        modelCardType
          @bom-ref refType
          modelParameters:modelCardType.modelParameters?
          quantitativeAnalysis:modelCardType.quantitativeAnalysis?
          considerations:modelCardType.considerations?
          properties:propertiesType?
        modelCardType.approach
          type:machineLearningApproachType?
        modelCardType.ref = refLinkType | bomLinkElementType
        modelCardType.datasets
          (ref:modelCardType.ref? | dataset:componentDataType?)*
        modelCardType.input
          format:string
        modelCardType.inputs
          input:modelCardType.input*
        modelCardType.output
          format:string
        modelCardType.outputs
          output:modelCardType.output*
        modelCardType.modelParameters
          approach:modelCardType.approach?
          task:string?
          architectureFamily:string?
          modelArchitecture:string?
          datasets:modelCardType.datasets?
          inputs:modelCardType.inputs?
          outputs:modelCardType.outputs?
        modelCardType.confidenceInterval
          lowerBound:string?
          upperBound:string?
        modelCardType.performanceMetric
          type:string?
          value:string?
          slice:string?
          confidenceInterval:modelCardType.confidenceInterval?
        modelCardType.performanceMetrics
          performanceMetric:modelCardType.performanceMetric*
        modelCardType.graphic
          name:string?
          image:attachedTextType?
        modelCardType.collection
          graphic:modelCardType.graphic*
        modelCardType.graphics
          description:string?
          collection:modelCardType.collection?
        modelCardType.quantitativeAnalysis
          performanceMetrics:modelCardType.performanceMetrics?
          graphics:modelCardType.graphics?
        modelCardType.users
          user:string*
        modelCardType.useCases
          useCase:string*
        modelCardType.technicalLimitations
          technicalLimitation:string*
        modelCardType.performanceTradeoffs
          performanceTradeoff:string*
        modelCardType.ethicalConsideration
          name:string?
          mitigationStrategy:string?
        modelCardType.ethicalConsiderations
          ethicalConsideration:modelCardType.ethicalConsideration*
        modelCardType.fairnessAssessment
          groupAtRisk:string?
          benefits:string?
          harms:string?
          mitigationStrategy:string?
        modelCardType.fairnessAssessments
          fairnessAssessment:modelCardType.fairnessAssessment*
        modelCardType.considerations
          users:modelCardType.users?
          useCases:modelCardType.useCases?
          technicalLimitations:modelCardType.technicalLimitations?
          performanceTradeoffs:modelCardType.performanceTradeoffs?
          ethicalConsiderations:modelCardType.ethicalConsiderations?
          1.6+ environmentalConsiderations:environmentalConsiderationsType?
          fairnessAssessments:modelCardType.fairnessAssessments?
        environmentalConsiderationsType
          energyConsumptions:energyConsumptionsType*
          properties:propertiesType?
        energyConsumptionsType
          @**
          (energyConsumption:energyConsumptionType #*)*
        energyConsumptionType
          activity:energyConsumptionType.activity
          energyProviders:energyProviderType+
          activityEnergyCost:energyMeasureType
          co2CostEquivalent:co2MeasureType?
          co2CostOffset:co2MeasureType?
          properties:propertiesType?
        energyConsumptionType.activity = string
          "design" "data-collection" "data-preparation" "training" "fine-tuning" "validation" "deployment" "inference" "other"
        energyMeasureType
          value:decimal
          unit:energyMeasureType.unit
        energyMeasureType.unit = string
          "kWh"
        co2MeasureType
          value:decimal
          unit:co2MeasureType.unit
        co2MeasureType.unit = string
          "tCO2eq"
        energyProviderType
          @bom-ref refType
          description:string?
          organization:organizationalEntity
          energySource:energyProviderType.energySource
          energyProvided:energyMeasureType
          externalReferences:externalReferences?
        energyProviderType.energySource = string
          "coal" "oil" "natural-gas" "nuclear" "wind" "solar" "geothermal" "hydropower" "biofuel" "unknown" "other"
        postalAddressType
          @bom-ref refType
          country:string?
          region:string?
          locality:string?
          postOfficeBoxNumber:string?
          postalCode:string?
          streetAddress:string?
        machineLearningApproachType = string
          "supervised" "unsupervised" "reinforcement-learning" "semi-supervised" "self-supervised"
        componentDataType
          @bom-ref refType
          type:componentDataTypeEnumeration
          name:string?
          contents:componentDataType.contents?
          classification:string?
          1.7+ sensitiveData:string*
          -1.6 sensitiveData:anyType*
          graphics:graphicsCollectionType?
          description:string?
          governance:dataGovernance?
        componentDataType.contents
          attachment:attachedTextType?
          url:anyURI?
          properties:propertiesType?
        dataGovernance
          custodians:dataGovernance.custodians?
          stewards:dataGovernance.stewards?
          owners:dataGovernance.owners?
        dataGovernance.custodians
          custodian:organizationOrIndividualType*
        dataGovernance.stewards
          steward:organizationOrIndividualType*
        dataGovernance.owners
          owner:organizationOrIndividualType*
        organizationOrIndividualType
          (organization:organizationalEntity? | individual:organizationalContact?)
        graphicsCollectionType
          1.7+ description:string?
          -1.6 description:anyType?
          collection:graphicsCollectionType.collection?
        graphicsCollectionType.graphic
          name:string?
          image:attachedTextType?
        graphicsCollectionType.collection
          graphic:graphicsCollectionType.graphic*
        componentDataTypeEnumeration = string
          "source-code" "configuration" "dataset" "definition" "other"
        bomReferenceType
          1.5+ @ref! bomReferenceType.ref
          -1.4 @ref! refType
          @*
        bomReferenceType.ref = refLinkType | bomLinkType
        propertiesType
          @**
          (property:propertyType #*)*
        propertyType
          @name! string
          = normalizedString
        vulnerabilitiesType
          @**
          (vulnerability:vulnerabilityType #*)*
        vulnerabilityType
          @bom-ref refType
          id:normalizedString?
          source:vulnerabilitySourceType?
          references:vulnerabilityType.references?
          ratings:vulnerabilityType.ratings?
          cwes:vulnerabilityType.cwes?
          description:string?
          detail:string?
          recommendation:string?
          1.5+ workaround:string?
          1.5+ proofOfConcept:vulnerabilityType.proofOfConcept?
          advisories:vulnerabilityType.advisories?
          created:dateTime?
          published:dateTime?
          updated:dateTime?
          1.5+ rejected:dateTime?
          credits:vulnerabilityType.credits?
          tools:vulnerabilityType.tools?
          analysis:vulnerabilityType.analysis?
          affects:vulnerabilityType.affects?
          properties:propertiesType?
        vulnerabilityType.reference
          1.5+ id:normalizedString
          1.5+ source:vulnerabilitySourceType
          -1.4 id:normalizedString?
          -1.4 source:vulnerabilitySourceType?
        vulnerabilityType.references
          (reference:vulnerabilityType.reference #*)*
        vulnerabilityType.ratings
          rating:ratingType*
        vulnerabilityType.cwes
          cwe:integer*
        vulnerabilityType.supportingMaterial
          attachment:attachedTextType*
        vulnerabilityType.proofOfConcept
          reproductionSteps:string?
          environment:string?
          supportingMaterial:vulnerabilityType.supportingMaterial?
        vulnerabilityType.advisories
          advisory:advisoryType*
        vulnerabilityType.organizations
          organization:organizationalEntity*
        vulnerabilityType.individuals
          individual:organizationalContact*
        vulnerabilityType.credits
          organizations:vulnerabilityType.organizations?
          individuals:vulnerabilityType.individuals?
        vulnerabilityType.tools
          1.5+ (tool:toolType* | (components:componentsType? services:servicesType?))
          -1.4 tool:toolType*
        vulnerabilityType.responses
          response:impactAnalysisResponsesType*
        vulnerabilityType.analysis
          state:impactAnalysisStateType?
          justification:impactAnalysisJustificationType?
          responses:vulnerabilityType.responses?
          detail:string?
          1.5+ firstIssued:dateTime?
          1.5+ lastUpdated:dateTime?
        vulnerabilityType.ref = refLinkType | bomLinkElementType
        vulnerabilityType.version
          1.6+ ((version:versionType | range:versionRangeType) status:impactAnalysisAffectedStatusType?)?
          -1.5 ((version:normalizedString | range:normalizedString) status:impactAnalysisAffectedStatusType?)?
        vulnerabilityType.versions
          version:vulnerabilityType.version*
        vulnerabilityType.target
          1.5+ (ref:vulnerabilityType.ref versions:vulnerabilityType.versions?)?
          -1.4 (ref:refType versions:vulnerabilityType.versions?)?
        vulnerabilityType.affects
          target:vulnerabilityType.target*
        vulnerabilitySourceType
          (name:normalizedString? url:anyURI?)*
        ratingType
          source:vulnerabilitySourceType?
          score:decimal?
          severity:severityType?
          method:scoreSourceType?
          vector:normalizedString?
          justification:string?
        advisoryType
          title:normalizedString?
          url:anyURI
        annotationsType
          @**
          (annotation:annotationType #*)*
        annotatorChoiceType
          (organization:organizationalEntity? | individual:organizationalContact? | component:component? | service:service?)
        annotationType
          @bom-ref refType
          @**
          subjects:annotationType.subjects?
          annotator:annotatorChoiceType
          timestamp:dateTime
          text:string
          #*
        annotationType.subjects
          (subject:bomReferenceType #*)*
        severityType = string
          "critical" "high" "medium" "low" "info" "none" "unknown"
        impactAnalysisStateType = string
          "resolved" "resolved_with_pedigree" "exploitable" "in_triage" "false_positive" "not_affected"
        impactAnalysisJustificationType = string
          "code_not_present" "code_not_reachable" "requires_configuration" "requires_dependency" "requires_environment"
          "protected_by_compiler" "protected_at_runtime" "protected_at_perimeter" "protected_by_mitigating_control"
        scoreSourceType = string
          "CVSSv2" "CVSSv3" "CVSSv31" "OWASP" "other"
          1.5+ "CVSSv4" "SSVC"
        impactAnalysisResponsesType = string
          "can_not_fix" "will_not_fix" "update" "rollback" "workaround_available"
        impactAnalysisAffectedStatusType = string
          "affected" "unaffected" "unknown"
        """
}
