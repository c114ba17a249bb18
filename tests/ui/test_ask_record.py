"""What the window keeps of an answer."""

from __future__ import annotations

from dataclasses import replace

from tests.ui.asked import QUOTE, reply

from biseo.asking import DOUBTED
from biseo_ui.ask_record import Asked, answer_words


def test_an_answer_that_the_model_doubts_says_so() -> None:
    made = reply("며칠인가요?", QUOTE)
    sure = Asked("며칠인가요?").with_reply(made)
    assert sure.note == ""
    assert DOUBTED not in answer_words(sure, "")
    doubted = Asked("며칠인가요?").with_reply(replace(made, doubted=True))
    assert doubted.note == DOUBTED
    assert DOUBTED in answer_words(doubted, "")
    assert not doubted.refused
