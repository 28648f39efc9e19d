"""The log: who wrote, who looked, and whether anybody has tampered with it.

Writes are logged by database triggers in the same transaction, so bulk and raw SQL are logged too (triggers.py). Looks
are one insert before a page leaves (looks.py). Seals make the log tamper-evident (seal.py, verify.py). H57.
"""
