"""PDF: a page for each of its pages; the text layer with its places, or the scan read by the extra `ocr`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from kg.errors import ReadError
from kg.model import Page
from kg.read import scan
from kg.read.extras import missing
from kg.read.glyphs import Glyph, printed
from kg.read.inputs import Desk, Input, whole
from kg.read.pages import boxed_page

_DPI = 200
_LEVEL = 0.1
"""Text turned by more than this, in radians, is a mark on a picture or a page's edge, and left out."""


def pdf_pages(source: Input, desk: Desk) -> Iterator[Page | ReadError]:
    """Yield each page of a PDF; empty ones are passed over.

    Raises:
        ReadError: no PDF, an encrypted, truncated or empty one, or one with too many pages.
    """
    try:
        import pypdfium2
    except ModuleNotFoundError as error:
        raise missing(source.shown, "PDF", "pdf") from error
    data = whole(source, desk.reading)
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ReadError(
                source.shown, "encrypted", remedy="save it without a password, then give that file"
            ) from error
        raise ReadError(
            source.shown, "no PDF, or a truncated or damaged one", remedy="download or print it again"
        ) from error
    with closing(opened) as file:
        count = len(file)
        if count > desk.reading.max_pages:
            raise ReadError(
                source.shown,
                f"{count} pages, more than {desk.reading.max_pages}",
                remedy="split it, or raise max_pages under [reading] in kg.toml",
            )
        found = False
        for number in range(1, count + 1):
            name = f"{source.name}#page={number}"
            try:
                page = _page(file, number, name, source.shown, desk)
            except ReadError as error:
                found = True
                yield error
            else:
                if page is not None:
                    found = True
                    yield page
        if not found:
            raise ReadError(source.shown, "every page is empty", remedy="give a PDF with text or scans")


def _page(file: Any, number: int, name: str, shown: str, desk: Desk) -> Page | None:
    """Return one page, or None when nothing is printed on it."""
    import pypdfium2

    where = f"page {number}"
    try:
        with closing(file[number - 1]) as page:
            lines = list(printed(_glyphs(page)))
            if any(text.strip() for text, _ in lines):
                return boxed_page(lines, name, "pdf")
            drawn = {found.type for found in page.get_objects(max_depth=4)}
            if not drawn:
                return None
            if not drawn & {pypdfium2.raw.FPDF_PAGEOBJ_IMAGE, pypdfium2.raw.FPDF_PAGEOBJ_PATH}:
                return None
            width, height = page.get_size()
            scale = _DPI / 72
            if width * height * scale * scale > desk.reading.max_pixels:
                scale = (desk.reading.max_pixels / (width * height)) ** 0.5
            if not scan.ready():
                raise ReadError(
                    shown,
                    "no text in it, only a picture, and pictures cannot be read without the extra 'ocr'",
                    where=where,
                    remedy="install it: pip install 'baozhi-kg[ocr]'",
                )
            picture = page.render(scale=scale).to_numpy()
    except pypdfium2.PdfiumError as error:
        raise ReadError(shown, "damaged", where=where, remedy="download or print it again") from error
    lines = list(scan.recognized(picture, 1 / scale))
    if lines:
        return boxed_page(lines, name, "ocr")
    if pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in drawn:
        return None
    raise ReadError(shown, "no text can be made out in the scan", where=where, remedy="scan it at 300 dpi")


def _glyphs(page: Any) -> Iterator[Glyph]:
    """Yield the characters of a page in the order of the file, with their places from the top left."""
    import ctypes

    import pypdfium2.raw as pdfium

    left, _, _, top = page.get_cropbox()
    rect = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    with closing(page.get_textpage()) as layer:
        for index in range(layer.count_chars()):
            code = pdfium.FPDFText_GetUnicode(layer, index)
            if pdfium.FPDFText_IsGenerated(layer, index) == 1 or code in {0, 2, 0xFFFE, 0xFFFF}:
                continue
            angle = pdfium.FPDFText_GetCharAngle(layer, index)
            if _LEVEL < angle < 6.283 - _LEVEL or 0xD800 <= code <= 0xDFFF:
                continue
            pdfium.FPDFText_GetLooseCharBox(layer, index, rect)
            pdfium.FPDFText_GetCharOrigin(layer, index, x, y)
            if rect.top > rect.bottom:
                char = chr(code)
                yield Glyph(
                    char if char.isprintable() else " ",
                    rect.left - left,
                    top - rect.top,
                    rect.right - left,
                    top - rect.bottom,
                    top - y.value,
                )
