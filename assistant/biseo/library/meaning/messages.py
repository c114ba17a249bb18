"""What the program and the encoder's process say to each other: plain values, never numpy's, in frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ready:
    """The encoder is loaded; `fault` is the code of what kept it from that, where something did.

    Attributes:
        message: the same for the user, where there is something to tell; `advice`: what to do.
    """

    fault: str = ""
    message: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Encode:
    """Texts that want vectors; answered with a list of `bytes`."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Take:
    """Vectors of a library, `anew` in place of all that were given; not answered.

    Attributes:
        shelf: number of the library.
        model: name of the encoder they are of; those of another one are thrown away.
        passages: their numbers, rising, as 8 bytes each; `texts` as well.
        vectors: as many bytes each as the encoder's vectors have numbers.
    """

    shelf: int
    model: str
    anew: bool
    passages: bytes
    texts: bytes
    vectors: bytes


@dataclass(frozen=True)
class Drop:
    """Forget a library; not answered."""

    shelf: int


@dataclass(frozen=True)
class Seek:
    """The passages nearest to a question; answered with a list of (passage, spreads above the average)."""

    shelf: int
    question: str
    texts: bytes | None
    most: int


@dataclass(frozen=True)
class Weigh:
    """How near these passages are to the question last asked; answered with a list of floats and None."""

    shelf: int
    question: str
    passages: tuple[int, ...]


@dataclass(frozen=True)
class Compare:
    """How alike each of these texts is to each of the others; answered with a list of lists of floats."""

    texts: tuple[str, ...]
    others: tuple[str, ...]


Request = Encode | Take | Drop | Seek | Weigh | Compare
