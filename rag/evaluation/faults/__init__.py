"""Faults for the grounding check: true sentences, corrupted one way at a time, and how many of them the check finds."""
