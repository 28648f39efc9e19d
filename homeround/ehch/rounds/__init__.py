"""The weekly home round: who needs seeing and why, the round, its outcome for each person.

Serves REQ-33, 34, 36, 37, 42, 46, 62. Words: *worklist*, *put forward*, *reason* (of four kinds, with strength,
evidence and age), *home round*, *review*, *outcome*. The order is strength of reason, then longest since review; there
is no score.

Not here: check-ins, packs, arrangements of the week.
"""
