"""Personal data in a text: rules only, no model, no network."""

from biseo.checks.privacy.finder import as_finding, find_personal, find_private
from biseo.checks.privacy.kinds import LABELS, Kind, PersonalData

__all__ = ["LABELS", "Kind", "PersonalData", "as_finding", "find_personal", "find_private"]
