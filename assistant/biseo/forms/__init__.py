"""Filling a form: an agency's own HWPX or DOCX template, in which nothing but the fields changes."""

from biseo.forms.form import EmptyFieldsError, Filled, Form, FormField
from biseo.forms.names import field_key
from biseo.forms.process import SUFFIXES, fill_form, find_fields

__all__ = ["SUFFIXES", "EmptyFieldsError", "Filled", "Form", "FormField", "field_key", "fill_form", "find_fields"]
