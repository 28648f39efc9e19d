"""Pages about who acts for a body: for its managers; and how somebody gets in who has no password."""
