"""veraPDF, where it is installed: which PDFs keep what they say of themselves (PDF/A-2a, PDF/UA-1)."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from dossier.errors import Finding, Place
from dossier.messages import finding

_FLAVOURS = {'2a': b'pdfaid:part>2<', 'ua1': b'pdfuaid:part>1<'}
_SECONDS = 900


def validate_pdfs(verapdf: str, pdfs: Mapping[str, bytes]) -> dict[str, dict[str, bool]]:
    """Return for every PDF by name the verdict on each standard that it names; what can't be understood is a no."""
    verdicts: dict[str, dict[str, bool]] = {name: {} for name in sorted(pdfs)}
    with TemporaryDirectory() as folder:
        for flavour, mark in _FLAVOURS.items():
            files = {f'{n}.pdf': name for n, name in enumerate(verdicts) if mark in pdfs[name]}
            for file, name in files.items():
                (Path(folder) / file).write_bytes(pdfs[name])
            accepted = _run(verapdf, flavour, Path(folder), [*files]) if files else set()
            for file, name in files.items():
                verdicts[name][flavour] = file in accepted
    return verdicts


def _run(verapdf: str, flavour: str, folder: Path, files: list[str]) -> set[str]:
    command = [verapdf, '--format', 'text', '-f', flavour, *(str(folder / file) for file in files)]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return set()
    return set(re.findall(r'^PASS .*/(\d+\.pdf)(?:\s|$)', result.stdout, re.MULTILINE))


def find_rejected(verdicts: Mapping[str, Mapping[str, bool]]) -> list[Finding]:
    """Return a finding for every standard that a PDF says to keep and doesn't."""
    wrong = [(name, flavour) for name, found in verdicts.items() for flavour, good in found.items() if not good]
    return [finding('archief-verapdf', Place(name), name=flavour) for name, flavour in wrong]
