"""The front ends: the command line, and what they share."""
