"""Boundaries a bureau has approved, kept in its own folder."""
