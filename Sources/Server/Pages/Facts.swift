/// Names and values, those without a value left out.
struct Facts {
    private var rows: [HTML] = []

    mutating func add(_ name: String, _ value: HTML?) {
        guard let value else { return }
        rows.append("<dt>\(name)</dt><dd>\(value)</dd>\n")
    }

    /// What somebody outside wrote.
    mutating func add(said name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        add(name, "\(said: value)")
    }

    var markup: HTML { rows.isEmpty ? "" : "<dl class=\"facts\">\n\(rows)</dl>" }
}
