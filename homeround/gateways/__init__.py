"""Talking outwards: official files in, mail out. Fulfils ports; decides nothing.

Words: *open data* (the official files of homes, PCNs, practices and areas), *mail* (says that something waits).

Not here: which message is sent to whom and when (the slices queue them), and when one is handed over (jobs).
"""
