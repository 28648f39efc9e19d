"""What somebody noticed: a concern in their own words, who reads it, who was phoned, what came of it.

Serves REQ-87. Words: *concern*, *help now* (to be phoned until somebody says who was spoken to), *read by*, *answer*.
A concern needs no score, and no score lowers it.

Not here: observations and NEWS2, falls, infections, escalation policies; they come with deterioration in full.
"""
