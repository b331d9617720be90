"""The nouns of the curriculum, one file each."""

from curriculum.models.editions import Citation, Edition
from curriculum.models.facts import Confidence, Fact
from curriculum.models.findings import Finding, FindingKind, LinkCheck
from curriculum.models.pages import LearnIndexPage, LessonPage, ModulePage, SiteRootPage
from curriculum.models.paper import Printout
from curriculum.models.progress import LessonDone, Opening
from curriculum.models.redlining import MapArea, RedliningMap
from curriculum.models.starter import StarterFile

__all__ = [
    "Citation",
    "Confidence",
    "Edition",
    "Fact",
    "Finding",
    "FindingKind",
    "LearnIndexPage",
    "LessonDone",
    "LessonPage",
    "LinkCheck",
    "MapArea",
    "ModulePage",
    "Opening",
    "Printout",
    "RedliningMap",
    "SiteRootPage",
    "StarterFile",
]
