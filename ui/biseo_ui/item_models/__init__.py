"""Qt item models over the plain values of the core."""
