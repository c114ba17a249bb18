"""Filling a form: an agency's own HWPX or DOCX template, in which nothing but the fields changes.

The nouns are here; what does the work is in `biseo.forms.process`, which takes longer to load.
"""

from biseo.forms.form import EmptyFieldsError, Filled, Form, FormField
from biseo.forms.names import field_key

__all__ = ["EmptyFieldsError", "Filled", "Form", "FormField", "field_key"]
