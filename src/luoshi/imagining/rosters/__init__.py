"""Files as the national systems export them, of a made-up city; with names and numbers that nobody has. 演示数据（虚构）."""

from luoshi.imagining.rosters.filing import Filed, Looks
from luoshi.imagining.rosters.people import People, people
from luoshi.imagining.rosters.preschool import preschool_files
from luoshi.imagining.rosters.rolls import class_list, one_roster, roster, template
from luoshi.imagining.rosters.teachers import staff_files

__all__ = [
    "Filed",
    "Looks",
    "People",
    "class_list",
    "one_roster",
    "people",
    "preschool_files",
    "roster",
    "staff_files",
    "template",
]
