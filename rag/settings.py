"""Every knob of Sanad: the only place that reads the environment, and only when a front end builds `Settings`."""

import difflib
import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from rag.errors import SettingsError

_PREFIX = "SANAD_"


class Settings(BaseSettings):
    """Settings from keywords, else `SANAD_…` environment variables, else `.env`, else the defaults here.

    Raises:
        SettingsError: a value cannot be used; the message names the variable and gives an example.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", frozen=True,
        hide_input_in_errors=True, env_ignore_empty=True,
    )  # fmt: skip

    data_dir: Path = Field(
        default=Path("data"),
        examples=["data"],
        description="Folder of the library and its index; made on the first ingest.",
    )
    embedding: str = Field(
        default="builtin",
        pattern=r"^(builtin|(openai|fastembed):\S+)$",
        examples=["openai:text-embedding-3-small", "fastembed:intfloat/multilingual-e5-large", "builtin"],
        description="What makes the vectors: builtin (no network), or besides openai:MODEL or fastembed:MODEL (a change needs sanad reindex).",
    )
    embedding_url: str = Field(
        default="https://api.openai.com/v1",
        pattern=r"^https?://[^\s/]+(/\S*)?$",
        examples=["http://localhost:11434/v1"],
        description="Base URL of the OpenAI-compatible server of openai:MODEL. Passages and questions go to that server.",
    )
    embedding_key: SecretStr = Field(
        default=SecretStr(""), examples=["sk-…"], description="Key for that server; local ones need none."
    )
    embedding_timeout: float = Field(
        default=5.0,
        gt=0,
        le=600,
        examples=["5"],
        description="Seconds a question may wait for its vector from that server; then it is answered without.",
    )
    chroma_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/]+/?)?$",
        examples=["http://localhost:8000"],
        description="A Chroma server to keep the vectors on; empty: inside the data folder.",
    )
    max_article_mb: float = Field(
        default=5.0,
        gt=0,
        le=1000,
        examples=["5"],
        description="Largest text file, or line of a JSONL file, in megabytes.",
    )
    passage_words: int = Field(
        default=110,
        ge=20,
        le=2000,
        examples=["110"],
        description="Most words of a passage (a change needs sanad reindex).",
    )
    passage_overlap: int = Field(
        default=40,
        ge=0,
        le=1000,
        examples=["40"],
        description="Words that neighbouring passages may share; less than a passage.",
    )
    llm: str = Field(
        default="none",
        min_length=1,
        examples=["llama3.1"],
        description="Model that writes answers over an OpenAI-compatible server; none: answers are quotes. Passages and questions go to that server.",
    )
    llm_url: str = Field(
        default="https://api.openai.com/v1",
        pattern=r"^https?://[^\s/]+(/\S*)?$",
        examples=["http://localhost:11434/v1"],
        description="Base URL of that server: OpenAI, Ollama, vLLM, llama.cpp …",
    )
    llm_key: SecretStr = Field(
        default=SecretStr(""), examples=["sk-…"], description="Key for that server; local ones need none."
    )
    llm_timeout: float = Field(
        default=30.0,
        gt=0,
        le=600,
        examples=["30"],
        description="Seconds an answer of the model may take; then the quotes are shown.",
    )
    telegram_token: SecretStr = Field(
        default=SecretStr(""), examples=["123456:ABC-DEF…"], description="Token of the Telegram bot, from @BotFather."
    )
    telegram_api_url: str = Field(
        default="https://api.telegram.org/bot",
        pattern=r"^https?://\S+/bot$",
        examples=["http://localhost:8081/bot"],
        description="Base of the Bot API, ending in /bot; another one for a self-hosted server.",
    )
    telegram_access: str = Field(
        default="",
        pattern=r"^(|open|\d+(\s*,\s*\d+)*)$",
        examples=["open", "12345,67890"],
        description="Who may ask the bot: open (everyone), or user ids separated by commas. Must be set for sanad bot.",
    )
    telegram_admins: str = Field(
        default="",
        pattern=r"^(|\d+(\s*,\s*\d+)*)$",
        examples=["12345,67890"],
        description="Who runs the bot, as user ids separated by commas: they may also add and remove articles and see its figures.",
    )
    telegram_webhook_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/]+(/\S*)?)?$",
        examples=["https://bot.example.org/telegram"],
        description="Address at which Telegram reaches the bot, for sanad bot --webhook.",
    )
    telegram_webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        examples=["a-long-random-word"],
        description="What Telegram proves itself with there: up to 256 letters, digits, _ and -; must be set for sanad bot --webhook.",
    )
    telegram_webhook_listen: str = Field(
        default="127.0.0.1:8443",
        pattern=r"^([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}$",
        examples=["127.0.0.1:8443"],
        description="Where the bot listens for Telegram, without TLS: a proxy before it speaks HTTPS.",
    )
    telegram_health_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        examples=["9090"],
        description="Port of /healthz, /readyz and /metrics on this machine alone; 0: none.",
    )
    telegram_retention_days: int = Field(
        default=30,
        ge=0,
        le=36500,
        examples=["30"],
        description="Days that the bot keeps questions and answers with who asked; the places of quotes stay for the buttons. 0: keeps none.",
    )
    telegram_per_minute: int = Field(
        default=20, ge=1, le=100_000, examples=["20"], description="Questions a user may ask the bot in a minute."
    )
    telegram_per_minute_all: int = Field(
        default=600,
        ge=1,
        le=1_000_000,
        examples=["600"],
        description="Questions all users together may ask in a minute.",
    )
    telegram_queue: int = Field(
        default=500,
        ge=1,
        le=100_000,
        examples=["500"],
        description="Questions that may wait for their answer; those who ask more are told that the bot is busy.",
    )
    telegram_workers: int = Field(
        default=0,
        ge=0,
        le=64,
        examples=["2"],
        description="Processes that think for the bot while no model is set, some 200 MB each; 0: one a core, at most 4; 1: none but its own.",
    )
    language: Literal["auto", "ar", "en"] = Field(
        default="auto",
        examples=["ar"],
        description="Language of messages: auto (the system's), ar or en. Answers follow the question.",
    )
    bidi: Literal["auto", "terminal", "reorder", "off"] = Field(
        default="auto",
        examples=["reorder"],
        description="Arabic in the terminal: auto, terminal (it orders text itself), reorder (Sanad does), off (as stored).",
    )

    def __init__(self, **values: Any) -> None:  # noqa: ANN401  # what pydantic takes
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise _settings_error(error) from None
        except UnicodeDecodeError:
            raise SettingsError(".env", "setting_file") from None
        if self.passage_overlap >= self.passage_words:
            raise SettingsError(
                f"{_PREFIX}PASSAGE_OVERLAP",
                "setting_overlap",
                words=self.passage_words,
                example=min(40, self.passage_words // 2),
            )

    @property
    def max_article_bytes(self) -> int:
        """`max_article_mb` in bytes."""
        return int(self.max_article_mb * 1_000_000)


def unknown_variables() -> dict[str, str]:
    """`SANAD_…` variables of the environment and `.env` that no setting reads, each with the nearest setting's name ("" if none is near)."""
    known = [_PREFIX + name.upper() for name in Settings.model_fields]
    given = {*os.environ, *(name.upper() for name in DotEnvSettingsSource(Settings).env_vars)}
    unknown = [name for name in given if name.upper().startswith(_PREFIX) and name.upper() not in known]
    return {name: next(iter(difflib.get_close_matches(name.upper(), known, 1)), "") for name in sorted(unknown)}


def _settings_error(error: ValidationError) -> SettingsError:
    """The first wrong value as one line: the variable, what is wrong, a valid example."""
    first = error.errors(include_url=False, include_context=False)[0]
    name = str(first["loc"][0])
    field = Settings.model_fields.get(name)
    example = (field.examples or [""])[0] if field else ""
    detail = _plain(first["msg"])
    if first["type"] == "string_pattern_mismatch":
        if name.endswith("_url"):
            detail = "is not a URL"
        # A URL may carry a password; only SecretStr fields are secrets otherwise, and those have no pattern.
        shown = "the value" if "@" in str(first["input"]) else f"'{first['input']}'"
        detail = f"{shown} {detail}"
    return SettingsError(_PREFIX + name.upper(), "setting_invalid", detail=detail, example=example)


def _plain(message: str) -> str:
    """Pydantic's message without its machinery."""
    if message.startswith("String should match pattern"):
        return "is not in the form this setting has"
    return message.removeprefix("Value error, ").replace("Input should", "should")
