"""Commands that are long enough for a module of their own; the list of all is `luoshi.cli`."""
