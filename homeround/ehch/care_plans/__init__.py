"""Whether the two obligations of an arrival were met: the holistic assessment and the personalised plan.

Serves REQ-67, 69. Words: *obligation*, *met*. An obligation is open while nothing meets it; nothing is made at move-in.

Not here: the assessment and the plan themselves.
"""
