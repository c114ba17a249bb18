"""Rules of style for official documents, reports and press releases: text in, findings out."""

from biseo.checks.style.checker import apply_certain, check_style
from biseo.checks.style.rulebook import PROFILES, Profile, Rule, rules, style_profile

__all__ = ["PROFILES", "Profile", "Rule", "apply_certain", "check_style", "rules", "style_profile"]
