"""Pages that belong to no slice: sign-in, capacity, lock, kept text, rights, what is wrong, the system's health,
errors.
"""
