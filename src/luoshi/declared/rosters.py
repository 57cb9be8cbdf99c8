"""Layouts of 学籍, 教师, 学前 and OneRoster files: the tables beside this module, to which a city's folder may add."""

from pathlib import Path

from luoshi.checking.rosters import load_rosters
from luoshi.words.layouts_rosters import Rosters

FOLDER = Path(__file__).resolve().parent / "layouts" / "rosters"
"""Where they lie; `load_rosters` takes this folder and then the city's own."""
ROSTERS: Rosters = load_rosters([FOLDER])
"""Those of the nation."""
