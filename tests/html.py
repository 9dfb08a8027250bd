"""The elements of a piece of HTML, as a browser would see them."""

from html.parser import HTMLParser


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or '' for name, value in attrs}))

    def handle_comment(self, data: str) -> None:
        self.found.append(('!', {}))

    handle_decl = handle_pi = unknown_decl = handle_comment


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return the name and the attributes of every element; a comment or a declaration is named !."""
    parser = _Elements()
    parser.feed(html)
    parser.close()
    return parser.found
