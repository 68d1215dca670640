"""The Telegram bot: the same engine as the command line, asked in a chat. Only the files here know Telegram.

In reading order: `application` builds and runs it, `handlers` answer updates, `mention` tells whether and what a message asks, `access` who may;
`messages` and `markup` make of a reply what Telegram shows, `buttons` what can be pressed, `answers` keeps what presses show, `delivery` sends.
"""
