"""A fake Bot API: strict about what Telegram is strict about.

In reading order: `entities` reads HTML, `checks` says what Telegram takes, `calls` is what is recorded and what can be made to fail,
`chats` holds chats and their messages, `rates` the limits, `updates` and `webhook` bring what people do to the bot, `content` is what people
send, `methods` what the bot may call, `server` the whole of it, `wire` HTTP, `process` the bot's process, `talk` a bot and people who talk to it,
`crowd` hundreds of them.
"""
