import CivilTime
import Clearinghouse

/// How many operators are done, over time: a number, and a small drawing of the same.
enum AdoptionCurve {
    private static let (width, height, margin): (Int64, Int64, Int64) = (320, 72, 4)

    static func markup(_ adoption: AdoptionSummary) -> HTML {
        guard let first = adoption.curve.first, let last = adoption.curve.last else {
            return "<p>No operator has reported it done yet.</p>"
        }
        let operators: HTML = adoption.doneCount == 1 ? "operator reports" : "operators report"
        let when: HTML = first == last ? "on \(first)" : "between \(first) and \(last)"
        let earlier = adoption.doneCount - adoption.currentCount
        let stale: HTML = earlier == 0 ? "" : " \(earlier) of the reports are about an earlier revision."
        return """
            <p><strong>\(adoption.doneCount)</strong> \(operators) it done, \(when).\(stale)</p>
            \(adoption.curve.count > 1 ? drawing(adoption.curve) : "")
            """
    }

    private static func drawing(_ curve: [Timestamp]) -> HTML {
        """
        <svg class="curve" viewBox="0 0 \(plain: width) \(plain: height)" role="img" \
        aria-label="Adoption over time, from 1 to \(Int64(curve.count))">
        <path d="M0 \(plain: height - 1)H\(plain: width)" stroke="currentColor" stroke-opacity=".3"/>
        <path d="\(steps(curve))" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/>
        </svg>
        """
    }

    /// A staircase: each report lifts the line by one operator at its moment.
    private static func steps(_ curve: [Timestamp]) -> HTML {
        guard let first = curve.first, let last = curve.last else { return "" }
        let span = max(1, last.millisecondsSinceEpoch - first.millisecondsSinceEpoch)
        let count = Int64(curve.count)
        // Moments a pixel apart would only write the same point again.
        var path: HTML = "M\(plain: margin) \(plain: height - margin)"
        var drawn: (x: Int64, y: Int64) = (-1, -1)
        for (index, moment) in curve.enumerated() {
            let x = margin + (moment.millisecondsSinceEpoch - first.millisecondsSinceEpoch) * (width - 2 * margin) / span
            let y = height - margin - Int64(index + 1) * (height - 2 * margin) / count
            guard (x, y) != drawn else { continue }
            path = path + "H\(plain: x)V\(plain: y)"
            drawn = (x, y)
        }
        return path + "H\(plain: width - margin)"
    }
}
