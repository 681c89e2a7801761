"""Inputs made to do harm, and what must be said of each."""
