"""Parameters of posts, money and sight as measures read them; each with all its dated values."""

from luoshi.declared import guarantees as said
from luoshi.declared.standards import SMALL_SCHOOL_FLOOR
from luoshi.words.returns import Threshold

POSTS_PRIMARY = Threshold(said.POSTS_PRIMARY)
POSTS_JUNIOR = Threshold(said.POSTS_JUNIOR)
POSTS_SENIOR = Threshold(said.POSTS_SENIOR)
POSTS_A_CLASS = Threshold(said.POSTS_A_CLASS)
SMALL_SCHOOL = Threshold(said.SMALL_SCHOOL)
RETIRING_WOMEN = Threshold(said.RETIRING_WOMEN)
RETIRING_MEN = Threshold(said.RETIRING_MEN)
CHILDREN_A_STAFF = Threshold(said.CHILDREN_A_STAFF)
CHILDREN_A_CARER = Threshold(said.CHILDREN_A_CARER)
CARERS_A_CLASS = Threshold(said.CARERS_A_CLASS)
ENTERPRISE_DAYS = Threshold(said.ENTERPRISE_DAYS)
PRIMARY_QUOTA = Threshold(*said.PRIMARY_QUOTA)
JUNIOR_QUOTA = Threshold(*said.JUNIOR_QUOTA)
BOARDER_QUOTA = Threshold(*said.BOARDER_QUOTA)
DISABLED_QUOTA = Threshold(*said.DISABLED_QUOTA)
FLOOR = Threshold(SMALL_SCHOOL_FLOOR)
SIGHT_LEAST = Threshold(said.SIGHT_LEAST)
HIGH_MYOPIA = Threshold(said.HIGH_MYOPIA)
BANDWIDTH = Threshold(said.BANDWIDTH)
PROGRAMME_FILLED = Threshold(said.PROGRAMME_FILLED)
