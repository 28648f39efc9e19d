"""The service itself: no HTTP, no HTML, no FHIR, no settings, no system clock."""
