"""The JSON API. Its framework is loaded when the first question comes, not when the website starts."""
