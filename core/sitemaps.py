"""`/sitemap.xml`: the public addresses that the apps offer at the door `sitemap`."""

from django.contrib.sitemaps import Sitemap

from core import doors


class OfferedSitemap(Sitemap):
    """Every public address, once."""

    limit = 5_000

    def items(self) -> list[str]:
        """The addresses, in the order of the offers."""
        return [url for urls in doors.ask("sitemap") for url in urls]

    def location(self, item: str) -> str:
        """The address itself."""
        return item
