"""Bodies as others publish them, and the few that we name ourselves.

Serves REQ-01 and REQ-02: every care home is a CQC registration, every PCN and practice an ODS code.
Words: *body* (anything a person can act for), *region*, *ICB*, *sub-ICB*, *PCN*, *practice*, *provider*,
*care home*; a *team* and the *installation* (the administrators' body) are named by us.
A file from a register makes and changes bodies; nothing else does.

Not here: residents, people who sign in, and who covers whom (that is `ehch.alignment`).
"""
