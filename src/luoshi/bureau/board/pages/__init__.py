"""The pages: a query or an action, then a template."""
