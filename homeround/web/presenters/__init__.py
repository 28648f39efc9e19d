"""Presenters: read models of the service become the words, tones and lines that templates lay out. No queries here."""
