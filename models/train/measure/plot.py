"""A reliability diagram as SVG: how often a label is right by the probability that the model gives it."""

SIZE, LEFT, TOP = 320, 56, 16
COLOURS = ("#1f5fa8", "#c4561b")
SHAPES = ("circle", "square")


def x(value: float) -> float:
    """From a third, the least probability that the likeliest of three labels can have, to 1."""
    return LEFT + SIZE * (value - 1 / 3) / (2 / 3)


def y(value: float) -> float:
    return TOP + SIZE * (1 - value)


def mark(shape: str, cx: float, cy: float, radius: float, colour: str) -> str:
    if shape == "circle":
        return f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{radius:.1f}" fill="{colour}"/>'
    return (f'<rect x="{cx - radius:.1f}" y="{cy - radius:.1f}" width="{2 * radius:.1f}" height="{2 * radius:.1f}" '
            f'fill="{colour}"/>')


def reliability(groups: list[tuple[str, dict]]) -> str:
    """Of each group (title, figures of `painpoint evaluate`) a line through its bins; the area of a mark tells its texts."""
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + SIZE + 24} {TOP + SIZE + 90}" '
             'font-family="sans-serif" font-size="12" role="img">',
             "<title>Share of hits by probability of the label given</title>",
             '<rect width="100%" height="100%" fill="#fff"/>']
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        parts.append(f'<line x1="{LEFT}" x2="{LEFT + SIZE}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#ddd"/>'
                     f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:.0%}</text>')
    for tick in (0.4, 0.6, 0.8, 1):
        parts.append(f'<text x="{x(tick):.1f}" y="{TOP + SIZE + 18}" text-anchor="middle">{tick:.0%}</text>')
    parts.append(f'<line x1="{x(1 / 3):.1f}" y1="{y(1 / 3):.1f}" x2="{x(1):.1f}" y2="{y(1):.1f}" stroke="#888" stroke-dasharray="4 4"/>')
    for (title, figures), colour, shape, row in zip(groups, COLOURS, SHAPES, range(len(groups))):
        bins = [bin_ for bin_ in figures["calibration"] if bin_["n"] >= 10]
        points = " ".join(f"{x(bin_['confidence']):.1f},{y(bin_['accuracy']):.1f}" for bin_ in bins)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        for bin_ in bins:
            radius = 2 + 12 * (bin_["n"] / figures["n"]) ** 0.5
            parts.append(mark(shape, x(bin_["confidence"]), y(bin_["accuracy"]), radius, colour))
        at = TOP + SIZE + 56 + 18 * row
        parts.append(mark(shape, LEFT + 6, at - 4, 5, colour) + f'<text x="{LEFT + 18}" y="{at}">{title} '
                     f'(calibration error {figures["calibration_error"]:.3f})</text>')
    parts.append(f'<text x="{LEFT + SIZE}" y="{TOP + SIZE + 32}" text-anchor="end" fill="#555">probability given</text>'
                 f'<text x="14" y="{TOP + SIZE / 2}" transform="rotate(-90 14 {TOP + SIZE / 2})" text-anchor="middle" '
                 'fill="#555">share of hits</text></svg>')
    return "\n".join(parts) + "\n"
