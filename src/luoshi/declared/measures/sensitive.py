"""Measures about few pupils and their bodies: in public, small cells of them are withheld (`SMALL_CELL`)."""

SENSITIVE: frozenset[str] = frozenset(
    {
        "myopia_rate",
        "myopia_rate_as_screened",
        "primary_myopia_rate",
        "junior_myopia_rate",
        "senior_myopia_rate",
        "poor_sight_rate",
        "high_myopia_rate",
        "myopia_new_onset",
        "myopia_referred",
        "disabled_pupils",
        "three_kinds_placed",
        "integrated_share",
        "taught_at_home_share",
        "pupils_missed",
        "migrants_share",
    }
)
"""Keys. 个人信息保护法 Art. 28: health, and whoever is under fourteen."""
