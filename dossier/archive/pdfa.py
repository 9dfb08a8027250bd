"""veraPDF, where it is installed: which PDFs keep what they say of themselves (PDF/A-2a, PDF/UA-1)."""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

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
    return {
        file
        for line in result.stdout.splitlines()
        for file in files
        if line.startswith('PASS ') and file in line.split()[1]
    }
