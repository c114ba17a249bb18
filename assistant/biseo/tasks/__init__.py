"""Document tasks as data: definitions, and the catalogue that loads them."""
