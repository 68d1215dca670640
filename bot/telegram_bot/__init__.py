"""The Telegram bot: the same engine as the command line, asked in a chat. Only the files here know Telegram.

In reading order:

- `application` builds and runs it on a `connection` (with `limiter` and `redaction`); `service` is all that answering needs, `workers` and
  `worker` the
  processes in which the engine thinks; `health` and `metrics` tell how it does.
- `database` is its one file; `inbox` holds what came, `order` has it handled in turn, `outbox` and `delivery` send what is answered.
- `handlers` say who gets which update: `questions` (with `audience`, `mention`, `asked`, `streaming`, `activity`), `inline`, `commands`,
  `admin` (with
  `uploads` and `shelf`), `presses` (with `press` and `proof`), `errors`.
- `access` and `limits` tell who may ask, and how often; `users`, `conversations`, `answers` and `running` know what was said; `retention` forgets it.
- `messages` and `markup` make of a reply what Telegram shows, `buttons` what can be pressed; `profile` is what is shown before anybody speaks.
"""
