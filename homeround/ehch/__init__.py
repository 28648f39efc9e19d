"""The service: Enhanced Health in Care Homes. No HTTP, no HTML, no settings, no system clock.

Slices, each importing only those to its right: rounds, care_plans, deterioration, decisions, residents, alignment.
"""
