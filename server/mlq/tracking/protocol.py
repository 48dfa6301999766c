"""What the client and its worker say to each other: one JSON object a line, some answers for each request.

A request is `{"id", "uri", "folder", "experiments", "python", "entity", "deadline", "questions", "known"}`.
It asks for keys or, where there are questions, how many each of their filters matches. The answers have the
same `id`, and each a `part` of a picture of keys (`mlq.keys.parts`), which the next picture refines; or
`counts`, one for each question and null where that cannot be told for sure; or an `error` of a kind and one
line for people. The last one says so, and has the stamp of the store: where that is the `known` one, no
picture came.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from mlq.keys.matches import Count, Question


@dataclass(frozen=True, slots=True)
class Store:
    """A store to read: a tracking URI as MLflow takes it, and the experiments of interest, all where empty.

    Relative paths of the URI start in `folder`. An experiment is given by its name or by its id. `python` is
    the interpreter of the project, whose drivers and plugins may be used; empty where it may not be run.
    """

    uri: str
    folder: str = ""
    experiments: tuple[str, ...] = ()
    python: str = ""


class StoreError(Exception):
    """Why a store gave no keys. The message is one line for people and holds no credentials.

    Kinds: unsupported, missing, not-a-store, unreadable, busy, timeout, no-experiment, unreachable,
    needs-login, no-driver, bad-answer, no-such-thing, internal.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(one_line(message))
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Request:
    """Asks for the keys of a store's runs, traces or the like within `deadline` seconds, or its questions.

    `known` is the stamp of the keys that are known: no others come as long as it is the store's. Where it is
    None, nobody wants to know a stamp.
    """

    id: int
    store: Store
    deadline: float
    entity: str = "runs"
    questions: tuple[Question, ...] = ()
    known: str | None = None

    def to_line(self) -> str:
        """Return the request as one line of JSON with its end."""
        questions = [question.to_json() for question in self.questions]
        asked = {"entity": self.entity, "deadline": self.deadline, "questions": questions}
        return _line({"id": self.id, **asdict(self.store), **asked, "known": self.known})

    @classmethod
    def from_line(cls, line: str) -> Request:
        """Read a line that `to_line` wrote. Raises `ValueError` for any other."""
        try:
            data = json.loads(line)
            store = Store(data["uri"], data["folder"], tuple(data["experiments"]), str(data["python"]))
            questions = tuple(map(Question.from_json, data["questions"]))
            deadline, entity, known = float(data["deadline"]), str(data["entity"]), data["known"]
            return cls(int(data["id"]), store, deadline, entity, questions, known)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("this is no request") from error


@dataclass(frozen=True, slots=True)
class Answer:
    """Answers the request of the same id: with a part of a picture of keys, with counts, or with an error."""

    id: int
    part: dict[str, Any] | None = None
    error: StoreError | None = None
    counts: tuple[Count | None, ...] | None = None
    stamp: str = ""
    is_last: bool = True

    def to_line(self) -> str:
        """Return the answer as one line of JSON with its end."""
        if self.error is not None:
            return _line({"id": self.id, "error": {"kind": self.error.kind, "message": str(self.error)}})
        if self.counts is not None:
            return _line({"id": self.id, "counts": [count and count.to_json() for count in self.counts]})
        if self.is_last:
            return _line({"id": self.id, "part": self.part, "last": True, "stamp": self.stamp})
        return _line({"id": self.id, "part": self.part})

    @classmethod
    def from_line(cls, line: str | bytes) -> Answer:
        """Read a line that `to_line` wrote. Raises `ValueError` for any other."""
        try:
            data = json.loads(line)
            error = data.get("error")
            if error is not None:
                return cls(int(data["id"]), error=StoreError(error["kind"], error["message"]))
            if "counts" in data:
                return cls(int(data["id"]), counts=tuple(map(Count.from_json, data["counts"])))
            part, stamp = data.get("part"), str(data.get("stamp", ""))
            return cls(int(data["id"]), part, stamp=stamp, is_last=bool(data.get("last")))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError("this is no answer") from error


def one_line(message: str, limit: int = 300) -> str:
    """Return a message of any origin as one printable line of at most `limit` characters."""
    printable = "".join(character if character.isprintable() else " " for character in message)
    line = " ".join(printable.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, separators=(",", ":")) + "\n"
