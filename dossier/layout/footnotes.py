"""Keeps a footnote on the page of its mark.

When the second line of a later paragraph does not fit, WeasyPrint 70 moves notes that are already set to the next page
(`block._linebox_layout`: `report = not context.in_column and ...`); in columns it breaks before that paragraph instead.
So that function is told that it is in a column; only the notes' area needs the truth. All names here are private to
WeasyPrint; tests/test_weasyprint_private.py shows that the fault is there without this, and gone with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from weasyprint.layout import LayoutContext, block


@contextmanager
def steady_footnotes() -> Iterator[None]:
    """Lay out with footnotes that stay where their marks are."""
    lay_out_lines, update_area = block._linebox_layout, LayoutContext._update_footnote_area
    truth: list[bool] = []

    def lines(context: Any, *arguments: Any, **named: Any) -> Any:
        truth.append(truth[0] if truth else context.in_column)
        before, context.in_column = context.in_column, True
        try:
            return lay_out_lines(context, *arguments, **named)
        finally:
            context.in_column = before
            truth.pop()

    def area(context: Any) -> Any:
        before = context.in_column
        context.in_column = truth[0] if truth else before
        try:
            return update_area(context)
        finally:
            context.in_column = before

    with patch.object(block, '_linebox_layout', lines), patch.object(LayoutContext, '_update_footnote_area', area):
        yield
