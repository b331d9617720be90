"""Settings, the URL configuration and the WSGI entry: no logic, no models."""
