"""Who is at the other end: sign-in, capacity, which page is open to whom, and the lock of the screen."""
