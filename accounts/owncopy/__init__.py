"""A member's own copy of their data: one zip file that the worker makes, sealed under their key, and that they download once.

`contents` walks the register; `pages`, `tables` and `writing` give it the forms that it has in the zip; `building` is the
worker's part and `handing` the download. No app is named here: each says in its `mydata.py` what is in the copy.
"""
