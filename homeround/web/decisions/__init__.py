"""Pages of decisions: what awaits a reply, the reply, one decision with each part apart, follow-ups."""
