"""The trained parts that ship, a folder each, with a manifest that says what each was made from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from ..errors import ModelMissing

FORMAT = 1


def checked(folder: Path) -> dict[str, Any]:
    """The manifest of a model, its files held against their digests. Raises `ModelMissing` for what does not fit."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        files = dict(manifest["files"])
        wrong = [name for name, digest in files.items() if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelMissing(f"the model in {folder} cannot be loaded ({error}); install onrecord again") from None
    if manifest.get("format") != FORMAT or wrong:
        what = f"{', '.join(wrong)} changed" if wrong else f"format {manifest.get('format')}"
        raise ModelMissing(f"the model in {folder} does not fit its manifest ({what}); install onrecord again")
    return manifest
