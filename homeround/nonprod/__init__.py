"""Nonprod."""
