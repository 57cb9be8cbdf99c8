"""评价标准与评审组: which version of a rubric counts, who judges in a year, whom they visit."""
