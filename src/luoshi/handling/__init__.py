"""Procedures and registers: states, steps, clocks, who may, what is needed; and what comes of a case step by step.

`declaring` is how a procedure is written, `courses` what is made of it and kept with each case, `cases` how a case goes on,
`permitting` who may do what next and why not, `diagrams` its picture. Nothing here knows today's date, a database or a person:
all of them are arguments.
"""
