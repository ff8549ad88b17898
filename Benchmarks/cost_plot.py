"""Draws what something costs against its size: an SVG of panels beside each other, on logarithmic axes."""
import math

WIDTH, HEIGHT = 380, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 96, 34, 46
COLOURS = {"trivy": "#b3541e", "Breakwater": "#1f5f8b", "Python": "#b3541e", "warm": "#1f5f8b", "cold": "#6fa8cc"}


def label(value):
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


class Panel:
    def __init__(self, place, title, unit, series, things="components"):
        """The `place`-th panel; `series` has for each name a list of points, (number of things, value)."""
        self.offset, self.title, self.unit, self.series, self.things = place * WIDTH, title, unit, series, things
        points = [point for line in series.values() for point in line]
        self.sizes = sorted({size for size, _ in points})
        self.low = math.floor(min(math.log10(value) for _, value in points))
        self.high = math.ceil(max(math.log10(value) for _, value in points))

    def x(self, size):
        first, last = math.log10(self.sizes[0]), math.log10(self.sizes[-1])
        return self.offset + LEFT + (math.log10(size) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        return HEIGHT - BOTTOM - (math.log10(value) - self.low) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)

    def lines(self):
        left, right, bottom = self.x(self.sizes[0]), self.x(self.sizes[-1]), HEIGHT - BOTTOM
        yield f'<text x="{left}" y="18" font-weight="bold">{self.title}, {self.unit}</text>'
        for power in range(self.low, self.high + 1):
            y = self.y(10 ** power)
            yield f'<line x1="{left}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#ddd"/>'
            yield f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{label(10 ** power)}</text>'
        for size in self.sizes:
            yield f'<line x1="{self.x(size):.1f}" y1="{bottom}" x2="{self.x(size):.1f}" y2="{bottom + 4}" stroke="#444"/>'
            yield f'<text x="{self.x(size):.1f}" y="{bottom + 18}" text-anchor="middle">{label(size)}</text>'
        yield f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{bottom}" stroke="#444"/>'
        yield f'<text x="{(left + right) / 2:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{self.things}</text>'
        for name, points in self.series.items():
            places = " ".join(f"{self.x(size):.1f},{self.y(value):.1f}" for size, value in points)
            yield f'<polyline points="{places}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>'
            for size, value in points:
                yield f'<circle cx="{self.x(size):.1f}" cy="{self.y(value):.1f}" r="3" fill="{COLOURS[name]}"/>'
            size, value = points[-1]
            yield (f'<text x="{self.x(size) + 8:.1f}" y="{self.y(value) + 4:.1f}" fill="{COLOURS[name]}">'
                   f'{name} {value:.3g}</text>')


def draw(path, title, panels):
    """Writes the file."""
    body = "\n".join(line for panel in panels for line in panel.lines())
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(panels) * WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11" '
        f'role="img" aria-label="{title}">\n<title>{title}</title>\n<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n')
