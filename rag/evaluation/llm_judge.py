"""A language model as the judge of citations."""

import logging
import re
from collections.abc import Sequence

import httpx
import openai

from rag.errors import SanadError, SettingsError
from rag.evaluation.judge import repeats
from rag.model import Citation
from rag.prompts import prompt
from rag.settings import Settings

_LOG = logging.getLogger(__name__)
_RETRIES = 2
_MOST_TOKENS = 400  # some models think aloud before their verdict


class JudgeUnavailable(SanadError):
    """The model that was to judge does not."""


class LlmJudge:
    """Asks the model of the settings whether quotes carry a claim, as TRUE's entailment model is asked in ALCE (Gao et al. 2023).

    A quotation of its own quote is carried without asking. Verdicts are kept, so that nothing is asked twice.

    Raises:
        SettingsError: no model is set.
    """

    def __init__(self, settings: Settings) -> None:
        if settings.llm == "none":
            raise SettingsError("SANAD_LLM", "eval_judge_none")
        self.name = f"llm:{settings.llm}"
        self._settings = settings
        self._verdicts: dict[tuple[str, tuple[str, ...]], bool] = {}

    def supports(self, claim: str, quotes: Sequence[Citation]) -> bool:
        """Whether the model says that the quotes carry the claim.

        Raises:
            JudgeUnavailable: the server cannot be reached, or the model says neither yes nor no.
        """
        if not quotes:
            return False
        asked = claim, tuple(quote.quote for quote in quotes)
        if asked not in self._verdicts:
            self._verdicts[asked] = repeats(claim, quotes) or self._ask(claim, quotes)
        return self._verdicts[asked]

    def _ask(self, claim: str, quotes: Sequence[Citation]) -> bool:
        shown = "\n".join(f"<<<{quote.quote}>>>" for quote in quotes)
        said = self._said(prompt("judge", claim=claim, quotes=shown))
        verdicts = re.findall(r"\b(yes|no)\b", said.casefold())
        if not verdicts:
            raise self._unavailable("it says neither yes nor no")
        return bool(verdicts[-1] == "yes")

    def _said(self, text: str) -> str:
        settings = self._settings
        try:
            with (
                httpx.Client(timeout=settings.llm_timeout) as http,
                openai.OpenAI(
                    base_url=settings.llm_url,
                    api_key=settings.llm_key.get_secret_value() or "none",
                    max_retries=_RETRIES,
                    http_client=http,
                ) as client,
            ):
                stream = client.chat.completions.create(
                    model=settings.llm,
                    messages=[{"role": "user", "content": text}],
                    temperature=0.0,
                    max_tokens=_MOST_TOKENS,
                    stream=True,
                )
                choices = [part.choices[0] for part in stream if part.choices]
        except (openai.OpenAIError, httpx.HTTPError, ValueError) as error:
            _LOG.warning("the judge failed: %s", type(error).__name__)  # its text may repeat the key
            raise self._unavailable(type(error).__name__) from None
        if not any(choice.finish_reason for choice in choices):
            raise self._unavailable("its reply was cut off")
        return "".join(choice.delta.content or "" for choice in choices)

    def _unavailable(self, detail: str) -> JudgeUnavailable:
        url = re.sub("//[^/@]*@", "//", self._settings.llm_url)
        return JudgeUnavailable("eval_judge", model=self._settings.llm, url=url, detail=detail)
