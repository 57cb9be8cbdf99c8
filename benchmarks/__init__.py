"""Claims of speed, each measured beside a peer."""
