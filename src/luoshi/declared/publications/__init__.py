"""What a bureau publishes by rule or duty: one file a sort, found by standing in this package."""
