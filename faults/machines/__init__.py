"""Several machines on one host: each in a network of its own, so that one can be killed, frozen, or cut off while the others go on."""
