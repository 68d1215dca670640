"""`sanad doctor`: what is configured, and what is wrong."""

import typer

from bot.commands.parameters import Json
from bot.session import open_session, print_json


def doctor(as_json: Json = False) -> None:
    """Tell what is configured, what is in the library, what is wrong and how to mend it."""
    with open_session(as_json) as session:
        from rag.doctor import examine  # imports Chroma, which reads .env too

        checks = examine(session.settings)
        bad = [check for check in checks if check.status == "bad"]
        if as_json:
            print_json({"ok": not bad, "checks": [check.to_dict() for check in checks]})
        else:
            marks = {"ok": "✓", "note": "·", "bad": "✗"}
            for check in checks:
                session.show(f"{marks[check.status]} {check.name}: {check.detail}")
                if check.mend:
                    session.say("doctor_mend", indent="    ", mend=check.mend)
            if bad:
                session.say("doctor_bad", len(bad))
            else:
                session.say("doctor_ok")
        if bad:
            raise typer.Exit(1)
