"""Several documents at once: two versions of one, what different ones share, and one report made of them. By rule."""
