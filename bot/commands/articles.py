"""`sanad articles`: what the library holds."""

from typing import Annotated

import typer

from bot.commands.parameters import Json
from bot.session import open_session, print_json

articles_app = typer.Typer(help="List, show or remove the articles of the library.", no_args_is_help=True)


@articles_app.command("list")
def list_articles(as_json: Json = False) -> None:
    """List the articles."""
    from bot.render import human_date

    with open_session(as_json) as session:
        articles = session.engine.articles()
        if as_json:
            print_json([{"id": a.id, **a.metadata, "source": a.source} for a in articles])
        elif not articles:
            session.say("no_articles")
        for article in articles if not as_json else []:
            title = article.title or article.text.strip().split("\n")[0]
            date = human_date(article.published, session.language)
            session.show(" · ".join(part for part in (article.id, date) if part))
            session.show(title if len(title) <= 90 else title[:89] + "…", indent="    ")


@articles_app.command("show")
def show_article(article_id: Annotated[str, typer.Argument(metavar="ID")], as_json: Json = False) -> None:
    """Show one article: what is known about it, and its text."""
    with open_session(as_json) as session:
        article = session.engine.article(article_id)
        if as_json:
            count = session.engine.passage_count(article_id)
            facts = {"id": article.id, **article.metadata, "source": article.source, "passages": count}
            print_json({**facts, "text": article.text})
        else:
            from bot.render import article_lines

            session.print(article_lines(article, session.mode, session.width, session.language))


@articles_app.command("remove")
def remove_article(article_id: Annotated[str, typer.Argument(metavar="ID")], as_json: Json = False) -> None:
    """Remove one article and everything that was made of it."""
    with open_session(as_json) as session:
        session.engine.remove(article_id)
        if as_json:
            print_json({"removed": article_id})
        else:
            session.say("article_removed", article=article_id)
