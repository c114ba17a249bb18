"""Pictures of the pages of foreign files, drawn in a limited process of its own; no Qt here."""
