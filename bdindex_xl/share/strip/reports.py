"""What was taken out, for the reader: one entry a kind, with how many or which."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...language import Text, joined, same


@dataclass
class Removals:
    """Entries in the order in which their kinds first came up."""

    _counts: dict[Text, int] = field(default_factory=dict)
    _names: dict[Text, list[str]] = field(default_factory=dict)

    def add(self, kind: Text) -> None:
        """A thing that a workbook has once."""
        self._counts.setdefault(kind, 0)

    def count(self, kind: Text, n: int) -> None:
        """So many of a kind, whose text has an ``{n}``."""
        if n:
            self._counts[kind] = self._counts.get(kind, 0) + n

    def name(self, kind: Text, name: str) -> None:
        """One of a kind whose text has ``{names}``."""
        self._counts.setdefault(kind, 0)
        self._names.setdefault(kind, []).append(name)

    def texts(self) -> tuple[Text, ...]:
        return tuple(
            kind.format(n=n, names=joined([same(name) for name in self._names.get(kind, ())]))
            for kind, n in self._counts.items()
        )
