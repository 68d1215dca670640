"""Whole stories: the bot in its process, and people, failures and restarts around it."""
