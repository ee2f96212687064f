"""Judging many files: what was found before is kept, and several processes share the work."""
