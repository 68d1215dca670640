"""The error tree: what a person can act on.

    SanadError                what the front ends catch, and show as one line
    ├── SettingsError         a setting has a wrong value; `.setting` names it
    ├── ArticleError          a file or record cannot be read; `.line` where there is one
    ├── ArticleNotFound       no article has that id
    ├── QuestionError         the question is empty or far too long
    ├── LibraryEmpty          nothing has been ingested yet
    ├── LibraryBusy           another process is writing to the library
    ├── LibraryDamaged        the library's own file cannot be used
    ├── EmbedderUnavailable   the neural embedder gives no vectors; `.refused` when the text is at fault
    └── IndexOutdated         the index does not fit the library or the settings

Each error is a key into `rag/locales` and the values of its slots, so that it reads in the user's language.
"""

from typing import ClassVar

from rag.phrases import phrase


class SanadError(Exception):
    """An error that the person using Sanad can mend; its text says how.

    Args:
        key: name of the message in `rag/locales/*.toml`, without its `error_` prefix.
        **values: what fills the message's slots.
    """

    setting: ClassVar[str | None] = None

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """The error as one line in `language` ("ar" or "en")."""
        return phrase(language, f"error_{self.key}", **self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled with its text as it is; what fills the slots as text too, unless it is a number, since anything may be there."""
        values = {name: value if isinstance(value, int | float) else str(value) for name, value in self.values.items()}
        return _restored, (type(self), self.args, vars(self) | {"values": values})

    def to_dict(self) -> dict[str, object]:
        """The error as the JSON contract has it."""
        return {"type": type(self).__name__, "message": str(self), "setting": self.setting}


class SettingsError(SanadError):
    """A setting has a value that cannot be used."""

    def __init__(self, setting: str, key: str, **values: object) -> None:
        super().__init__(key, setting=setting, **values)
        self.setting: str = setting  # type: ignore[misc]  # one instance's own, None for the others


class ArticleError(SanadError):
    """A file or a record of it cannot be read as an article."""

    def __init__(self, key: str, *, line: int | None = None, **values: object) -> None:
        super().__init__(key, **values)
        self.line = line


class ArticleNotFound(SanadError):
    """No article has the id asked for."""


class QuestionError(SanadError):
    """The question cannot be asked as it is."""


class LibraryEmpty(SanadError):
    """Nothing has been ingested yet."""


class LibraryBusy(SanadError):
    """Another process holds the writer's lock."""


class LibraryDamaged(SanadError):
    """The library's database cannot be used."""


class EmbedderUnavailable(SanadError):
    """The neural embedder gave no vectors that can be used.

    Args:
        key: see `SanadError`.
        setting: the variable to change, where it is one.
        refused: it was this text that it did not take; it may take others.
        **values: see `SanadError`.
    """

    def __init__(self, key: str, *, setting: str | None = None, refused: bool = False, **values: object) -> None:
        super().__init__(key, setting=setting, **values)
        self.setting: str | None = setting  # type: ignore[misc]  # one instance's own, None for the others
        self.refused = refused


class IndexOutdated(SanadError):
    """The index does not fit the library or the settings, and has to be built again."""


def _restored(kind: type[SanadError], arguments: tuple[object, ...], attributes: dict[str, object]) -> SanadError:
    """An error as it was pickled."""
    error = kind.__new__(kind, *arguments)
    vars(error).update(attributes)
    return error
