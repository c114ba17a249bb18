"""Checks of a text or a draft: each gives findings and changes nothing."""
