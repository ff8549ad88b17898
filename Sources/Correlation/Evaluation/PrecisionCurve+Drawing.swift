/// The curve as an SVG document that needs nothing else.
extension PrecisionCurve {
    /// Recall to the right, precision upwards from 0.9; further curves are drawn beside it.
    package static func drawing(_ curves: [(name: String, curve: PrecisionCurve)], threshold: Float) -> String {
        let frame = Frame()
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 420" font-family="sans-serif" font-size="12">
            <rect width="640" height="420" fill="#ffffff"/>
            <text x="320" y="20" text-anchor="middle" font-size="14">Correlation: precision over recall</text>

            """
        for step in 0...10 {
            let x = frame.x(Double(step) / 10)
            svg += "<path d=\"M\(x) \(frame.top)V\(frame.bottom)\" stroke=\"#e4e4e4\"/>"
            svg += "<text x=\"\(x)\" y=\"\(frame.bottom + 16)\" text-anchor=\"middle\">\(decimal(Double(step) / 10, 1))</text>\n"
            let precision = 0.9 + Double(step) / 100
            let y = frame.y(precision)
            svg += "<path d=\"M\(frame.left) \(y)H\(frame.right)\" stroke=\"#e4e4e4\"/>"
            svg += "<text x=\"\(frame.left - 6)\" y=\"\(y + 4)\" text-anchor=\"end\">\(decimal(precision, 2))</text>\n"
        }
        let goal = frame.y(0.995)
        svg += "<path d=\"M\(frame.left) \(goal)H\(frame.right)\" stroke=\"#b00020\" stroke-dasharray=\"4 3\"/>"
        svg += "<text x=\"\(frame.right)\" y=\"\(goal - 5)\" text-anchor=\"end\" fill=\"#b00020\">0.995</text>\n"
        for (place, (name, curve)) in curves.enumerated() {
            svg += curve.line(name, colour: colours[place % colours.count], place, frame, threshold)
        }
        return svg + "<text x=\"\(frame.x(0.5))\" y=\"\(frame.bottom + 36)\" text-anchor=\"middle\">recall</text>\n</svg>\n"
    }

    private static let colours = ["#0b57a4", "#2e7d32", "#8a4b00", "#6a1b9a"]

    private struct Frame {
        let left = 60.0
        let right = 620.0
        let top = 40.0
        let bottom = 370.0

        func x(_ recall: Double) -> Double { rounded(left + recall * (right - left)) }
        func y(_ precision: Double) -> Double { rounded(bottom - (max(0.9, precision) - 0.9) / 0.1 * (bottom - top)) }
        private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
    }

    private func line(_ name: String, colour: String, _ place: Int, _ frame: Frame, _ threshold: Float) -> String {
        var path = ""
        var last = (x: -1.0, y: -1.0)
        for point in points {
            let next = (x: frame.x(point.recall), y: frame.y(point.precision))
            if next == last { continue }
            path += "\(path.isEmpty ? "M" : "L")\(next.x) \(next.y)"
            last = next
        }
        let y = frame.bottom - 16 - Double(place) * 18
        var text = name
        var mark = ""
        if let chosen = point(at: threshold) {
            text += ": \(Self.decimal(chosen.precision, 4)) at \(Self.decimal(chosen.recall, 4))"
            mark = "<circle cx=\"\(frame.x(chosen.recall))\" cy=\"\(frame.y(chosen.precision))\" r=\"4\" fill=\"\(colour)\"/>"
        }
        return """
            <path d="\(path)" fill="none" stroke="\(colour)" stroke-width="1.5"/>\(mark)
            <text x="\(frame.left + 10)" y="\(y)" fill="\(colour)">\(text)</text>

            """
    }

    /// With so many places, without a C library.
    package static func decimal(_ value: Double, _ places: Int) -> String {
        let scale = (0..<places).reduce(1) { product, _ in product * 10 }
        let whole = Int((value * Double(scale)).rounded())
        let fraction = String(whole % scale)
        return "\(whole / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
