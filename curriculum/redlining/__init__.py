"""Redlining maps: from a GeoJSON file in Mapping Inequality's format to our own drawing and the rows of its table.

`geojson` reads and refuses (with `rings` for the outlines and `place` for city, state and year), `svg` draws
(with `projection` and `simplify`), `actions` stores. All but `actions` are pure: the same file gives the same
drawing, byte by byte. Nothing of the file's markup reaches a page: coordinates become whole numbers, names are
escaped. Nothing here is private.
"""
