"""Small redlining maps for tests, made up: squares of a hundredth of a degree in a town that does not exist."""

import json
from pathlib import Path
from typing import Any

RIVERBEND = Path(__file__).parents[2] / "curriculum/starter/maps/riverbend.geojson"

Ring = list[list[float]]


def square(west: float = -100.0, south: float = 40.0, side: float = 0.01) -> Ring:
    """A closed square, counter-clockwise from its south-west corner."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def area(
    grade: Any = "A", label: str = "A1", rings: Any = None, **properties: Any
) -> dict[str, Any]:
    """A graded feature: a square unless `rings` says otherwise."""
    geometry = {"type": "Polygon", "coordinates": [square()] if rings is None else rings}
    words = {"grade": grade, "label": label, **properties}
    return {"type": "Feature", "properties": words, "geometry": geometry}


def town(*features: Any, **members: Any) -> dict[str, Any]:
    """A FeatureCollection of a town called Elmsworth, surveyed in 1937."""
    about = {"city": "Elmsworth", "state": "MI", "year": 1937, **members}
    return {"type": "FeatureCollection", **about, "features": list(features)}


def as_bytes(value: Any) -> bytes:
    """The file's content."""
    return json.dumps(value).encode()


def saved(folder: Path, value: Any, name: str = "elmsworth.geojson") -> Path:
    """The file in a folder."""
    path = folder / name
    path.write_bytes(value if isinstance(value, bytes) else as_bytes(value))
    return path
