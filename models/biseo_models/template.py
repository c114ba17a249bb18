"""From a prompt to the text pieces that the model's own chat template makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from biseo_models.engine import Prompt

_SYSTEM, _USER = "\ue001SYSTEM\ue001", "\ue001USER\ue001"

PLAIN = "{% for message in messages %}{{ message['content'] }}\n\n{% endfor %}"
"""Used when a GGUF has no chat template: the messages one after another."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the prompt.

    Attributes:
        special: the template's own words, in which control tokens are control tokens; everything else is data, and a
            control token spelled out in it stays plain text.
        shared: instructions and document with what stands before them: the same for every task on them.
    """

    text: str
    special: bool
    shared: bool = False


class ChatTemplate:
    """The chat template of a GGUF file (Jinja2), run in a sandbox.

    Args:
        source: the template's text; empty for a model without one.
        bos: text of the token that begins a sequence.
        eos: text of the token that ends one.
    """

    def __init__(self, source: str, bos: str, eos: str) -> None:
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals["raise_exception"] = _refuse
        try:
            self._template = environment.from_string(source or PLAIN)
        except TemplateError:
            self._template = environment.from_string(PLAIN)
        self._names = {"bos_token": bos, "eos_token": eos, "add_generation_prompt": True, "enable_thinking": False}

    def pieces(self, prompt: Prompt) -> list[Piece]:
        """The prompt as pieces in order; instructions, then document, then task, then the opening of the answer."""
        frame = self._render([{"role": "system", "content": _SYSTEM}, {"role": "user", "content": _USER}])
        if frame is None or _SYSTEM not in frame:
            # Templates without a system role (Gemma) refuse it or drop it without a word.
            frame = self._render([{"role": "user", "content": f"{_SYSTEM}\n\n{_USER}"}]) or f"{_SYSTEM}\n\n{_USER}\n"
        before, _, rest = frame.partition(_SYSTEM)
        between, _, after = rest.partition(_USER)
        return [
            piece
            for piece in (
                Piece(before, True, True),
                Piece(prompt.instructions, False, True),
                Piece(between, True, True),
                Piece(f"{prompt.document}\n\n" if prompt.document else "", False, True),
                Piece(prompt.task, False),
                Piece(after, True),
                Piece(prompt.opening, False),
            )
            if piece.text
        ]

    def _render(self, messages: list[dict[str, str]]) -> str | None:
        try:
            return self._template.render(messages=messages, **self._names)
        except (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
            return None  # a foreign file's template may do anything wrong


def _refuse(reason: str) -> Any:
    raise TemplateError(reason)
