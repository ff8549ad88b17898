// Facts of the CycloneDX schemas (ECMA-424), in the notation of `ShapeNotation`.
extension CycloneDXRules {
    static let jsonModelsAndCryptography: StaticString = """
        modelCard
          bom-ref refType
          modelParameters modelCard.modelParameters
          quantitativeAnalysis modelCard.quantitativeAnalysis
          considerations modelCard.considerations
          properties list(property)
        modelCard.type = "supervised" "unsupervised" "reinforcement-learning" "semi-supervised" "self-supervised"
        modelCard.approach
          type modelCard.type
        componentData
          bom-ref refType
          type! componentData.type
          name string
          contents componentData.contents
          classification dataClassification
          sensitiveData list(string)
          graphics graphicsCollection
          description string
          governance dataGovernance
        componentData.type = "source-code" "configuration" "dataset" "definition" "other"
        componentData.contents
          attachment attachment
          url iriReference
          properties list(property)
        -1.4 dataClassification
          flow! dataFlow
          classification! string
        1.5+ dataClassification = string
        graphicsCollection
          description string
          collection list(graphic)
        graphic
          name string
          image attachment
        dataGovernance
          custodians list(dataGovernanceResponsibleParty)
          stewards list(dataGovernanceResponsibleParty)
          owners list(dataGovernanceResponsibleParty)
        dataGovernanceResponsibleParty
          organization organizationalEntity
          contact organizationalContact
          %one organization | contact
        modelCard.dataReference
          ref anyOf(refLinkType | bomLinkElementType)
        inputOutputMLParameters
          format string
        modelCard.modelParameters
          approach modelCard.approach
          task string
          architectureFamily string
          modelArchitecture string
          -1.5 datasets list(oneOf(componentData | modelCard.dataComponentReference))
          1.6+ datasets list(oneOf(componentData | modelCard.dataReference))
          inputs list(inputOutputMLParameters)
          outputs list(inputOutputMLParameters)
        performanceMetric
          type string
          value string
          slice string
          confidenceInterval performanceMetric.confidenceInterval
        performanceMetric.confidenceInterval
          lowerBound string
          upperBound string
        modelCard.quantitativeAnalysis
          performanceMetrics list(performanceMetric)
          graphics graphicsCollection
        risk
          name string
          mitigationStrategy string
        environmentalConsiderations
          energyConsumptions list(energyConsumption)
          properties list(property)
        energyConsumption
          activity! energyConsumption.activity
          energyProviders! list(energyProvider)
          activityEnergyCost! energyMeasure
          co2CostEquivalent co2Measure
          co2CostOffset co2Measure
          properties list(property)
        energyConsumption.activity =
          "design" "data-collection" "data-preparation" "training" "fine-tuning" "validation" "deployment" "inference" "other"
        energyProvider
          bom-ref refType
          description string
          organization! organizationalEntity
          energySource! energyProvider.energySource
          energyProvided! energyMeasure
          externalReferences list(externalReference)
        energyProvider.energySource =
          "coal" "oil" "natural-gas" "nuclear" "wind" "solar" "geothermal" "hydropower" "biofuel" "unknown" "other"
        energyMeasure
          value! num
          unit! energyMeasure.unit
        energyMeasure.unit = "kWh"
        co2Measure
          value! num
          unit! co2Measure.unit
        co2Measure.unit = "tCO2eq"
        fairnessAssessment
          groupAtRisk string
          benefits string
          harms string
          mitigationStrategy string
        modelCard.considerations
          users list(string)
          useCases list(string)
          technicalLimitations list(string)
          performanceTradeoffs list(string)
          ethicalConsiderations list(risk)
          1.6+ environmentalConsiderations environmentalConsiderations
          fairnessAssessments list(fairnessAssessment)
        cryptoProperties
          assetType! cryptoProperties.assetType
          algorithmProperties cryptoProperties.algorithmProperties
          certificateProperties cryptoProperties.certificateProperties
          relatedCryptoMaterialProperties cryptoProperties.relatedCryptoMaterialProperties
          protocolProperties cryptoProperties.protocolProperties
          oid string
        cryptoProperties.assetType = "algorithm" "certificate" "protocol" "related-crypto-material"
        cryptoProperties.primitive =
          "drbg" "mac" "block-cipher" "stream-cipher" "signature" "hash" "pke" "xof" "kdf" "key-agree" "kem" "ae" "combiner"
          "other" "unknown"
          1.7+ "key-wrap"
        algorithmFamiliesEnum =
          "3DES" "3GPP-XOR" "A5/1" "A5/2" "AES" "ARIA" "Argon2" "Ascon" "BLAKE2" "BLAKE3" "BLS" "Blowfish" "CAMELLIA" "CAST5"
          "CAST6" "CMAC" "CMEA" "CTR_DRBG" "ChaCha" "ChaCha20" "DES" "DSA" "ECDH" "ECDSA" "ECIES" "EdDSA" "ElGamal" "FFDH"
          "Fortuna" "GOST" "HC" "HKDF" "HMAC" "HMAC_DRBG" "HPKE" "Hash_DRBG" "IDEA" "IKE-PRF" "J-PAKE" "LMS" "MD2" "MD4" "MD5"
          "MILENAGE" "ML-DSA" "ML-KEM" "MQV" "OPAQUE" "PBES1" "PBES2" "PBKDF1" "PBKDF2" "PBMAC1" "Poly1305" "RABBIT" "RC2" "RC4"
          "RC5" "RC6" "RIPEMD" "RSAES-OAEP" "RSAES-PKCS1" "RSASSA-PKCS1" "RSASSA-PSS" "SEED" "SHA-1" "SHA-2" "SHA-3" "SLH-DSA"
          "SM2" "SM3" "SM4" "SM9" "SNOW3G" "SP800-108" "SPAKE2" "SPAKE2PLUS" "SRP" "Salsa20" "Serpent" "SipHash" "Skipjack"
          "TUAK" "Twofish" "UMAC" "Whirlpool" "X3DH" "XMSS" "Yarrow" "ZUC" "bcrypt" "scrypt" "yescrypt"
        ellipticCurvesEnum =
          "anssi/FRP256v1" "bls/BLS12-377" "bls/BLS12-381" "bls/BLS12-446" "bls/BLS12-455" "bls/BLS12-638" "bls/BLS24-477"
          "bls/Bandersnatch" "bn/bn158" "bn/bn190" "bn/bn222" "bn/bn254" "bn/bn286" "bn/bn318" "bn/bn350" "bn/bn382" "bn/bn414"
          "bn/bn446" "bn/bn478" "bn/bn510" "bn/bn542" "bn/bn574" "bn/bn606" "bn/bn638" "brainpool/brainpoolP160r1"
          "brainpool/brainpoolP160t1" "brainpool/brainpoolP192r1" "brainpool/brainpoolP192t1" "brainpool/brainpoolP224r1"
          "brainpool/brainpoolP224t1" "brainpool/brainpoolP256r1" "brainpool/brainpoolP256t1" "brainpool/brainpoolP320r1"
          "brainpool/brainpoolP320t1" "brainpool/brainpoolP384r1" "brainpool/brainpoolP384t1" "brainpool/brainpoolP512r1"
          "brainpool/brainpoolP512t1" "gost/gost256" "gost/gost512" "gost/id-GostR3410-2001-CryptoPro-A-ParamSet"
          "gost/id-GostR3410-2001-CryptoPro-B-ParamSet" "gost/id-GostR3410-2001-CryptoPro-C-ParamSet"
          "gost/id-tc26-gost-3410-12-512-paramSetA" "gost/id-tc26-gost-3410-12-512-paramSetB"
          "gost/id-tc26-gost-3410-2012-256-paramSetA" "gost/id-tc26-gost-3410-2012-512-paramSetC" "mnt/mnt1" "mnt/mnt2/1"
          "mnt/mnt2/2" "mnt/mnt3/1" "mnt/mnt3/2" "mnt/mnt3/3" "mnt/mnt4" "mnt/mnt5/1" "mnt/mnt5/2" "mnt/mnt5/3" "nist/B-163"
          "nist/B-233" "nist/B-283" "nist/B-409" "nist/B-571" "nist/K-163" "nist/K-233" "nist/K-283" "nist/K-409" "nist/K-571"
          "nist/P-192" "nist/P-224" "nist/P-256" "nist/P-384" "nist/P-521" "nums/ed-254-mont" "nums/ed-255-mers"
          "nums/ed-256-mont" "nums/ed-382-mont" "nums/ed-383-mers" "nums/ed-384-mont" "nums/ed-510-mont" "nums/ed-511-mers"
          "nums/ed-512-mont" "nums/numsp256d1" "nums/numsp256t1" "nums/numsp384d1" "nums/numsp384t1" "nums/numsp512d1"
          "nums/numsp512t1" "nums/w-254-mont" "nums/w-255-mers" "nums/w-256-mont" "nums/w-382-mont" "nums/w-383-mers"
          "nums/w-384-mont" "nums/w-510-mont" "nums/w-511-mers" "nums/w-512-mont" "oakley/192-bit Random ECP Group"
          "oakley/224-bit Random ECP Group" "oakley/256-bit Random ECP Group" "oakley/384-bit Random ECP Group"
          "oakley/521-bit Random ECP Group" "oakley/Oakley Group 3" "oakley/Oakley Group 4" "oscaa/SM2" "other/BADA55-R-256"
          "other/BADA55-VPR-224" "other/BADA55-VPR2-224" "other/BADA55-VR-224" "other/BADA55-VR-256" "other/BADA55-VR-384"
          "other/Curve1174" "other/Curve22103" "other/Curve25519" "other/Curve383187" "other/Curve41417" "other/Curve4417"
          "other/Curve448" "other/Curve67254" "other/E-222" "other/E-382" "other/E-521" "other/Ed25519" "other/Ed448"
          "other/Ed448-Goldilocks" "other/FourQ" "other/Fp224BN" "other/Fp254BNa" "other/Fp254BNb" "other/Fp254n2BNa"
          "other/Fp256BN" "other/Fp384BN" "other/Fp512BN" "other/JubJub" "other/M-221" "other/M-383" "other/M-511"
          "other/MDC201601" "other/Pallas" "other/Tom-256" "other/Tom-384" "other/Tom-521" "other/Tweedledee" "other/Tweedledum"
          "other/Vesta" "other/ssc-160" "other/ssc-192" "other/ssc-224" "other/ssc-256" "other/ssc-288" "other/ssc-320"
          "other/ssc-384" "other/ssc-512" "secg/secp112r1" "secg/secp112r2" "secg/secp128r1" "secg/secp128r2" "secg/secp160k1"
          "secg/secp160r1" "secg/secp160r2" "secg/secp192k1" "secg/secp192r1" "secg/secp224k1" "secg/secp224r1" "secg/secp256k1"
          "secg/secp256r1" "secg/secp384r1" "secg/secp521r1" "secg/sect113r1" "secg/sect113r2" "secg/sect131r1" "secg/sect131r2"
          "secg/sect163k1" "secg/sect163r1" "secg/sect163r2" "secg/sect193r1" "secg/sect193r2" "secg/sect233k1" "secg/sect233r1"
          "secg/sect239k1" "secg/sect283k1" "secg/sect283r1" "secg/sect409k1" "secg/sect409r1" "secg/sect571k1" "secg/sect571r1"
          "wtls/wap-wsg-idm-ecid-wtls1" "wtls/wap-wsg-idm-ecid-wtls10" "wtls/wap-wsg-idm-ecid-wtls11"
          "wtls/wap-wsg-idm-ecid-wtls12" "wtls/wap-wsg-idm-ecid-wtls3" "wtls/wap-wsg-idm-ecid-wtls4"
          "wtls/wap-wsg-idm-ecid-wtls5" "wtls/wap-wsg-idm-ecid-wtls6" "wtls/wap-wsg-idm-ecid-wtls7"
          "wtls/wap-wsg-idm-ecid-wtls8" "wtls/wap-wsg-idm-ecid-wtls9" "x962/c2onb191v4" "x962/c2onb191v5" "x962/c2onb239v4"
          "x962/c2onb239v5" "x962/c2pnb163v1" "x962/c2pnb163v2" "x962/c2pnb163v3" "x962/c2pnb176w1" "x962/c2pnb208w1"
          "x962/c2pnb272w1" "x962/c2pnb304w1" "x962/c2pnb368w1" "x962/c2tnb191v1" "x962/c2tnb191v2" "x962/c2tnb191v3"
          "x962/c2tnb239v1" "x962/c2tnb239v2" "x962/c2tnb239v3" "x962/c2tnb359v1" "x962/c2tnb431r1" "x962/prime192v1"
          "x962/prime192v2" "x962/prime192v3" "x962/prime239v1" "x962/prime239v2" "x962/prime239v3" "x962/prime256v1"
          "x963/ansip160k1" "x963/ansip160r1" "x963/ansip160r2" "x963/ansip192k1" "x963/ansip224k1" "x963/ansip224r1"
          "x963/ansip256k1" "x963/ansip384r1" "x963/ansip521r1" "x963/ansit163k1" "x963/ansit163r1" "x963/ansit163r2"
          "x963/ansit193r1" "x963/ansit193r2" "x963/ansit233k1" "x963/ansit233r1" "x963/ansit239k1" "x963/ansit283k1"
          "x963/ansit283r1" "x963/ansit409k1" "x963/ansit409r1" "x963/ansit571k1" "x963/ansit571r1"
        cryptoProperties.executionEnvironment =
          "software-plain-ram" "software-encrypted-ram" "software-tee" "hardware" "other" "unknown"
        cryptoProperties.implementationPlatform =
          "generic" "x86_32" "x86_64" "armv7-a" "armv7-m" "armv8-a" "armv8-m" "armv9-a" "armv9-m" "s390x" "ppc64" "ppc64le"
          "other" "unknown"
        cryptoProperties.certificationLevel =
          "none" "fips140-1-l1" "fips140-1-l2" "fips140-1-l3" "fips140-1-l4" "fips140-2-l1" "fips140-2-l2" "fips140-2-l3"
          "fips140-2-l4" "fips140-3-l1" "fips140-3-l2" "fips140-3-l3" "fips140-3-l4" "cc-eal1" "cc-eal1+" "cc-eal2" "cc-eal2+"
          "cc-eal3" "cc-eal3+" "cc-eal4" "cc-eal4+" "cc-eal5" "cc-eal5+" "cc-eal6" "cc-eal6+" "cc-eal7" "cc-eal7+" "other"
          "unknown"
        cryptoProperties.mode = "cbc" "ecb" "ccm" "gcm" "cfb" "ofb" "ctr" "other" "unknown"
        cryptoProperties.padding = "pkcs5" "pkcs7" "pkcs1v15" "oaep" "raw" "other" "unknown"
        cryptoProperties.cryptoFunctions =
          "generate" "keygen" "encrypt" "decrypt" "digest" "tag" "keyderive" "sign" "verify" "encapsulate" "decapsulate" "other"
          "unknown"
        cryptoProperties.algorithmProperties
          primitive cryptoProperties.primitive
          1.7+ algorithmFamily algorithmFamiliesEnum
          parameterSetIdentifier string
          curve string
          1.7+ ellipticCurve ellipticCurvesEnum
          executionEnvironment cryptoProperties.executionEnvironment
          implementationPlatform cryptoProperties.implementationPlatform
          certificationLevel list(cryptoProperties.certificationLevel)
          mode cryptoProperties.mode
          padding cryptoProperties.padding
          cryptoFunctions list(cryptoProperties.cryptoFunctions)
          classicalSecurityLevel int(0..)
          nistQuantumSecurityLevel int(0..6)
        cryptoProperties.state =
          "pre-activation" "active" "suspended" "deactivated" "destroyed"
          -1.6 "compromised"
          1.7+ "revoked"
        cryptoProperties.preDefinedState
          state! cryptoProperties.state
          reason string
        cryptoProperties.customState
          name! string
          description string
          reason string
        cryptoProperties.commonExtensionName =
          "basicConstraints" "keyUsage" "extendedKeyUsage" "subjectAlternativeName" "authorityKeyIdentifier"
          "subjectKeyIdentifier" "authorityInformationAccess" "certificatePolicies" "crlDistributionPoints"
          "signedCertificateTimestamp"
        cryptoProperties.commonExtensions
          commonExtensionName! cryptoProperties.commonExtensionName
          commonExtensionValue! string
        cryptoProperties.customExtensions
          customExtensionName! string
          customExtensionValue string
        relatedCryptographicAssets = list(relatedCryptographicAsset)
        relatedCryptographicAsset
          type string
          ref refType
        cryptoProperties.certificateProperties
          1.7+ serialNumber string
          subjectName string
          issuerName string
          notValidBefore dateTime
          notValidAfter dateTime
          signatureAlgorithmRef refType
          subjectPublicKeyRef refType
          certificateFormat string
          certificateExtension string
          1.7+ certificateFileExtension string
          1.7+ fingerprint hash
          1.7+ certificateState list(oneOf(cryptoProperties.preDefinedState | cryptoProperties.customState))
          1.7+ creationDate dateTime
          1.7+ activationDate dateTime
          1.7+ deactivationDate dateTime
          1.7+ revocationDate dateTime
          1.7+ destructionDate dateTime
          1.7+ certificateExtensions list(oneOf(cryptoProperties.commonExtensions | cryptoProperties.customExtensions))
          1.7+ relatedCryptographicAssets relatedCryptographicAssets
        cryptoProperties.type =
          "private-key" "public-key" "secret-key" "key" "ciphertext" "signature" "digest" "initialization-vector" "nonce" "seed"
          "salt" "shared-secret" "tag" "additional-data" "password" "credential" "token" "other" "unknown"
        cryptoProperties.state2 = "pre-activation" "active" "suspended" "deactivated" "compromised" "destroyed"
        securedBy
          mechanism string
          algorithmRef refType
        cryptoProperties.relatedCryptoMaterialProperties
          type cryptoProperties.type
          id string
          -1.6 state cryptoProperties.state
          1.7+ state cryptoProperties.state2
          algorithmRef refType
          creationDate dateTime
          activationDate dateTime
          updateDate dateTime
          expirationDate dateTime
          value string
          size int
          format string
          securedBy securedBy
          1.7+ fingerprint hash
          1.7+ relatedCryptographicAssets relatedCryptographicAssets
        cryptoProperties.type2 =
          "tls" "ssh" "ipsec" "ike" "sstp" "wpa" "other" "unknown"
          1.7+ "dtls" "quic" "eap-aka" "eap-aka-prime" "prins" "5g-aka"
        cipherSuite
          name string
          algorithms list(refType)
          identifiers list(string)
          1.7+ tlsGroups list(string)
          1.7+ tlsSignatureSchemes list(string)
        ikeV2Enc
          name string
          keyLength int
          algorithm refType
        cryptoRefArray = list(refType)
        ikeV2Prf
          name string
          algorithm refType
        ikeV2Integ
          name string
          algorithm refType
        ikeV2Ke
          group int
          algorithm refType
        ikeV2Auth
          name string
          algorithm refType
        cryptoProperties.ikev2TransformTypes
          -1.6 encr cryptoRefArray
          1.7+ encr anyOf(list(ikeV2Enc) | cryptoRefArray)
          -1.6 prf cryptoRefArray
          1.7+ prf anyOf(list(ikeV2Prf) | cryptoRefArray)
          -1.6 integ cryptoRefArray
          1.7+ integ anyOf(list(ikeV2Integ) | cryptoRefArray)
          -1.6 ke cryptoRefArray
          1.7+ ke anyOf(list(ikeV2Ke) | cryptoRefArray)
          esn bool
          -1.6 auth cryptoRefArray
          1.7+ auth anyOf(list(ikeV2Auth) | cryptoRefArray)
        cryptoProperties.protocolProperties
          type cryptoProperties.type2
          version string
          cipherSuites list(cipherSuite)
          ikev2TransformTypes cryptoProperties.ikev2TransformTypes
          cryptoRefArray cryptoRefArray
          1.7+ relatedCryptographicAssets relatedCryptographicAssets
        signature = jsf.signature
        jsf.signature = oneOf(jsf.signature.1 | jsf.signature.2 | jsf.signer)
        jsf.signer
          algorithm! oneOf(jsf.signer.algorithm.algorithm | uri)
          keyId string
          publicKey jsf.publicKey
          certificatePath list(string)
          excludes list(string)
          value! string
        jsf.signer.algorithm.algorithm =
          "RS256" "RS384" "RS512" "PS256" "PS384" "PS512" "ES256" "ES384" "ES512" "Ed25519" "Ed448" "HS256" "HS384" "HS512"
        jsf.publicKey.ec.kty = "EC"
        jsf.publicKey.ec.crv = "P-256" "P-384" "P-521"
        jsf.publicKey.ec
          kty! jsf.publicKey.ec.kty
          crv! jsf.publicKey.ec.crv
          x! string
          y! string
        jsf.publicKey.okp.kty = "OKP"
        jsf.publicKey.okp.crv = "Ed25519" "Ed448"
        jsf.publicKey.okp
          kty! jsf.publicKey.okp.kty
          crv! jsf.publicKey.okp.crv
          x! string
        jsf.publicKey.rsa.kty = "RSA"
        jsf.publicKey.rsa
          kty! jsf.publicKey.rsa.kty
          n! string
          e! string
        jsf.publicKey = oneOf(jsf.publicKey.ec | jsf.publicKey.okp | jsf.publicKey.rsa)
        jsf.signature.1
          signers list(jsf.signer)
        jsf.signature.2
          chain list(jsf.signer)
        """
}
