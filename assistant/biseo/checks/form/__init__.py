"""The form of a document: the parts it must have, totals that add up, replies that say what the law wants said."""

from biseo.checks.form.checker import check_draft_form, check_form, check_section_form
from biseo.checks.form.kinds import KINDS, Kind, kind_of, profile_of

__all__ = ["KINDS", "Kind", "check_draft_form", "check_form", "check_section_form", "kind_of", "profile_of"]
