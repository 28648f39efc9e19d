"""Whether the two obligations of an arrival were done: the holistic assessment and the personalised plan.

Serves REQ-67, 69. Words: *obligation*, *done*. An obligation is open while it is not done; nothing is made at move-in.

Not here: the assessment and the plan themselves.
"""
