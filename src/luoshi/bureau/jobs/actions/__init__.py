"""What is done with notices and long work."""

from luoshi.bureau.jobs.actions.posting import Letter, post

__all__ = ["Letter", "post"]
