"""The kernel's migrations and one more that nobody has written yet: it changes the log's own tables."""
