"""The kernel: text, mail, audit, access, privacy, the register and the doors. It holds no noun of the product.

Its tables name members by UUID or pseudonym and have no foreign key to the apps above.
"""
