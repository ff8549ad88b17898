/// What SPDX 2.3 asks of a document as JSON (https://github.com/spdx/spdx-spec/blob/v2.3/schemas/spdx-schema.json): which members are
/// required, of what type they are, and the words that some of them may be. Members that are not listed are passed: real documents have
/// them, and say all else in full.
enum SPDXRules {
    static let json = ShapeNotation.schema([table], edition: 3, rules: [:])

    private static let table: StaticString = """
        document ...
          SPDXID! string
          creationInfo! creationInfo
          dataLicense! string
          name! string
          spdxVersion! string
          documentNamespace string
          comment string
          annotations list(annotation)
          documentDescribes list(string)
          externalDocumentRefs list(externalDocumentRef)
          hasExtractedLicensingInfos list(extractedLicense)
          packages list(package)
          files list(file)
          snippets list(snippet)
          relationships list(relationship)
          revieweds list(review)
        creationInfo ...
          created! string
          creators! list+(string)
          comment string
          licenseListVersion string
        annotation ...
          annotationDate! string
          annotationType! annotationType
          annotator! string
          comment! string
        annotationType = "OTHER" "REVIEW"
        review ...
          reviewDate! string
          reviewer string
          comment string
        externalDocumentRef ...
          checksum! checksum
          externalDocumentId! string
          spdxDocument! string
        checksum ...
          algorithm! algorithm
          checksumValue! string
        algorithm = "SHA1" "SHA224" "SHA256" "SHA384" "SHA512" "SHA3-256" "SHA3-384" "SHA3-512" "BLAKE2b-256" "BLAKE2b-384"
            "BLAKE2b-512" "BLAKE3" "MD2" "MD4" "MD5" "MD6" "ADLER32"
        extractedLicense ...
          extractedText! string
          licenseId! string
          name string
          comment string
        package ...
          SPDXID! string
          downloadLocation! string
          name! string
          versionInfo string
          packageFileName string
          supplier string
          originator string
          homepage string
          sourceInfo string
          licenseConcluded string
          licenseDeclared string
          licenseInfoFromFiles list(string)
          licenseComments string
          copyrightText string
          summary string
          description string
          comment string
          filesAnalyzed bool
          hasFiles list(string)
          attributionTexts list(string)
          annotations list(annotation)
          checksums list(checksum)
          externalRefs list(externalRef)
          packageVerificationCode verificationCode
          primaryPackagePurpose purpose
          builtDate string
          releaseDate string
          validUntilDate string
        externalRef ...
          referenceCategory! referenceCategory
          referenceLocator! string
          referenceType! string
          comment string
        referenceCategory = "OTHER" "PERSISTENT-ID" "PERSISTENT_ID" "SECURITY" "PACKAGE-MANAGER" "PACKAGE_MANAGER"
        verificationCode ...
          packageVerificationCodeValue! string
          packageVerificationCodeExcludedFiles list(string)
        purpose = "OTHER" "INSTALL" "ARCHIVE" "FIRMWARE" "APPLICATION" "FRAMEWORK" "LIBRARY" "CONTAINER" "SOURCE" "DEVICE"
            "OPERATING_SYSTEM" "OPERATING-SYSTEM" "FILE"
        file ...
          SPDXID! string
          checksums! list+(checksum)
          fileName! string
          fileTypes list(fileType)
          licenseConcluded string
          licenseInfoInFiles list(string)
          copyrightText string
          comment string
          noticeText string
          annotations list(annotation)
        fileType = "OTHER" "DOCUMENTATION" "IMAGE" "VIDEO" "ARCHIVE" "SPDX" "APPLICATION" "SOURCE" "BINARY" "TEXT" "AUDIO"
        snippet ...
          SPDXID! string
          name! string
          ranges! list+(range)
          snippetFromFile! string
        range ...
          endPointer! pointer
          startPointer! pointer
        pointer ...
          reference! string
          offset int
          lineNumber int
        relationship ...
          relatedSpdxElement! string
          relationshipType! relationshipType
          spdxElementId! string
          comment string
        relationshipType = "AMENDS" "ANCESTOR_OF" "BUILD_DEPENDENCY_OF" "BUILD_TOOL_OF" "CONTAINED_BY" "CONTAINS" "COPY_OF"
            "DATA_FILE_OF" "DEPENDENCY_MANIFEST_OF" "DEPENDENCY_OF" "DEPENDS_ON" "DESCENDANT_OF" "DESCRIBED_BY" "DESCRIBES"
            "DEV_DEPENDENCY_OF" "DEV_TOOL_OF" "DISTRIBUTION_ARTIFACT" "DOCUMENTATION_OF" "DYNAMIC_LINK" "EXAMPLE_OF"
            "EXPANDED_FROM_ARCHIVE" "FILE_ADDED" "FILE_DELETED" "FILE_MODIFIED" "GENERATED_FROM" "GENERATES" "HAS_PREREQUISITE"
            "METAFILE_OF" "OPTIONAL_COMPONENT_OF" "OPTIONAL_DEPENDENCY_OF" "OTHER" "PACKAGE_OF" "PATCH_APPLIED" "PATCH_FOR"
            "PREREQUISITE_FOR" "PROVIDED_DEPENDENCY_OF" "REQUIREMENT_DESCRIPTION_FOR" "RUNTIME_DEPENDENCY_OF" "SPECIFICATION_FOR"
            "STATIC_LINK" "TEST_CASE_OF" "TEST_DEPENDENCY_OF" "TEST_OF" "TEST_TOOL_OF" "VARIANT_OF"
        """
}
