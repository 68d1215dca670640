"""What can be counted of the bot, for Prometheus: never a user, a chat or a word."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_PREFIX = "sanad_telegram_"
_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20, 30, 60)


class Metrics:
    """The bot's counters, in a registry of its own.

    Attributes:
        questions: by outcome: answered, refused, limited, busy, stopped, failed.
        engine_seconds: that the engine took for a question.
        waiting_seconds: between an update's arrival and the start of its handling, and of a question for the engine.
        waiting: questions that arrived and are not done.
        workers: processes that are ready to think.
        updates: that arrived, by kind.
        sent: messages that Telegram took.
        repeated: sendings that failed and are tried again, by reason: network, flood.
        undelivered: messages that were given up, by reason: blocked, refused, late.
        errors: apologies with a reference.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = self._counter("questions", "Questions, by outcome.", "outcome")
        self.engine_seconds = self._histogram("engine_seconds", "Seconds the engine took for a question.")
        self.waiting_seconds = self._histogram(
            "waiting_seconds", "Seconds before the start, of an update or of the engine.", "on"
        )
        self.waiting = Gauge(_PREFIX + "waiting", "Questions that are not done.", registry=self.registry)
        self.workers = Gauge(_PREFIX + "workers", "Processes that are ready to think.", registry=self.registry)
        self.updates = self._counter("updates", "Updates, by kind.", "kind")
        self.sent = self._counter("sent", "Messages that Telegram took.")
        self.repeated = self._counter("repeated", "Sendings that are tried again, by reason.", "reason")
        self.undelivered = self._counter("undelivered", "Messages that were given up, by reason.", "reason")
        self.errors = self._counter("errors", "Errors that were apologised for.")

    def text(self) -> bytes:
        """All of them as Prometheus reads them."""
        return generate_latest(self.registry)

    def _counter(self, name: str, said: str, *labels: str) -> Counter:
        return Counter(_PREFIX + name, said, labels, registry=self.registry)

    def _histogram(self, name: str, said: str, *labels: str) -> Histogram:
        return Histogram(_PREFIX + name, said, labels, buckets=_SECONDS, registry=self.registry)
