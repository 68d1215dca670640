"""A fake Bot API: strict about what Telegram is strict about."""
