"""Members, how they sign in, organizations, bodies with seats, roles, and the initiative's own settings.

Private here: e-mail addresses, second factors, requests to reset one. A person's race, gender, class or religion is
no field, here or anywhere.
"""
