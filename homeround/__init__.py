"""Homeround runs the Enhanced Health in Care Homes service.

Who covers each home, who needs seeing this week and why, what was decided, who does it by when, and whether the
registered GP knows. The folder `ehch` is that service; everything else stands around it.
"""

__version__ = "0.1.0"
