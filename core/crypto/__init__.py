"""What seals class S at rest: a keyring outside the database, a data key for each owner, one kind of field.

`envelope` is the format and knows neither Django nor a database; `keyring` holds the keys that wrap; `owners` makes,
remembers and destroys data keys; `fields` is what models use; `checks` refuses a model that would leak; `rotation`
changes the wrapping key; `erasures` remembers whose keys are gone. The format is in docs/sealed-format.md, with known
answers in tests/vectors/.
"""
