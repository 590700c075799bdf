"""The trained readers of layout: the chance of each block of an HTML page, or stretch of a flattened text, to be the article's.

training/body makes both networks; a manifest says from what, and files that do not fit it are refused.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..models import checked

FOLDER = Path(__file__).parent.parent / "models" / "layout"
Kind = Literal["html", "flat"]


@cache
def _session(kind: Kind) -> Any:
    checked(FOLDER)
    import onnxruntime  # 0.1 s to import

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # pages are what is parallel
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(FOLDER / f"{kind}.onnx"), options, providers=["CPUExecutionProvider"])


def chances(kind: Kind, numbers: NDArray[np.float32], ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """The chances of the units of one page, in order. `numbers`: units × numbers; `ids`: units × hashed words."""
    if not len(numbers):
        return np.zeros(0, np.float32)
    [found] = _session(kind).run(None, {"numbers": numbers[None], "ids": ids[None]})
    result: NDArray[np.float32] = found[0]
    return result
