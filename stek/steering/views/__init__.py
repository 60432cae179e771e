"""Pages of the whole, for who steers it."""
