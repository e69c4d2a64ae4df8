"""Pictures of pages to lines with their places, by the models that the extra `ocr` carries; offline."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ReadError
from kg.model import Box, Page
from kg.read.extras import missing
from kg.read.inputs import Desk, Input, whole
from kg.read.pages import boxed_page

_BAND = 1400
_OVERLAP = 320
_EDGE = 3
_DPI = 200
_SURE = 0.5
_LARGEST = 1 << 14
"""No picture is scaled: a band of a page is read as it is."""


def ready() -> bool:
    """Say whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None


def image_pages(source: Input, desk: Desk) -> Iterator[Page | ReadError]:
    """Yield each picture of a file (a TIFF may hold several) as a page.

    Raises:
        ReadError: no picture, a damaged one, one too large, or the extra `ocr` is not installed.
    """
    if not ready():
        raise missing(source.shown, "a picture", "ocr")
    from PIL import Image, ImageOps, UnidentifiedImageError

    data = whole(source, desk.reading)
    limit = desk.reading.max_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_large(source.shown, limit) from error
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise _damaged(source.shown) from error
    with opened as image:
        count = getattr(image, "n_frames", 1)
        if count > desk.reading.max_pages:
            raise ReadError(source.shown, f"{count} pictures in one file", remedy="split it")
        for number in range(count):
            name = source.name if count == 1 else f"{source.name}#page={number + 1}"
            try:
                image.seek(number)
                if image.width * image.height > limit:
                    raise _too_large(source.shown, limit)
                upright = ImageOps.exif_transpose(image).convert("RGB")
            except (OSError, ValueError, SyntaxError, EOFError) as error:
                raise _damaged(source.shown) from error
            dpi = float(image.info.get("dpi", (_DPI, _DPI))[0]) or _DPI
            lines = list(recognized(np.asarray(upright), 72 / dpi))
            if lines:
                yield boxed_page(lines, name, "ocr")
            else:
                yield ReadError(
                    source.shown,
                    "no text can be made out in the picture",
                    where=f"page {number + 1}",
                    remedy="scan it at 300 dpi",
                )


def recognized(picture: NDArray[np.uint8], scale: float) -> Iterator[tuple[str, Box]]:
    """Yield the lines that can be made out in a picture, top down, with their boxes in points.

    A large picture is read in bands that overlap, at its full resolution: a line belongs to the band in
    whose middle it lies.

    Args:
        picture: height × width × 3.
        scale: points in a pixel.
    """
    height = picture.shape[0]
    top = 0
    while True:
        bottom = min(height, top + _BAND)
        first = 0 if top == 0 else top + _OVERLAP / 2
        last = height if bottom == height else bottom - _OVERLAP / 2
        for text, (x0, y0, x1, y1) in _found(picture[top:bottom]):
            middle = top + (y0 + y1) / 2
            cut = (y0 < _EDGE and top > 0) or (y1 > bottom - top - _EDGE and bottom < height)
            if first <= middle < last and not cut:
                places = (x0, y0 + top, x1, y1 + top)
                yield text, Box(*(round(float(place) * scale, 1) for place in places))
        if bottom == height:
            return
        top = bottom - _OVERLAP


def _found(picture: NDArray[np.uint8]) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    result = _engine()(picture, use_cls=False)
    if result.boxes is None:
        return
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if score >= _SURE and text.strip():
            (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
            yield text.strip(), (x0, y0, x1, y1)


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LARGEST,
            "Det.limit_type": "max",
            "Det.limit_side_len": _LARGEST,
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        }
    )


def _too_large(shown: str, limit: int) -> ReadError:
    return ReadError(
        shown,
        f"larger than {limit // 1_000_000} million pixels",
        remedy="make it smaller, or raise max_pixels under [reading] in kg.toml",
    )


def _damaged(shown: str) -> ReadError:
    return ReadError(shown, "no picture, or a truncated or damaged one", remedy="save or scan it again")
