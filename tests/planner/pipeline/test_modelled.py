"""The model is asked for every mix of planned and actual, and answers as staffing's own does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.centre import Handling, Queue, QueueKey, ServiceLevel, Target
from planner.domain.timegrid import around_the_clock
from planner.pipeline.modelled import Happening, alone_s, modelled
from planner.sample.waiting import Work, service
from staffing.erlang import Demand, measures, service_level

VOICE = Queue(
    QueueKey("LIS", "pt", "voice"),
    "immediate",
    around_the_clock("UTC"),
    Target((ServiceLevel(0.8, 20), ServiceLevel(0.9, 60)), max_abandonment=0.05),
    Handling(300, patience_s=180),
)
CHAT = Queue(
    QueueKey("LIS", "pt", "chat"),
    "concurrent",
    around_the_clock("UTC"),
    Target((ServiceLevel(0.8, 60),)),
    Handling(500, patience_s=330, concurrency=3, slow_down=0.25, reaction_s=9),
)


def happening(contacts: float, actual: float, *, aht: tuple[float, float], agents: list[float]) -> Happening:
    return Happening(np.array([[contacts, actual]]), np.array([aht]), np.array([agents]), np.array([1800.0]))


def test_each_coalition_is_the_model_at_its_own_values() -> None:
    """Volume is bit 0, handle time bit 1, the eight rows of staff the bits above."""
    agents = [12, 11, 13, 12, 14, 10, 12, 9]
    found = modelled(VOICE, happening(60, 72, aht=(300, 330), agents=[float(n) for n in agents]))
    for number in range(32):
        contacts, aht = (60, 72)[number & 1], (300, 330)[number >> 1 & 1]
        demand = Demand(contacts * aht / 1800, aht, 180)
        here = agents[number >> 2]
        assert found["service_level"][0, number] == pytest.approx(
            service_level(demand, agents=here, within_s=20)
        )
        assert found["service_level_2"][0, number] == pytest.approx(
            service_level(demand, agents=here, within_s=60)
        )
        assert found["abandonment"][0, number] == pytest.approx(measures(demand, agents=here).p_abandon)


def test_a_fraction_of_an_agent_is_there_for_that_part_of_the_interval() -> None:
    whole = modelled(VOICE, happening(60, 60, aht=(300, 300), agents=[10, 11, 10, 10, 10, 10, 10, 11]))
    mixed = modelled(VOICE, happening(60, 60, aht=(300, 300), agents=[10.25] * 8))
    ten, eleven = whole["service_level"][0, 0], whole["service_level"][0, 4]
    assert mixed["service_level"][0] == pytest.approx(np.full(32, 0.75 * ten + 0.25 * eleven))


def test_nobody_on_duty_answers_nobody_and_nothing_offered_waits_for_nothing() -> None:
    nobody = modelled(VOICE, happening(60, 60, aht=(300, 300), agents=[0.0] * 8))
    assert nobody["service_level"][0] == pytest.approx(np.zeros(32))
    assert nobody["abandonment"][0] == pytest.approx(np.ones(32))
    idle = modelled(VOICE, happening(0, 0, aht=(300, 300), agents=[2.0] * 8))
    assert idle["service_level"][0] == pytest.approx(np.ones(32))


def test_customers_who_call_again_are_added_to_the_contacts() -> None:
    again = replace(VOICE, handling=replace(VOICE.handling, redial_share=0.5))
    given = happening(60, 60, aht=(300, 300), agents=[10.0] * 8)
    assert (modelled(again, given)["service_level"] < modelled(VOICE, given)["service_level"]).all()


@pytest.mark.parametrize("alone", [420.0, 500.0, 620.0])
def test_the_handle_time_of_one_conversation_alone_is_found_from_their_length(alone: float) -> None:
    """The witness is the sample's own model, written apart from staffing."""
    contacts = np.array([40.0, 70.0, 90.0])
    agents = np.array([7.0, 12.0, 14.0])
    work = Work(np.full(3, alone), 330.0, slots=3, slow_down=0.25)
    lengths = service(agents, contacts / 1800, work, within_s=[60.0]).open_s
    made = Happening(
        np.stack([contacts, contacts], axis=1),
        np.full((3, 2), 500.0),
        np.tile(agents[:, None], 8),
        np.full(3, 1800.0),
    )
    found = alone_s(CHAT, made, open_s=lengths, of=np.arange(3))
    assert found == pytest.approx(np.full(3, alone), rel=2e-3)
