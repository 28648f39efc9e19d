"""Pages about concerns: raise one, phone, read, answer, move it to the right person."""
