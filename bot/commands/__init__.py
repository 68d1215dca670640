"""The commands of `sanad`, one noun a file; `bot.cli` puts them together."""
