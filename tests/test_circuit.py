"""The circuit breaker, by a clock that the test sets."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from rag.circuit import LONGEST_PAUSE, CircuitBreaker


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuit(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(failures=3, cool_down=30.0, clock=clock)


def fail(circuit: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        circuit.failed()


def test_it_admits_everybody_until_so_many_failures_in_a_row(circuit: CircuitBreaker) -> None:
    fail(circuit, 2)
    assert circuit.admits()
    fail(circuit, 1)
    assert not circuit.admits()


def test_a_success_between_failures_starts_the_count_again(circuit: CircuitBreaker) -> None:
    fail(circuit, 2)
    circuit.succeeded()
    fail(circuit, 2)
    assert circuit.admits()


def test_after_the_cool_down_one_may_try(circuit: CircuitBreaker, clock: Clock) -> None:
    fail(circuit, 3)
    clock.now += 29.9
    assert not circuit.admits()
    clock.now += 0.2
    assert [circuit.admits() for _ in range(3)] == [True, False, False]


def test_the_success_of_the_one_who_tried_closes_it(circuit: CircuitBreaker, clock: Clock) -> None:
    fail(circuit, 3)
    clock.now += 31
    assert circuit.admits()
    circuit.succeeded()
    assert [circuit.admits() for _ in range(3)] == [True, True, True]
    fail(circuit, 2)
    assert circuit.admits()


def test_the_failure_of_the_one_who_tried_opens_it_again(circuit: CircuitBreaker, clock: Clock) -> None:
    fail(circuit, 3)
    clock.now += 31
    assert circuit.admits()
    clock.now += 5
    circuit.failed()
    clock.now += 29
    assert not circuit.admits()
    clock.now += 2
    assert circuit.admits()


def test_another_may_try_after_one_who_gave_up_without_a_word(circuit: CircuitBreaker, clock: Clock) -> None:
    fail(circuit, 3)
    clock.now += 31
    assert circuit.admits()
    clock.now += 31
    assert circuit.admits()


def test_a_server_that_asks_to_be_left_alone_is_left_alone_at_once_for_so_long(
    circuit: CircuitBreaker, clock: Clock
) -> None:
    circuit.failed(pause=90.0)
    clock.now += 89
    assert not circuit.admits()
    clock.now += 2
    assert circuit.admits()


def test_it_may_not_ask_for_ever(circuit: CircuitBreaker, clock: Clock) -> None:
    circuit.failed(pause=1e9)
    clock.now += LONGEST_PAUSE + 1
    assert circuit.admits()


def test_of_many_threads_at_once_one_may_try(circuit: CircuitBreaker, clock: Clock) -> None:
    fail(circuit, 3)
    clock.now += 31
    with ThreadPoolExecutor(16) as pool:
        admitted = list(pool.map(lambda _: circuit.admits(), range(200)))
    assert sum(admitted) == 1
