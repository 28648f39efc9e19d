"""Which function fulfils which port, once, in order. Nothing is discovered and nothing listens."""


def plug() -> None:
    """Plug every port; called once, when all apps are loaded."""
