public import JSONText

extension CSAFDocument {
    /// Reads an advisory of CSAF 2.0 or 2.1.
    ///
    /// What is checked is what the model needs: types, required members of document and tracking, timestamps. The schema of
    /// 2.0 and the mandatory tests are not applied, so that a receiver loses no advisory over a flaw it can live with.
    /// - Throws: `FormatRefusal` with every violation found.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(FormatRefusal) {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatRefusal) in
            try CSAFReader.parse(bytes, limits: limits)
        }
    }
}
