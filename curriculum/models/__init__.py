"""The nouns of the curriculum, one file each."""

from curriculum.models.pages import LearnIndexPage, LessonPage, ModulePage, SiteRootPage
from curriculum.models.progress import LessonDone
from curriculum.models.redlining import MapArea, RedliningMap
from curriculum.models.starter import StarterFile

__all__ = [
    "LearnIndexPage",
    "LessonDone",
    "LessonPage",
    "MapArea",
    "ModulePage",
    "RedliningMap",
    "SiteRootPage",
    "StarterFile",
]
