"""Pictures that a student put into a text cell: small images stay, all else goes.

No SVG, which can hold scripts; nothing that only says it is an image.
"""

import base64
import binascii
from typing import Any

MAX_IMAGE, MAX_IMAGES = 200_000, 1_000_000
"""Bytes of one image, and of all in a notebook."""
FIRST_BYTES = {"image/png": b"\x89PNG\r\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}


def small_images(attachments: Any) -> dict[str, dict[str, str]]:
    """Those of a cell's attachments that are small images: base64 by name and type."""
    images: dict[str, dict[str, str]] = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        for mime, begin in FIRST_BYTES.items() if isinstance(bundle, dict) else ():
            text = bundle.get(mime)
            text = "".join(text) if is_lines(text) else text
            if isinstance(text, str) and _begins(text, begin):
                images.setdefault(name, {})[mime] = text
    return images


def drop_over_limit(cells: list[dict[str, Any]]) -> None:
    """Take the attachments away from the cell on with which they are too many."""
    size = 0
    for cell in cells:
        bundles = cell.get("attachments", {}).values()
        size += sum(len(text) for bundle in bundles for text in bundle.values())
        if size > MAX_IMAGES * 4 // 3:
            cell.pop("attachments", None)


def is_lines(value: Any) -> bool:
    """Whether it is a list of texts, as Jupyter writes a long one."""
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def _begins(text: str, begin: bytes) -> bool:
    """Whether it is base64 of bytes that are not too many and begin so."""
    if len(text) > MAX_IMAGE * 4 // 3:
        return False
    try:
        return base64.b64decode("".join(text.split()), validate=True).startswith(begin)
    except (binascii.Error, ValueError):
        return False
