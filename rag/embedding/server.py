"""Embeddings from an OpenAI-compatible server, through llama-index."""

import logging
import random
import re
import time
from http.client import responses

import httpx
import openai
from llama_index.embeddings.openai import OpenAIEmbedding
from pydantic import Field, PrivateAttr

from rag.embedding.neural import BATCH, unusable
from rag.errors import EmbedderUnavailable
from rag.settings import Settings

_LOG = logging.getLogger(__name__)

_TRIES, _SECONDS = 5, 120.0  # for a batch of passages
_TRIES_FOR_QUESTION = 2
_REQUEST = 60.0  # seconds at most
_LONGEST_PAUSE = 60.0  # seconds that a server may ask for
_PASSING = {408, 409, 425, 429, *range(500, 600)}  # worth trying again
# What other statuses mean: a message, and the setting to look at.
_FAULTS = {
    **dict.fromkeys((401, 403), ("embedding_key", "SANAD_EMBEDDING_KEY")),
    **dict.fromkeys((404, 405), ("embedding_address", "SANAD_EMBEDDING_URL")),
    **dict.fromkeys((400, 413, 422), ("embedding_refused", "SANAD_EMBEDDING")),
}


class ServerEmbedding(OpenAIEmbedding):  # type: ignore[misc]  # it ships no type information
    """llama-index's client, more careful.

    Vectors are put in the order that the server numbers them in, a question has less patience than a batch of passages, and errors are told in
    our own words, since what the server writes may repeat the key.
    """

    api_key: str = Field(repr=False)
    _question_seconds: float = PrivateAttr()

    @classmethod
    def of(cls, settings: Settings, model: str) -> "ServerEmbedding":
        """A client of the server that the settings name; nothing is asked yet."""
        key = settings.embedding_key.get_secret_value() or "none"  # else llama-index takes OPENAI_API_KEY
        if not (key.isascii() and key.isprintable()):  # no header can hold it, and the client would log it
            raise EmbedderUnavailable(
                "embedding_key",
                setting="SANAD_EMBEDDING_KEY",
                url=_shown(settings.embedding_url),
                detail="it is not ASCII",
            )
        # Connections are not kept: an idle one would be cut by the server between two questions, and there is nothing to close.
        made = cls(
            model_name=model,
            api_base=settings.embedding_url,
            api_key=key,
            embed_batch_size=BATCH,
            max_retries=0,
            http_client=httpx.Client(limits=httpx.Limits(max_keepalive_connections=0)),
        )
        made._question_seconds = settings.embedding_timeout
        return made

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._ask([query], _TRIES_FOR_QUESTION, self._question_seconds)[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._ask(texts, _TRIES, _SECONDS)

    def _ask(self, texts: list[str], tries: int, seconds: float) -> list[list[float]]:
        """The vectors of texts, asked for again while that may help."""
        deadline = time.monotonic() + seconds
        attempt = 1
        while True:
            try:
                return self._request(texts, min(_REQUEST, max(0.01, deadline - time.monotonic())))
            except (openai.APIConnectionError, openai.APIStatusError) as error:
                pause = _pause(error, attempt)
                if attempt == tries or pause is None or time.monotonic() + pause >= deadline:
                    raise self._fault(error) from None
                _LOG.warning("the embedding server: %s; again in %.1f s", _detail(error), pause)
            time.sleep(pause)
            attempt += 1

    def _request(self, texts: list[str], timeout: float) -> list[list[float]]:
        found = self._get_client().embeddings.create(input=texts, model=self.model_name, timeout=timeout).data
        if len(found) != len(texts):
            raise unusable(self.model_name, f"{len(found)} vectors for {len(texts)} texts")
        if len({getattr(one, "index", None) for one in found}) > 1:  # some servers leave it out, or write 0 everywhere
            found = sorted(found, key=lambda one: one.index)
            if [one.index for one in found] != list(range(len(texts))):
                raise unusable(self.model_name, "the vectors are not numbered as the texts are")
        return [one.embedding for one in found]

    def _fault(self, error: openai.APIError) -> EmbedderUnavailable:
        status = getattr(error, "status_code", 0)
        key, setting = _FAULTS.get(status, ("embedding_server", "SANAD_EMBEDDING_URL"))
        url, detail = _shown(self.api_base), _detail(error)
        refused = key == "embedding_refused"
        return EmbedderUnavailable(key, setting=setting, refused=refused, url=url, model=self.model_name, detail=detail)


def _shown(url: str) -> str:
    """An address without the password that it may hold."""
    return re.sub("//[^/@]*@", "//", url)


def _pause(error: openai.APIError, attempt: int) -> float | None:
    """Seconds to wait before the next attempt: as many as the server asks for, else twice as many each time; None when none will help."""
    if isinstance(error, openai.APIStatusError):
        if error.status_code not in _PASSING:
            return None
        asked = str(error.response.headers.get("retry-after", ""))
        if re.fullmatch(r"\d+(\.\d+)?", asked):
            return min(float(asked), _LONGEST_PAUSE)
    return random.uniform(0.2, 0.4) * float(2**attempt)


def _detail(error: openai.APIError) -> str:
    """What happened, in our own words."""
    if isinstance(error, openai.APIStatusError):
        return f"{error.status_code} {responses.get(error.status_code, '')}".strip()
    return "no answer in time" if isinstance(error, openai.APITimeoutError) else "no connection"
