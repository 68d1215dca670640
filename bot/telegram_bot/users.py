"""The language each user is spoken to in: the one chosen with /lang, else the one Telegram is set to."""

from telegram import User

from bot.telegram_bot.database import Database
from rag.model import LANGUAGES, Language


class Users:
    """What users chose. Few do, and every message asks, so the choices are held in memory too.

    Args:
        database: where they are kept.

    Raises:
        SanadError: the database cannot be used. Every method but `language` and `chosen` may raise it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.connection() as connection:
            rows = connection.execute("SELECT id, language FROM users WHERE language IS NOT NULL").fetchall()
        self._chosen: dict[int, Language] = {user: language for user, language in rows if language in LANGUAGES}

    def language(self, user: User | None) -> Language:
        """The language to speak to a user."""
        return (user and self._chosen.get(user.id)) or language_of(user)

    def chosen(self, user_id: int) -> Language | None:
        """The language that a user chose; None where it follows Telegram."""
        return self._chosen.get(user_id)

    def choose(self, user_id: int, language: Language | None) -> None:
        """Keep a user's choice; None takes it back."""
        with self._database.connection() as connection:
            connection.execute(
                "INSERT INTO users (id, language) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET language = excluded.language",
                (user_id, language),
            )
        if language:
            self._chosen[user_id] = language
        else:
            self._chosen.pop(user_id, None)

    def forget(self, user_id: int) -> bool:
        """Forget a user; whether there was a choice to forget."""
        with self._database.connection() as connection:
            connection.execute("DELETE FROM users WHERE id = ?", (user_id,))
        return self._chosen.pop(user_id, None) is not None


def language_of(user: User | None) -> Language:
    """The language Telegram is set to, as far as the bot speaks it."""
    return "ar" if user and (user.language_code or "").lower().startswith("ar") else "en"
