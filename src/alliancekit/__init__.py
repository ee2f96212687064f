"""Designed relationships as typed values: alliances, prompts, flows and cadences."""
