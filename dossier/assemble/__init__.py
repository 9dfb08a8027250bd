"""Assemble: fragments to one PDF with numbers, one structure tree, outline, links and metadata. pikepdf's home."""
