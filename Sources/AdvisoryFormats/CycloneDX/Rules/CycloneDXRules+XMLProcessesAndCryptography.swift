// Facts of the CycloneDX schemas (ECMA-424), in the notation of `ElementNotation`.
extension CycloneDXRules {
    static let xmlProcessesAndCryptography: StaticString = """
        formulationType
          @**
          (formula:formulaType #*)*
        formulaType
          @bom-ref refType
          @**
          components:componentsType?
          services:servicesType?
          workflows:workflowsType?
          properties:propertiesType?
        workflowsType
          @**
          workflow:workflowType*
          #*
        workflowType
          @bom-ref! refType
          @**
          uid:string
          name:string?
          description:string?
          resourceReferences:resourceReferencesType?
          tasks:tasksType?
          taskDependencies:dependenciesType?
          taskTypes:workflowType.taskTypes
          trigger:triggerType?
          steps:workflowType.steps?
          inputs:workflowType.inputs?
          outputs:workflowType.outputs?
          timeStart:dateTime?
          timeEnd:dateTime?
          workspaces:workspacesType?
          runtimeTopology:dependenciesType?
          properties:propertiesType?
          #*
        workflowType.taskTypes
          taskType:taskTypeEnum*
        workflowType.steps
          step:stepType*
        workflowType.inputs
          input:inputType*
        workflowType.outputs
          output:outputType*
        resourceReferencesType
          @**
          resourceReference:resourceReferenceType*
          #*
        resourceReferenceType
          @**
          (ref:resourceReferenceType.ref | externalReference:externalReference)
          #*
        resourceReferenceType.ref = refLinkType | bomLinkElementType
        tasksType
          @**
          task:taskType*
          #*
        taskType
          @bom-ref! refType
          @**
          uid:string
          name:string?
          description:string?
          resourceReferences:resourceReferencesType?
          taskTypes:taskType.taskTypes
          trigger:triggerType?
          steps:taskType.steps?
          inputs:taskType.inputs?
          outputs:taskType.outputs?
          timeStart:dateTime?
          timeEnd:dateTime?
          workspaces:workspacesType?
          runtimeTopology:dependenciesType?
          properties:propertiesType?
          #*
        taskType.taskTypes
          taskType:taskTypeEnum*
        taskType.steps
          step:stepType*
        taskType.inputs
          input:inputType*
        taskType.outputs
          output:outputType*
        taskTypeEnum = string
          "copy" "clone" "lint" "scan" "merge" "build" "test" "deliver" "deploy" "release" "clean" "other"
        workspacesType
          @**
          workspace:workspaceType*
          #*
        workspaceType
          @bom-ref! refType
          @**
          (uid:string name:string? aliases:workspaceType.aliases? description:string?
            resourceReferences:resourceReferencesType? accessMode:accessModeEnum? mountPath:string? managedDataType:string?
            volumeRequest:string? volume:volumeType? properties:propertiesType? #*)*
        workspaceType.aliases
          alias:string*
        accessModeEnum = string
          "read-only" "read-write" "read-write-once" "write-once" "write-only"
        volumeType
          uid:string?
          name:string?
          mode:volumeModeEnum?
          path:string?
          sizeAllocated:string?
          persistent:boolean?
          remote:boolean?
          properties:propertiesType?
        volumeModeEnum = string
          "filesystem" "block"
        stepType
          @**
          name:string?
          description:string?
          commands:stepType.commands?
          properties:propertiesType?
          #*
        stepType.command
          executed:string?
          properties:propertiesType?
        stepType.commands
          command:stepType.command*
        triggerType
          @bom-ref! refType
          @**
          uid:string
          name:string?
          description:string?
          resourceReferences:resourceReferencesType?
          type:triggerTypeType
          event:eventType?
          conditions:triggerType.conditions?
          timeActivated:dateTime?
          inputs:triggerType.inputs?
          outputs:triggerType.outputs?
          properties:propertiesType?
          #*
        triggerType.condition
          description:string?
          expression:string?
          properties:propertiesType?
        triggerType.conditions
          condition:triggerType.condition*
        triggerType.inputs
          input:inputType*
        triggerType.outputs
          output:outputType*
        triggerTypeType = string
          "manual" "api" "webhook" "scheduled"
        eventType
          @**
          uid:string?
          description:string?
          timeReceived:dateTime?
          data:attachedTextType?
          source:resourceReferenceType?
          target:resourceReferenceType?
          properties:propertiesType?
          #*
        inputType
          @**
          (resource:resourceReferenceType | parameters:parametersType | environmentVars:inputType.environmentVars |
            data:attachedTextType)
          source:resourceReferenceType?
          target:resourceReferenceType?
          properties:propertiesType?
          #*
        inputType.environmentVars
          (environmentVar:propertyType? | value:string?)*
        outputType
          @**
          (resource:resourceReferenceType | environmentVars:outputType.environmentVars | data:attachedTextType)
          type:outputTypeEnum?
          source:resourceReferenceType?
          target:resourceReferenceType?
          properties:propertiesType?
          #*
        outputType.environmentVars
          (environmentVar:propertyType? | value:string?)*
        outputTypeEnum = string
          "artifact" "attestation" "log" "evidence" "metrics" "other"
        parametersType
          parameter:parameterType*
        parameterType
          @**
          name:string?
          value:string?
          dataType:string?
          #*
        cryptoPropertiesType
          assetType:cryptoPropertiesType.assetType
          algorithmProperties:cryptoPropertiesType.algorithmProperties?
          certificateProperties:cryptoPropertiesType.certificateProperties?
          relatedCryptoMaterialProperties:cryptoPropertiesType.relatedCryptoMaterialProperties?
          protocolProperties:cryptoPropertiesType.protocolProperties?
          oid:string?
        cryptoPropertiesType.assetType = string
          "algorithm" "certificate" "protocol" "related-crypto-material"
        cryptoPropertiesType.primitive = string
          "drbg" "mac" "block-cipher" "stream-cipher" "signature" "hash" "pke" "xof" "kdf" "key-agree" "kem" "ae" "combiner"
          "other" "unknown"
          1.7+ "key-wrap"
        cryptoPropertiesType.executionEnvironment = string
          "software-plain-ram" "software-encrypted-ram" "software-tee" "hardware" "other" "unknown"
        cryptoPropertiesType.implementationPlatform = string
          "generic" "x86_32" "x86_64" "armv7-a" "armv7-m" "armv8-a" "armv8-m" "armv9-a" "armv9-m" "s390x" "ppc64" "ppc64le"
          "other" "unknown"
        cryptoPropertiesType.certificationLevel = string
          "none" "fips140-1-l1" "fips140-1-l2" "fips140-1-l3" "fips140-1-l4" "fips140-2-l1" "fips140-2-l2" "fips140-2-l3"
          "fips140-2-l4" "fips140-3-l1" "fips140-3-l2" "fips140-3-l3" "fips140-3-l4" "cc-eal1" "cc-eal1+" "cc-eal2" "cc-eal2+"
          "cc-eal3" "cc-eal3+" "cc-eal4" "cc-eal4+" "cc-eal5" "cc-eal5+" "cc-eal6" "cc-eal6+" "cc-eal7" "cc-eal7+" "other"
          "unknown"
        cryptoPropertiesType.mode = string
          "cbc" "ecb" "ccm" "gcm" "cfb" "ofb" "ctr" "other" "unknown"
        cryptoPropertiesType.padding = string
          "pkcs5" "pkcs7" "pkcs1v15" "oaep" "raw" "other" "unknown"
        cryptoPropertiesType.cryptoFunction = string
          "generate" "keygen" "encrypt" "decrypt" "digest" "tag" "keyderive" "sign" "verify" "encapsulate" "decapsulate" "other"
          "unknown"
        cryptoPropertiesType.cryptoFunctions
          cryptoFunction:cryptoPropertiesType.cryptoFunction*
        cryptoPropertiesType.classicalSecurityLevel = integer(0..)
        cryptoPropertiesType.nistQuantumSecurityLevel = integer(0..6)
        cryptoPropertiesType.algorithmProperties
          primitive:cryptoPropertiesType.primitive?
          1.7+ algorithmFamily:string?
          parameterSetIdentifier:string?
          curve:string?
          1.7+ ellipticCurve:string?
          executionEnvironment:cryptoPropertiesType.executionEnvironment?
          implementationPlatform:cryptoPropertiesType.implementationPlatform?
          certificationLevel:cryptoPropertiesType.certificationLevel*
          mode:cryptoPropertiesType.mode?
          padding:cryptoPropertiesType.padding?
          cryptoFunctions:cryptoPropertiesType.cryptoFunctions?
          classicalSecurityLevel:cryptoPropertiesType.classicalSecurityLevel?
          nistQuantumSecurityLevel:cryptoPropertiesType.nistQuantumSecurityLevel?
        cryptoPropertiesType.state = string
          "pre-activation" "active" "suspended" "deactivated" "destroyed"
          -1.6 "compromised"
          1.7+ "revoked"
        cryptoPropertiesType.certificateState
          ((state:cryptoPropertiesType.state reason:string?) | (name:string description:string? reason:string?))
        cryptoPropertiesType.commonExtensionName = string
          "basicConstraints" "keyUsage" "extendedKeyUsage" "subjectAlternativeName" "authorityKeyIdentifier"
          "subjectKeyIdentifier" "authorityInformationAccess" "certificatePolicies" "crlDistributionPoints"
          "signedCertificateTimestamp"
        cryptoPropertiesType.certificateExtension
          ((commonExtensionName:cryptoPropertiesType.commonExtensionName commonExtensionValue:string) |
            (customExtensionName:string customExtensionValue:string?))
        cryptoPropertiesType.certificateExtensions
          certificateExtension:cryptoPropertiesType.certificateExtension*
        cryptoPropertiesType.relatedCryptographicAsset
          type:string?
          ref:refType?
        cryptoPropertiesType.relatedCryptographicAssets
          relatedCryptographicAsset:cryptoPropertiesType.relatedCryptographicAsset*
        cryptoPropertiesType.certificateProperties
          1.7+ serialNumber:string?
          subjectName:string?
          issuerName:string?
          notValidBefore:dateTime?
          notValidAfter:dateTime?
          signatureAlgorithmRef:refType?
          subjectPublicKeyRef:refType?
          certificateFormat:string?
          certificateExtension:string?
          1.7+ certificateFileExtension:string?
          1.7+ fingerprint:hashType?
          1.7+ certificateState:cryptoPropertiesType.certificateState*
          1.7+ creationDate:dateTime?
          1.7+ activationDate:dateTime?
          1.7+ deactivationDate:dateTime?
          1.7+ revocationDate:dateTime?
          1.7+ destructionDate:dateTime?
          1.7+ certificateExtensions:cryptoPropertiesType.certificateExtensions?
          1.7+ relatedCryptographicAssets:cryptoPropertiesType.relatedCryptographicAssets?
        cryptoPropertiesType.type = string
          "private-key" "public-key" "secret-key" "key" "ciphertext" "signature" "digest" "initialization-vector" "nonce" "seed"
          "salt" "shared-secret" "tag" "additional-data" "password" "credential" "token" "other" "unknown"
        cryptoPropertiesType.state2 = string
          "pre-activation" "active" "suspended" "deactivated" "compromised" "destroyed"
        cryptoPropertiesType.securedBy
          mechanism:string?
          algorithmRef:refType?
        cryptoPropertiesType.relatedCryptoMaterialProperties
          type:cryptoPropertiesType.type?
          id:string?
          1.7+ state:cryptoPropertiesType.state2?
          -1.6 state:cryptoPropertiesType.state?
          algorithmRef:refType?
          creationDate:dateTime?
          activationDate:dateTime?
          updateDate:dateTime?
          expirationDate:dateTime?
          value:string?
          size:integer?
          format:string?
          securedBy:cryptoPropertiesType.securedBy?
          1.7+ fingerprint:hashType?
          1.7+ relatedCryptographicAssets:cryptoPropertiesType.relatedCryptographicAssets?
        cryptoPropertiesType.type2 = string
          "tls" "ssh" "ipsec" "ike" "sstp" "wpa" "other" "unknown"
          1.7+ "dtls" "quic" "eap-aka" "eap-aka-prime" "prins" "5g-aka"
        cryptoPropertiesType.algorithms
          algorithm:refType*
        cryptoPropertiesType.identifiers
          identifier:string*
        cryptoPropertiesType.tlsGroups
          group:string*
        cryptoPropertiesType.tlsSignatureSchemes
          signatureScheme:string*
        cryptoPropertiesType.cipherSuite
          name:string?
          algorithms:cryptoPropertiesType.algorithms?
          identifiers:cryptoPropertiesType.identifiers?
          1.7+ tlsGroups:cryptoPropertiesType.tlsGroups?
          1.7+ tlsSignatureSchemes:cryptoPropertiesType.tlsSignatureSchemes?
        cryptoPropertiesType.cipherSuites
          cipherSuite:cryptoPropertiesType.cipherSuite*
        cryptoPropertiesType.encr
          %mixed
          name:string?
          keyLength:integer?
          algorithm:refType?
        cryptoPropertiesType.prf
          %mixed
          name:string?
          algorithm:refType?
        cryptoPropertiesType.integ
          %mixed
          name:string?
          algorithm:refType?
        cryptoPropertiesType.ke
          %mixed
          group:integer?
          algorithm:refType?
        cryptoPropertiesType.auth
          %mixed
          name:string?
          algorithm:refType?
        cryptoPropertiesType.ikev2TransformTypes
          1.7+ encr:cryptoPropertiesType.encr*
          1.7+ prf:cryptoPropertiesType.prf*
          1.7+ integ:cryptoPropertiesType.integ*
          1.7+ ke:cryptoPropertiesType.ke*
          -1.6 encr:refType*
          -1.6 prf:refType*
          -1.6 integ:refType*
          -1.6 ke:refType*
          esn:boolean?
          1.7+ auth:cryptoPropertiesType.auth*
          -1.6 auth:refType*
        cryptoPropertiesType.protocolProperties
          type:cryptoPropertiesType.type2?
          version:string?
          cipherSuites:cryptoPropertiesType.cipherSuites?
          ikev2TransformTypes:cryptoPropertiesType.ikev2TransformTypes?
          cryptoRef:refType*
        """
}
