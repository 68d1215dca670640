"""`sanad ask` and `sanad search`: one question."""

from typing import Annotated

import typer

from bot.commands.parameters import Json, Words
from bot.session import open_session, print_json


def ask(question: Words, as_json: Json = False) -> None:
    """Answer one question from the articles, or say that they do not answer it."""
    text = " ".join(question)
    with open_session(as_json, question=text) as session:
        reply = session.engine.ask(text)
        if as_json:
            print_json(reply.to_dict())
        else:
            from bot.render import reply_lines

            session.print(reply_lines(reply, session.mode, session.width))


def search(
    question: Words,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 10,
    as_json: Json = False,
) -> None:
    """Show the passages nearest to a question, best first."""
    text = " ".join(question)
    with open_session(as_json, question=text) as session:
        hits = session.engine.search(text, limit=limit)
        if as_json:
            print_json([hit.to_dict() for hit in hits])
        elif hits:
            from bot.render import hit_lines

            session.print(hit_lines(hits, session.mode, session.width))
        else:
            session.say("nothing_found")
