"""What may be uploaded: each file is looked at, not only its name. Editors' forms and the loader ask the same functions.

A picture is made anew from its pixels (`pictures`), so that nothing but the picture is left of it. Documents are kept as they
are and must be what their ending says, from the first byte to the last (`kinds`, `captions`).
"""
