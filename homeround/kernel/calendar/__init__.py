"""Days and instants: bank holidays, working days, London time."""
