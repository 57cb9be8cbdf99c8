"""Divisions and institutions of the city, with their days and what came of each."""
