"""Migrations of the room `reminders` as a later version might have them."""
