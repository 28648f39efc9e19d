"""Homeround: who covers each care home, who needs seeing this week and why, what was decided, and whether the registered GP knows.

DEVELOPERS.md says how the code is laid out; each package says in its first lines what it is and what is not in it.
"""
