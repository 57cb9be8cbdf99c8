"""The grammar of one sentence: amounts, days, what is promised and how it is held."""
