"""A plot of ratios: names and numbers in, SVG out."""

from collections.abc import Mapping
from html import escape


def draw_bars(ratios: Mapping[str, float]) -> str:
    """Return a bar for each ratio, 1 being WeasyPrint in one piece (for editions: one edition)."""
    rows = []
    for n, (name, ratio) in enumerate(ratios.items()):
        y, width = 24 * n + 10, max(1, min(ratio, 2) * 200)
        colour = '#9aa5a8' if 'one piece' in name else '#1f7d86'
        rows.append(
            f'<text x="230" y="{y + 13}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="240" y="{y}" width="{width:.0f}" height="16" fill="{colour}"/>'
            f'<text x="{246 + width:.0f}" y="{y + 13}">{ratio:.2f}</text>'
        )
    height = 24 * len(rows) + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {height}" font-family="sans-serif" font-size="12">'
        f'<line x1="440" x2="440" y1="4" y2="{height - 4}" stroke="#666" stroke-dasharray="2 3"/>{"".join(rows)}</svg>\n'
    )
