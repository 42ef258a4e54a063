"""The rules of the floor once more, in plain Python that looks through everybody at every event.

Slow and simple: what the compiled run is compared with, draw by draw.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from staffing.simulation.floor import Contacts, Duty, Groups, Queues


@dataclass
class Talk:
    """A conversation: seconds of solo work left, or until when it is idle."""

    contact: int
    left_s: float
    idle_until_s: float | None = None


@dataclass
class Person:
    """An agent; `stood` orders those who are free by who has stood longest."""

    group: int = -1
    slots: int = 1
    talks: list[Talk] = field(default_factory=list)
    stood: int | None = None

    @property
    def working(self) -> list[Talk]:
        return [talk for talk in self.talks if talk.idle_until_s is None]


class PlainFloor:
    """One run, event by event; `answered_s`, `finished_s` and `arrived_s` are its outcome."""

    def __init__(self, contacts: Contacts, *, queues: Queues, groups: Groups, duty: Duty) -> None:
        self.contacts, self.queues, self.groups, self.duty = contacts, queues, groups, duty
        self.arrived_s = contacts.arrived_s.copy()
        self.answered_s, self.finished_s = np.full((2, len(contacts.queue)), np.nan)
        self.people = [Person() for _ in range(int(duty.agent.max()) + 1)]
        self.waiting: list[int] = []
        self.calls: list[tuple[float, int]] = [
            (t, i) for i, t in enumerate(self.arrived_s) if not np.isnan(t)
        ]
        self.again: list[tuple[float, int, bool]] = []
        self.now_s, self.turn = 0.0, 0

    def run(self) -> None:
        """Everything that happens up to each change of duty, then the change."""
        for at_s, agent, group, slots in zip(*self.duty, strict=True):
            while (event := self._next()) and event[0] <= at_s:
                self._pass_time(event[0])
                self._happen(event)
            self._pass_time(at_s)
            if agent >= 0:
                self.people[agent].group, self.people[agent].slots = group, slots
                self._look_for_work(self.people[agent])

    def _next(self) -> tuple | None:
        ends = [(self.now_s + self._until(p, t), 0, n, t) for n, p in enumerate(self.people) for t in p.talks]
        comes = [(at_s, 1, contact, None) for at_s, contact in self.calls[:1]]
        again = [(entry[0], 2, entry[1], entry) for entry in self.again]
        return min([*ends, *comes, *again], key=lambda event: event[:2], default=None)

    def _stretch(self, person: Person, talk: Talk) -> float:
        return 1 + self.queues.slow_down[self.contacts.queue[talk.contact]] * (len(person.working) - 1)

    def _until(self, person: Person, talk: Talk) -> float:
        if talk.idle_until_s is not None:
            return max(talk.idle_until_s - self.now_s, 0.0)
        return max(talk.left_s * self._stretch(person, talk), 0.0)

    def _pass_time(self, to_s: float) -> None:
        for person in self.people:
            for talk in person.working:
                talk.left_s -= (to_s - self.now_s) / self._stretch(person, talk)
        self.now_s = to_s

    def _happen(self, event: tuple) -> None:
        _, kind, number, what = event
        if kind == 0:
            self._end(self.people[number], what)
        elif kind == 1:
            self.calls.pop(0)
            self._arrive(number)
        else:
            self.again.remove(what)
            if what[2] == (not np.isnan(self.answered_s[number])):
                contact = self.contacts.again.row[number]
                self.arrived_s[contact] = self.now_s
                self._arrive(contact)

    def _end(self, person: Person, talk: Talk) -> None:
        if talk.idle_until_s is None:
            self.finished_s[talk.contact] = self.now_s
            self._note(talk.contact, self.contacts.again.reconnect_s, self.now_s, answered=True)
            talk.idle_until_s = self.now_s + self.contacts.idle_s[talk.contact]
        if talk.idle_until_s <= self.now_s:
            person.talks.remove(talk)
        self._look_for_work(person)

    def _note(self, contact: int, delays_s: np.ndarray, from_s: float, *, answered: bool) -> None:
        if delays_s[contact] < np.inf:
            self.again.append((from_s + delays_s[contact], contact, answered))

    def _free(self, person: Person) -> bool:
        if person.group < 0 or len(person.talks) >= person.slots:
            return False
        return not person.talks or bool(self.queues.concurrent[self.contacts.queue[person.talks[0].contact]])

    def _arrive(self, contact: int) -> None:
        queue = self.contacts.queue[contact]
        order = [group for group in self.queues.groups[queue] if group >= 0]
        able = [p for p in self.people if p.stood is not None and p.group in order]
        able = [p for p in able if self.queues.concurrent[queue] or not p.talks]
        if able:
            person = min(able, key=lambda p: (len(p.talks), order.index(p.group), p.stood))
            self._begin(person, contact)
            self._stand(person)
            return
        self.waiting.append(contact)
        left_s = self.arrived_s[contact] + self.contacts.patience_s[contact]
        self._note(contact, self.contacts.again.redial_s, left_s, answered=False)

    def _begin(self, person: Person, contact: int) -> None:
        person.talks.append(Talk(contact, self.contacts.work_s[contact]))
        self.answered_s[contact] = self.now_s

    def _stand(self, person: Person) -> None:
        self.turn += 1
        person.stood = self.turn if self._free(person) else None

    def _look_for_work(self, person: Person) -> None:
        if person.group < 0 and not person.working:
            person.talks = []
        while self._free(person):
            served = [q for q in self.groups.queues[person.group] if q >= 0]
            served = [q for q in served if self.queues.concurrent[q] or not person.talks]
            left_s = self.arrived_s + self.contacts.patience_s
            here = [c for c in self.waiting if self.contacts.queue[c] in served and left_s[c] > self.now_s]
            if not here:
                break
            contact = min(
                here, key=lambda c: (-self.queues.priority[self.contacts.queue[c]], self.arrived_s[c])
            )
            self.waiting.remove(contact)
            self._begin(person, contact)
        self._stand(person)
