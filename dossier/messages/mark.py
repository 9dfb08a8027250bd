"""Marks what is translated later."""


def N_(text: str) -> str:  # noqa: N802  # gettext's usual name
    """Mark a text for the catalogue."""
    return text
