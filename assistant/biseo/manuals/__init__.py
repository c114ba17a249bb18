"""Manuals: what each role has to do at each stage, told by rule with its place, and questions for training."""
