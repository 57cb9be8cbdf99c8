"""The reading engine: documents → outline → sentences → amounts and deadlines → proposed commitments → bound indicators."""
