"""Settings: where they come from, which values they refuse and how, and the example file."""

import codecs
import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

import rag
from rag.errors import SettingsError
from rag.settings import Settings, unknown_variables

EXAMPLE = Path(__file__).parent.parent / ".env.example"
DEFAULTS = {
    "data_dir": Path("data"),
    "embedding": "builtin",
    "embedding_url": "https://api.openai.com/v1",
    "embedding_key": SecretStr(""),
    "embedding_timeout": 5.0,
    "chroma_url": "",
    "max_article_mb": 5.0,
    "passage_words": 110,
    "passage_overlap": 40,
    "llm": "none",
    "llm_url": "https://api.openai.com/v1",
    "llm_key": SecretStr(""),
    "llm_timeout": 30.0,
    "telegram_token": SecretStr(""),
    "telegram_api_url": "https://api.telegram.org/bot",
    "telegram_access": "",
    "telegram_admins": "",
    "telegram_webhook_url": "",
    "telegram_webhook_secret": SecretStr(""),
    "telegram_webhook_listen": "127.0.0.1:8443",
    "telegram_health_port": 0,
    "telegram_retention_days": 30,
    "telegram_per_minute": 20,
    "telegram_per_minute_all": 600,
    "telegram_queue": 500,
    "telegram_workers": 0,
    "language": "auto",
    "bidi": "auto",
}
FIELDS = Settings.model_fields


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The .env of an empty working folder, read as it is outside the tests."""
    monkeypatch.setitem(Settings.model_config, "env_file", ".env")
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".env"


def refused(**keywords: object) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        Settings(**keywords)
    return caught.value


def plain(value: object) -> str:
    """A setting's value as it is written in the environment."""
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


# Where they come from


def test_without_anything_set_there_are_the_defaults() -> None:
    assert Settings().model_dump() == DEFAULTS


def test_each_setting_is_read_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "data_dir": Path("/srv/news"),
        "embedding": "openai:bge-m3",
        "embedding_url": "http://localhost:11434/v1",
        "embedding_key": SecretStr("a key"),
        "embedding_timeout": 2.5,
        "chroma_url": "http://localhost:8000",
        "max_article_mb": 0.5,
        "passage_words": 200,
        "passage_overlap": 0,
        "llm": "llama3.1",
        "llm_url": "http://localhost:11434/v1",
        "llm_key": SecretStr("the key"),
        "llm_timeout": 2.5,
        "telegram_token": SecretStr("1:the token"),
        "telegram_api_url": "http://localhost:8081/bot",
        "telegram_access": "1, 2",
        "telegram_admins": "1",
        "telegram_webhook_url": "https://bot.example.org/telegram",
        "telegram_webhook_secret": SecretStr("the secret"),
        "telegram_webhook_listen": "0.0.0.0:9000",
        "telegram_health_port": 9090,
        "telegram_retention_days": 0,
        "telegram_per_minute": 5,
        "telegram_per_minute_all": 50,
        "telegram_queue": 100,
        "telegram_workers": 2,
        "language": "ar",
        "bidi": "off",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"SANAD_{name.upper()}", plain(value))
    assert Settings().model_dump() == values
    assert list(values) == list(FIELDS)


def test_the_env_file_of_the_working_folder_is_read(env_file: Path) -> None:
    env_file.write_text("# mine\nSANAD_LANGUAGE=ar\nSANAD_DATA_DIR='مكتبتي'\nOTHER=1\n", encoding="utf-8")
    assert Settings().model_dump() == DEFAULTS | {"language": "ar", "data_dir": Path("مكتبتي")}


def test_the_environment_wins_over_the_env_file_and_a_keyword_over_both(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file.write_text("SANAD_BIDI=off\nSANAD_LANGUAGE=ar\nSANAD_PASSAGE_WORDS=90\n", encoding="utf-8")
    monkeypatch.setenv("SANAD_BIDI", "reorder")
    monkeypatch.setenv("SANAD_LANGUAGE", "en")
    assert Settings(bidi="terminal").model_dump() == DEFAULTS | {
        "passage_words": 90,
        "language": "en",
        "bidi": "terminal",
    }


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in DEFAULTS:
        monkeypatch.setenv(f"SANAD_{name.upper()}", "")
    assert Settings().model_dump() == DEFAULTS


def test_a_byte_order_mark_before_the_first_line_of_the_env_file_is_no_part_of_its_name(env_file: Path) -> None:
    env_file.write_bytes(codecs.BOM_UTF8 + b"SANAD_BIDI=off\n")
    assert Settings().bidi == "off"
    assert unknown_variables() == {}


def test_an_env_file_that_is_not_utf8_is_refused_in_one_line(env_file: Path) -> None:
    env_file.write_bytes("SANAD_BIDI=off\n".encode("utf-16"))
    error = refused()
    assert error.to_dict() == {
        "type": "SettingsError",
        "message": ".env: not UTF-8 text. Save it as UTF-8.",
        "setting": ".env",
    }


def test_settings_cannot_be_changed_once_made() -> None:
    settings = Settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.bidi = "off"
    assert settings.bidi == "auto"


def test_only_this_module_reads_the_environment() -> None:
    package = Path(rag.__file__).parent
    readers = [path.name for path in package.rglob("*.py") if re.search(r"\benviron\b|getenv", path.read_text("utf-8"))]
    assert readers == ["settings.py"]


def test_the_limit_of_an_article_is_counted_in_million_bytes() -> None:
    assert Settings().max_article_bytes == 5_000_000
    assert Settings(max_article_mb=0.001).max_article_bytes == 1_000


# Values that cannot be used


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        (
            "SANAD_CHROMA_URL",
            "localhost",
            "'localhost' is not a URL. Example: SANAD_CHROMA_URL=http://localhost:8000",
        ),
        (
            "SANAD_CHROMA_URL",
            "http://a/b c",
            "'http://a/b c' is not a URL. Example: SANAD_CHROMA_URL=http://localhost:8000",
        ),
        (
            "SANAD_MAX_ARTICLE_MB",
            "abc",
            "should be a valid number, unable to parse string as a number. Example: SANAD_MAX_ARTICLE_MB=5",
        ),
        ("SANAD_MAX_ARTICLE_MB", "0", "should be greater than 0. Example: SANAD_MAX_ARTICLE_MB=5"),
        ("SANAD_MAX_ARTICLE_MB", "inf", "should be less than or equal to 1000. Example: SANAD_MAX_ARTICLE_MB=5"),
        (
            "SANAD_PASSAGE_WORDS",
            "many",
            "should be a valid integer, unable to parse string as an integer. Example: SANAD_PASSAGE_WORDS=110",
        ),
        ("SANAD_PASSAGE_WORDS", "19", "should be greater than or equal to 20. Example: SANAD_PASSAGE_WORDS=110"),
        ("SANAD_PASSAGE_OVERLAP", "-1", "should be greater than or equal to 0. Example: SANAD_PASSAGE_OVERLAP=40"),
        (
            "SANAD_LLM_URL",
            "localhost",
            "'localhost' is not a URL. Example: SANAD_LLM_URL=http://localhost:11434/v1",
        ),
        ("SANAD_LLM_TIMEOUT", "0", "should be greater than 0. Example: SANAD_LLM_TIMEOUT=30"),
        (
            "SANAD_TELEGRAM_ACCESS",
            "all",
            "'all' is not in the form this setting has. Example: SANAD_TELEGRAM_ACCESS=open",
        ),
        (
            "SANAD_TELEGRAM_ADMINS",
            "me",
            "'me' is not in the form this setting has. Example: SANAD_TELEGRAM_ADMINS=12345,67890",
        ),
        (
            "SANAD_TELEGRAM_WEBHOOK_URL",
            "bot.example.org",
            "'bot.example.org' is not a URL. Example: SANAD_TELEGRAM_WEBHOOK_URL=https://bot.example.org/telegram",
        ),
        (
            "SANAD_TELEGRAM_WEBHOOK_LISTEN",
            "8443",
            "'8443' is not in the form this setting has. Example: SANAD_TELEGRAM_WEBHOOK_LISTEN=127.0.0.1:8443",
        ),
        (
            "SANAD_TELEGRAM_HEALTH_PORT",
            "65536",
            "should be less than or equal to 65535. Example: SANAD_TELEGRAM_HEALTH_PORT=9090",
        ),
        *(
            (
                "SANAD_EMBEDDING",
                value,
                f"'{value}' is not in the form this setting has. Example: SANAD_EMBEDDING=openai:text-embedding-3-small",
            )
            for value in ("other", "openai", "openai:", "cohere:model", "fastembed:two words")
        ),
        (
            "SANAD_EMBEDDING_URL",
            "localhost",
            "'localhost' is not a URL. Example: SANAD_EMBEDDING_URL=http://localhost:11434/v1",
        ),
        ("SANAD_EMBEDDING_TIMEOUT", "0", "should be greater than 0. Example: SANAD_EMBEDDING_TIMEOUT=5"),
        ("SANAD_LANGUAGE", "fr", "should be 'auto', 'ar' or 'en'. Example: SANAD_LANGUAGE=ar"),
        ("SANAD_BIDI", "x", "should be 'auto', 'terminal', 'reorder' or 'off'. Example: SANAD_BIDI=reorder"),
    ],
)
def test_a_value_that_cannot_be_used_is_one_line_with_the_variable_and_an_example(
    variable: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    error = refused()
    assert (str(error), error.setting) == (f"{variable}: {message}", variable)


def test_passages_must_be_longer_than_what_they_share() -> None:
    error = refused(passage_words=110, passage_overlap=110)
    assert str(error) == (
        "SANAD_PASSAGE_OVERLAP: must be smaller than SANAD_PASSAGE_WORDS (110). Example: SANAD_PASSAGE_OVERLAP=40"
    )
    assert error.message("ar") == (
        "SANAD_PASSAGE_OVERLAP: يجب أن يكون أصغر من SANAD_PASSAGE_WORDS (110). مثال: SANAD_PASSAGE_OVERLAP=40"
    )
    assert error.setting == "SANAD_PASSAGE_OVERLAP"


@pytest.mark.parametrize("words", [20, 30, 40, 110])
def test_the_example_for_the_overlap_is_one_that_the_passages_allow(words: int) -> None:
    message = str(refused(passage_words=words, passage_overlap=words))
    example = int(message.rpartition("=")[2])
    assert Settings(passage_words=words, passage_overlap=example).passage_overlap == example


@pytest.mark.parametrize(
    ("name", "example"), [(name, example) for name, field in FIELDS.items() for example in field.examples or []]
)
def test_every_example_is_a_valid_value(name: str, example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"SANAD_{name.upper()}", example)
    assert plain(getattr(Settings(), name)).removesuffix(".0") == example


def test_every_setting_has_an_example_and_a_description() -> None:
    assert [name for name, field in FIELDS.items() if not field.examples or not field.description] == []


def test_a_secret_is_not_shown_by_the_settings_nor_by_an_error() -> None:
    settings = Settings(llm_key="hush", telegram_token="hush", embedding_key="hush", telegram_webhook_secret="hush")
    assert "hush" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert "hush" not in str(refused(llm_key="hush", llm_url="https://user:hush@example.org/a b"))


# Variables that are none


def test_a_variable_that_no_setting_reads_is_told_with_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANAD_PASAGE_WORDS", "90")
    monkeypatch.setenv("SANAD_CHROMA", "http://localhost:8000")
    monkeypatch.setenv("SANAD_ZZZZZZZZZZZZZZZ", "1")
    monkeypatch.setenv("SANAD_BIDI", "off")
    monkeypatch.setenv("SANADX", "1")
    assert unknown_variables() == {
        "SANAD_CHROMA": "SANAD_CHROMA_URL",
        "SANAD_PASAGE_WORDS": "SANAD_PASSAGE_WORDS",
        "SANAD_ZZZZZZZZZZZZZZZ": "",
    }


def test_a_misspelt_name_in_the_env_file_is_told_too(env_file: Path) -> None:
    env_file.write_text("SANAD_BIDDI=off\nSANAD_LANGUAGE=ar\nOTHER=1\n", encoding="utf-8")
    assert unknown_variables() == {"SANAD_BIDDI": "SANAD_BIDI"}


# The example file


def test_the_example_file_names_every_setting_with_its_default_under_its_description() -> None:
    paragraphs = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")
    assert paragraphs[1:] == [
        f"# {field.description}\n#SANAD_{name.upper()}={field.default}" for name, field in FIELDS.items()
    ]
    assert paragraphs[0].startswith("# Copy to .env")


def test_the_example_file_with_every_line_in_use_is_the_defaults(env_file: Path) -> None:
    env_file.write_text(re.sub("^#(?=SANAD_)", "", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8")
    assert env_file.read_text(encoding="utf-8").count("\nSANAD_") == len(DEFAULTS)
    assert Settings().model_dump() == DEFAULTS
    assert unknown_variables() == {}
