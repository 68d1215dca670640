"""Tests of the language modules."""
