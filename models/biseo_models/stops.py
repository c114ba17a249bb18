"""Where an answer ends: at stop strings, and at a line that grows too long."""

from __future__ import annotations


class StopStrings:
    """Lets text through up to the first stop string, holding back what could be the beginning of one.

    Args:
        stops: the strings; none of them is let through.
    """

    def __init__(self, stops: tuple[str, ...]) -> None:
        self._stops = stops
        self._held = ""
        self.hit = False

    def take(self, text: str) -> str:
        """What of the text so far can be told now."""
        self._held += text
        found = [self._held.index(stop) for stop in self._stops if stop in self._held]
        if found:
            self.hit = True
            return self._held[: min(found)]
        keep = max((self._overlap(stop) for stop in self._stops), default=0)
        out, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        return out

    def flush(self) -> str:
        """What was held back, once nothing more comes."""
        out, self._held = self._held, ""
        return out

    def _overlap(self, stop: str) -> int:
        return next((n for n in range(min(len(stop) - 1, len(self._held)), 0, -1) if self._held.endswith(stop[:n])), 0)


class LongLine:
    """Counts the characters of the current line.

    Args:
        most: characters of a line that is too long; 0 for none.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._length = 0
        self.hit = False

    def take(self, text: str) -> None:
        """Go on with these characters."""
        _, newline, last = text.rpartition("\n")
        self._length = len(last) if newline else self._length + len(text)
        self.hit = self.hit or 0 < self._most < self._length
