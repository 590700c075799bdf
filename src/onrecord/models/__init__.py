"""The trained parts that ship, a folder each, with a manifest that says what each was made from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from ..errors import ModelMissing

FORMAT = 1


def checked(folder: Path, remedy: str = "install onrecord anew") -> dict[str, Any]:
    """A model's manifest, after its files were held against it. Raises `ModelMissing` where they do not fit."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise ModelMissing(f"the model in {folder} is of format {manifest['format']}, wanted {FORMAT}; {remedy}")
        for name, digest in manifest["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise ModelMissing(f"{folder / name} is not the file that its manifest describes; {remedy}")
    except (OSError, ValueError, KeyError) as error:
        raise ModelMissing(f"no usable model in {folder} ({error}); {remedy}") from None
    return manifest
