"""A proof of when and by whom a bag was sealed: an RFC 3161 timestamp or a detached signature over its root file, by openssl."""

import subprocess
from pathlib import Path

from dossier.archive.bag import ROOT_FILE
from dossier.errors import ArchiveError, Place, ToolError
from dossier.messages import finding

_SECONDS = 60


def check_token(bag: Path, token: Path, authority: Path) -> None:
    """Check a timestamp (RFC 3161) against the certificates of its authority; ArchiveError, ToolError."""
    _openssl(token, 'ts', '-verify', '-data', str(bag / ROOT_FILE), '-in', str(token), '-CAfile', str(authority))


def check_signature(bag: Path, signature: Path, key: Path) -> None:
    """Check a detached signature (SHA-256) with the public key of the signer; ArchiveError, ToolError."""
    arguments = ('-sha256', '-verify', str(key), '-signature', str(signature), str(bag / ROOT_FILE))
    _openssl(signature, 'dgst', *arguments)


def _openssl(proof: Path, *arguments: str) -> None:
    try:
        result = subprocess.run(['openssl', *arguments], capture_output=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise ToolError([finding('openssl-ontbreekt')]) from error
    if result.returncode != 0:
        raise ArchiveError([finding('archief-bewijs', Place(proof.name))])
