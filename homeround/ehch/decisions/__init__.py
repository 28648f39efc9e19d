"""What was decided, by whom, what is in force from when, what is asked of whom, and whether it is in dispute.

Serves REQ-19, 20, 46. Words: *decision*, *ask* (of the registered practice), *reply* (read, query, do not adopt, not
our
patient), *dispute* (with what applies meanwhile), *settlement*, *follow-up*. Everything that changes a person's plan or
treatment is recorded here in the same transaction, so the registered GP is asked in one place.

Not here: the round or concern a decision came from.
"""
