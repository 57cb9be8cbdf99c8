"""Returns are checked: cells read into their types, rows held against rules, findings in words."""

from luoshi.checking.running import Aside, Checked, Engine, check, fitted
from luoshi.checking.wording import Found, cite

__all__ = ["Aside", "Checked", "Engine", "Found", "check", "cite", "fitted"]
