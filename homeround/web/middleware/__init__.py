"""What happens around every page, outermost first: reference, policy (headers), intake, then Django's own,
viewer, refusals."""
