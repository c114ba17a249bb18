"""A draft on paper: the layout's pieces set on A4 pages, which are shown, printed and written as PDF."""
