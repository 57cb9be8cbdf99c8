"""落实: reads a public work plan, opens its supervision ledger, says honestly how each promise stands."""
