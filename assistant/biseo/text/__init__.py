"""Pure functions on Korean text: numerals, particles, dates, sentences, facts."""
