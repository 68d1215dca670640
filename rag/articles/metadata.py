"""What is known about an article besides its text: the checked fields of `articles.toml` and of JSONL records."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from rag.articles.decode import is_text
from rag.errors import ArticleError
from rag.model import Basis

METADATA_FILE = "articles.toml"
FIELDS = ("title", "publisher", "published", "url", "event_date", "basis", "note")
_DATE_FIELDS = ("published", "event_date")
_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?$")


def checked(record: Mapping[str, Any], article_id: str) -> dict[str, str]:
    """The metadata fields of a record as strings, dates as ISO dates of the precision given.

    Raises:
        ArticleError: a field is not a string, or a date or basis is none.
    """
    fields = {}
    for name in FIELDS:
        value = record.get(name)
        if value is None or value == "":
            continue
        if not (is_text(value) if isinstance(value, str) else name in _DATE_FIELDS):
            raise ArticleError("field_not_text", field=name, article=article_id)
        if name in _DATE_FIELDS:
            value = _iso_date(value, name, article_id)
        if name == "basis" and value not in get_args(Basis):
            raise ArticleError("bad_basis", value=value, article=article_id, choices=", ".join(get_args(Basis)))
        fields[name] = value.strip()
    return fields


def read_metadata(folder: Path) -> dict[str, Mapping[str, Any]]:
    """The tables of the folder's `articles.toml` by article id; empty when there is none.

    Raises:
        ArticleError: the file cannot be read, or is not TOML.
    """
    path = folder / METADATA_FILE
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ArticleError("bad_toml", line=int(line[1]) if line else None, detail=error) from None
    except (OSError, ValueError) as error:
        raise ArticleError("unreadable", detail=_reason(error)) from None
    except RecursionError:
        raise ArticleError("unreadable", detail="nested too deeply") from None
    return {key: table for key, table in tables.items() if isinstance(table, dict)}


def _iso_date(value: object, name: str, article_id: str) -> str:
    if isinstance(value, date):  # TOML has dates of its own
        return value.isoformat()[:10]
    match = _ISO.match(str(value).strip()) if isinstance(value, str | int) else None
    if match:
        year, month, day = match.groups()
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            match = None
        else:
            return "-".join(f"{int(part):0{len(part)}}" for part in (year, month, day) if part)  # ٢٠٢١ as 2021
    raise ArticleError("bad_date", field=name, value=value, article=article_id)


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
