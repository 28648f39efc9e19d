"""Deterioration."""
