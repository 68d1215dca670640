"""Groups, topics, channels, inline questions, edits, and what people send besides questions: one process for all."""

from typing import Any

import pytest

from tests.telegram_api import content
from tests.telegram_api.content import private
from tests.telegram_api.talk import NAME, Talk, bare, labelled, person, plain, source

AMAL, JOHN = person(77, "أمل", "ar"), person(88, "John", "en")
GROUP: dict[str, Any] = {"id": -7, "type": "group", "title": "Newsroom"}
FORUM: dict[str, Any] = {"id": -1009, "type": "supergroup", "title": "Forum", "is_forum": True}
CHANNEL: dict[str, Any] = {"id": -1010, "type": "channel", "title": "Channel"}
HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
WHO = "من هو واين ماروتو؟"


def test_in_a_forum_it_answers_in_the_topic_and_topics_do_not_mix(talk: Talk) -> None:
    news, sport = (talk.api.opens_topic(name, chat=FORUM, user=JOHN) for name in ("News", "Sport"))
    first = talk.ask(f"{NAME} {WHO}", AMAL, FORUM, topic=news)
    assert first.arguments["message_thread_id"] == str(news)
    follow_up = talk.ask(f"{NAME} وماذا قال عن الهجوم؟", AMAL, FORUM, topic=news)
    assert "فُهم السؤال: ماذا قال واين ماروتو عن الهجوم؟" in plain(follow_up)
    elsewhere = talk.ask(f"{NAME} وماذا قال عن الهجوم؟", AMAL, FORUM, topic=sport)
    assert "واين ماروتو عن الهجوم؟)" not in plain(elsewhere)
    typing = [call for call in talk.api.calls if call.method == "sendChatAction" and call.chat == FORUM["id"]]
    assert {call.arguments["message_thread_id"] for call in typing} <= {str(news), str(sport)}
    passage = talk.press(first, AMAL, chat=FORUM)
    assert passage.arguments["message_thread_id"] == str(news)


def test_a_message_that_opens_a_topic_is_no_question(talk: Talk) -> None:
    after = len(talk.api.calls)
    topic = talk.api.opens_topic("Other", chat=FORUM, user=JOHN)
    talk.say("Nobody asked the bot.", JOHN, FORUM, topic=topic)
    talk.ask("/help", JOHN)
    assert [call.chat for call in talk.api.calls[after:] if call.method == "sendMessage"] == [JOHN["id"]]


def test_a_group_that_becomes_a_supergroup_keeps_its_talk_and_its_buttons(talk: Talk) -> None:
    answer = talk.ask(f"{NAME} {WHO}", AMAL, GROUP)
    after = len(talk.api.calls)
    asked = talk.say(f"{NAME} {HOW_MANY}", JOHN, GROUP)
    new = talk.api.migrates(GROUP, user=AMAL, to=-1007)
    reply = talk.reply_to(asked, after)
    assert reply.chat in (GROUP["id"], new["id"])
    follow_up = talk.ask(f"{NAME} وماذا قال عن الهجوم؟", AMAL, new)
    assert "ماذا قال واين ماروتو عن الهجوم؟" in plain(follow_up)
    assert talk.press(answer, AMAL, chat=new).entities


def test_a_question_that_is_edited_is_answered_again(talk: Talk) -> None:
    answer = talk.ask("What is the population of Ramadi?", JOHN)
    after = len(talk.api.calls)
    talk.api.edits(HOW_MANY, chat=private(JOHN), message_id=answer.answers)
    again = talk.reply_to(answer.answers, after)
    assert "five American soldiers" in plain(again)
    after = len(talk.api.calls)
    talk.api.edits(HOW_MANY, chat=private(JOHN), message_id=answer.answers)  # nothing changed
    talk.ask("/help", JOHN)
    assert len(talk.replies(1, after)) == 1


def test_forwarded_questions_and_captions_are_questions(talk: Talk) -> None:
    channel = content.forwarded_from_channel(CHANNEL)
    assert "المتحدث" in plain(talk.ask(WHO, AMAL, **channel))
    after = len(talk.api.calls)
    asked = talk.api.sends(content.photo(WHO), chat=private(AMAL), user=AMAL)
    assert "المتحدث" in plain(talk.reply_to(asked, after))


@pytest.mark.parametrize(
    "made",
    [
        content.sticker(), content.voice(), content.photo(), content.video(), content.location(), content.contact(),
        content.poll(), content.dice(),
    ],
)  # fmt: skip
def test_whatever_else_is_sent_gets_a_word_in_private_and_none_in_a_group(talk: Talk, made: dict[str, Any]) -> None:
    after = len(talk.api.calls)
    group: dict[str, Any] = {"id": -1_000_070, "type": "supergroup", "title": "Pictures"}
    talk.api.sends(made, chat=group, user=JOHN)
    reply = talk.reply_to(talk.api.sends(made, chat=private(AMAL), user=AMAL), after)
    assert [call for call in talk.api.calls[after:] if call.chat == group["id"]] == []
    assert any("\u0621" <= letter <= "\u064a" for letter in reply.plain)


def test_a_post_in_a_channel_is_nobodys_question(talk: Talk) -> None:
    after = len(talk.api.calls)
    talk.api.posts("Breaking news", chat=CHANNEL)
    talk.ask("/help", JOHN)
    assert len(talk.replies(1, after)) == 1


def test_an_inline_question_has_its_answer_as_a_message_to_be_sent(talk: Talk) -> None:
    after = len(talk.api.calls)
    for typed in ("How", "How many American", HOW_MANY):  # as one types
        query = talk.api.types(typed, user=JOHN)
    talk.api.wait(lambda call: call.method == "answerInlineQuery" and call.arguments["inline_query_id"] == query)
    (result,) = talk.api.results(query)
    assert "five American soldiers" in bare(result["title"])
    assert "five American soldiers" in bare(result["input_message_content"]["message_text"])
    assert sum(call.method == "answerInlineQuery" for call in talk.api.calls[after:]) == 1


def test_who_blocks_the_bot_and_comes_back_is_answered(talk: Talk) -> None:
    eve = person(99, "Eve", "en")
    talk.ask("/help", eve)
    talk.say(HOW_MANY, eve)
    talk.api.blocks(eve)
    talk.ask("/help", JOHN)
    talk.api.unblocks(eve)
    assert "five American soldiers" in plain(talk.ask(HOW_MANY, eve))


def test_removed_from_a_group_it_goes_on_elsewhere(talk: Talk) -> None:
    group: dict[str, Any] = {"id": -1_000_071, "type": "supergroup", "title": "Gone"}
    talk.say(f"{NAME} {HOW_MANY}", JOHN, group)
    talk.api.removes(chat=group, user=JOHN)
    assert plain(talk.ask("/help", JOHN))


@pytest.mark.parametrize(("user", "noted"), [(JOHN, "Thank you"), (AMAL, "شكرا")])
def test_all_sources_and_a_rating_are_a_press_away(talk: Talk, user: dict[str, Any], noted: str) -> None:
    answer = talk.ask(WHO, user)
    label = "كل المصادر"  # the answer's language, which is the question's
    everything = talk.press(answer, user, labelled(answer, label))
    quotes = [entity.text for entity in everything.entities if entity.type == "bold"]
    assert len(quotes) == sum(bare(one["text"]).startswith("[") for row in answer.buttons for one in row)
    assert bare(talk.press(answer, user, source(answer, 2)).plain).startswith("[2]")
    assert talk.told(answer, user, labelled(answer, "👍")).plain.startswith(noted)


@pytest.mark.parametrize(
    "command", ["/start", "/help", "/ask", "/articles", "/lang", "/forget", "/about", "/stop", "/nothing"]
)
def test_every_command_is_answered_in_both_languages(talk: Talk, command: str) -> None:
    arabic, english = plain(talk.ask(command, AMAL)), plain(talk.ask(command, JOHN))
    assert arabic != english
    assert sum("\u0621" <= letter <= "\u064a" for letter in arabic) > len(arabic) / 2
    assert not any("\u0621" <= letter <= "\u064a" for letter in english.split("\n")[0])


def test_the_language_that_was_chosen_stays(talk: Talk) -> None:
    eve = person(98, "Eve", "en")
    offer = talk.ask("/lang", eve)
    talk.api.presses(labelled(offer, "العربية"), message_id=offer.message_id, chat=private(eve), user=eve)
    talk.edit_of(offer)
    assert "أرسل سؤالا" in plain(talk.ask("/help", eve))


def test_who_runs_it_adds_an_article_and_removes_it(talk: Talk) -> None:
    after = len(talk.api.calls)
    text = "أعلنت الباحثة نور الكاظمي اكتشاف مقبرة ملكية في تل الدير يوم 9 أيلول 2023."
    sent = talk.api.uploads("tomb.txt", text.encode(), chat=private(AMAL), user=AMAL, caption="/ingest")
    talk.reply_to(sent, after)
    answer = talk.ask("من أعلنت اكتشاف مقبرة ملكية في تل الدير؟", JOHN)
    assert "نور الكاظمي" in plain(answer)
    sure = talk.ask("/remove 1", AMAL)
    assert sure.buttons
    named = next(i for i in range(1, 9) if "مقبرة" in plain(talk.ask(f"/remove {i}", AMAL)))
    sure = talk.ask(f"/remove {named}", AMAL)
    yes = next(one for row in sure.buttons for one in row if one["callback_data"].endswith(":1"))
    talk.api.presses(yes, message_id=sure.message_id, chat=private(AMAL), user=AMAL)
    talk.edit_of(sure)
    assert "سحب المصدر [1]" in plain(talk.press(answer, JOHN))
    after = len(talk.api.calls)
    sent = talk.api.uploads("tomb.txt", text.encode(), chat=private(JOHN), user=JOHN, caption="/ingest")
    assert "added" not in plain(talk.reply_to(sent, after))
