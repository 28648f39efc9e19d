"""Pages of rounds: this week's homes, the round itself, the review of one person, closing."""
