"""The grammar of one sentence: numbers, measure words, days, bounds → targets."""
