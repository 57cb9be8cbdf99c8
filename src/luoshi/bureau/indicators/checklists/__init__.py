"""Checklists of evaluations held against what was measured, and against what people judged."""
