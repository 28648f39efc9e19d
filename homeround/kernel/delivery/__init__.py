"""What leaves by itself: the outbox, and the signs of life of what empties it."""
