"""Training projects that every bureau may run: one file each, found by standing in this package."""
