"""What happens around every page, outermost first: reference, policy (headers), then Django's own, viewer, refusals."""
