"""The first units of a city, as its folder has them."""
