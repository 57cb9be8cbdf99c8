"""Rubrics: criteria with weights, what was said of each, and the score that follows from both and from nothing else."""
