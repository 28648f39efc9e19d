"""Who covers a home: which PCN since when, which clinical lead, who is on its MDT, who is at work when.

Serves REQ-01, 03, 07, 16, 19, 58. Words: *alignment* (a home is served by a PCN from a day), *clinical lead*
(oversight of
the service in a home, never medical responsibility), *MDT* (the multidisciplinary team of a home), *hours*.
Periods are rows of starts: the current one is the last that does not lie after the day asked about.

Not here: residents, and what anybody may read about them. Proposals and objections before an alignment come later.
"""
