"""Care_plans."""
