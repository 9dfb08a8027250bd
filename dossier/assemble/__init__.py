"""Assemble: fragments to one PDF with pages, numbers, one structure tree, outline, links and metadata. pikepdf's home."""
