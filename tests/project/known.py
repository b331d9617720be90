"""Faults of the house that its tests know and that wait for their owner. Each has its reason; none is added without one.

A test fails as soon as one of them is gone, so that this page only gets shorter.
"""

#: File and the app above it that it names -> what would put it right.
KNOWN_ARROWS = {
    ("accounts/middleware.py", "home"): "pages that stay open without a second factor could be a setting",
    ("accounts/middleware.py", "care"): "the same list",
    ("core/middleware.py", "curriculum"): "where the address alone names the language could be a setting",
    ("core/middleware.py", "accounts"): "the small bodies of the pages of signing in could be a setting",
    ("core/views.py", "accounts"): "what search engines leave alone could be a setting or a door",
    ("core/views.py", "curriculum"): "the same line of robots.txt",
    ("curriculum/models/progress.py", "home"): "the same control",
    ("curriculum/views.py", "home"): "LOGIN_REDIRECT_URL is the member's first page, under whatever name",
    ("templates/404.html", "curriculum"): "the way to the search could be a door",
}  # fmt: skip

#: Steps of circles: a module and one that it imports, although the way leads back. Taken out, no circle is left.
KNOWN_CIRCLES = {
    ("curriculum.models.pages", "curriculum.outline"): "a CMS page makes its own context, from rows that are models too",
    ("curriculum.models.pages", "curriculum.progress"): "the same",
    ("curriculum.models.pages", "curriculum.redlining.table"): "the same",
    ("curriculum.models.pages", "curriculum.showing"): "the same",
    ("curriculum.models.pages", "curriculum.pace"): "the same",
    ("curriculum.blocks.citing", "curriculum.models"): "a chooser's preview shows a row; pages are made of blocks",
    ("curriculum.blocks.pictures", "curriculum.models"): "the same",
}  # fmt: skip

#: Files with imports inside functions that do not say why.
KNOWN_INLINE_IMPORTS = {
    "config/settings/environment.py": "a client that only a Redis needs",
    "core/admin_doors.py": "models are not loaded yet when the middleware is imported",
    "core/content.py": "imported by apps.py of other apps, before models may be",
    "curriculum/blocks/__init__.py": "the circle of pages and their blocks",
    "curriculum/blocks/citing.py": "the circle of pages and their blocks",
    "curriculum/blocks/pictures.py": "the circle of pages and their blocks",
    "curriculum/holdings.py": "the circle of notices and holdings",
    "curriculum/lesson_form.py": "the circle of pages and publishing",
    "curriculum/models/facts.py": "two files of models that know each other",
    "curriculum/models/pages.py": "the circle of pages and what is shown in them",
    "curriculum/signals.py": "models are not loaded yet, or could stand at the top",
    "manage.py": "Django reads the settings' name when it is imported",
}

#: Files with a function whose types cannot be read.
KNOWN_UNTYPED: dict[str, str] = {}

#: Files with words that nobody can translate.
KNOWN_WORDS = {}
