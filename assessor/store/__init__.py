"""Assessments over time, and what people decided, in one database."""
