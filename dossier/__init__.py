"""Printed dossiers from structured texts: see pipeline.py."""

__version__ = '0.1.0'
