"""Holes: each must lie inside its outline and leave something of it, or the picture would show what is not there."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

from curriculum.redlining.refusal import Flaw
from curriculum.redlining.rings import (
    OVERSHOOT,
    Point,
    Polygon,
    Side,
    grain,
    ring_km2,
    sides_of,
)

#: Sides looked at in one file, once for each point of a hole. San Francisco, with the most holes, needs 10 000.
MOST_LOOKS = 3_000_000


class HoleCheck:
    """Looks for holes outside their outline, with one allowance of work for a whole file.

    That no ring crosses another is known already (`rings.CrossingCheck`); what is left are holes that lie outside
    as a whole, or that leave through a point on the outline.
    """

    def __init__(self, allowance: int = MOST_LOOKS) -> None:
        self.left = allowance

    def check(self, polygon: Polygon) -> None:
        """Raise Flaw when a hole reaches outside, or when the holes leave nothing of the outline."""
        outline, *holes = polygon
        if not holes:
            return
        sides = sides_of(outline)
        for hole in holes:
            self.left -= len(sides) * len(hole)
            if self.left < 0:
                raise Flaw(
                    _("has holes of too many points to be checked. Simplify them in a map editor.")
                )
            for point in hole[:-1]:
                if not _inside(point, sides):
                    raise Flaw(
                        _(
                            "has a hole that reaches outside its outline at longitude %(lng)s, latitude "
                            "%(lat)s. Mend it in a map editor."
                        )
                        % {"lng": f"{point[0]:.4f}", "lat": f"{point[1]:.4f}"}
                    )
        if sum(ring_km2(hole) for hole in holes) >= ring_km2(outline):
            raise Flaw(_("has holes as large as its outline, so that nothing of it is left."))


def _inside(point: Point, sides: list[Side]) -> bool:
    """Whether a point lies inside the outline or upon it (within OVERSHOOT)."""
    x, y = grain(point)
    beyond = False
    for _west, east, x1, y1, x2, y2 in sides:
        if (y1 > y) != (y2 > y) and (x < east and x1 + (x2 - x1) * (y - y1) / (y2 - y1) > x):
            beyond = not beyond
    return beyond or any(_distance(x, y, side) <= OVERSHOOT for side in sides)


def _distance(x: int, y: int, side: Side) -> float:
    """From a point to the nearest point of a side, in grains."""
    _west, _east, x1, y1, x2, y2 = side
    across, up = x2 - x1, y2 - y1
    share = ((x - x1) * across + (y - y1) * up) / (across * across + up * up)
    share = min(max(share, 0.0), 1.0)
    return math.hypot(x - x1 - share * across, y - y1 - share * up)
