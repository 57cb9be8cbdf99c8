"""培训: teachers and their hours, courses, sessions, choices and places, attendance, quotas, rosters, person-times."""
