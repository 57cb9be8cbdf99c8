"""What is done with figures that are agreed: asked, answered, verified, published, revised. Only here are they written."""

from luoshi.bureau.agreements.actions.answering import Proof, Told, agree_rest, answer, take_back
from luoshi.bureau.agreements.actions.opening import Entered, Terms, amend, close, enter, open_round, send
from luoshi.bureau.agreements.actions.settling import Ruling, publish, revise, verify, verify_agreed

__all__ = [
    "Entered",
    "Proof",
    "Ruling",
    "Terms",
    "Told",
    "agree_rest",
    "amend",
    "answer",
    "close",
    "enter",
    "open_round",
    "publish",
    "revise",
    "send",
    "take_back",
    "verify",
    "verify_agreed",
]
