"""Lay out: parts to fragments. Only `weasy.py` imports WeasyPrint, and only in the worker that needs it."""
