"""Pages about the obligations of an arrival."""
