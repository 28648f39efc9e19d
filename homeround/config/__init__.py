"""Settings, URLs, WSGI and wiring: which function fulfils which port. Not one rule, not one query."""
