"""Fixed sets of values of `cohorts`, and its limits: places, files of people, meetings."""

from __future__ import annotations

from datetime import timedelta
from enum import IntEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Where a file of people to invite stands."""

    READING = "reading", _("Being read")
    READY = "ready", _("Waiting for your word")
    RUNNING = "running", _("Being carried out")
    DONE = "done", _("Carried out")
    REFUSED = "refused", _("Not readable")
    STOPPED = "stopped", _("Stopped")


#: What the worker has something to do with, and what a page waits for.
UNDER_WAY = (ImportState.READING, ImportState.RUNNING)


class Verdict(models.TextChoices):
    """What will happen with a row, as its preview says."""

    NEW = "new", _("New: will be invited")
    KNOWN = "known", _("A member: will be added and told")
    THERE = "there", _("Already there: nothing happens")
    DUPLICATE = "duplicate", _("Twice in the file: the first one counts")
    REFUSED = "refused", _("Refused")


#: Rows with which something is done.
TO_DO = (Verdict.NEW, Verdict.KNOWN)


class Became(models.TextChoices):
    """What happened with a row, or with an address that was typed."""

    INVITED = "invited", _("Invited")
    ADDED = "added", _("A member: added and told")
    THERE = "there", _("Already there: nothing was done")
    OPEN = "open", _("Invited already: nothing was sent again")
    REFUSED = "refused", _("Refused: nothing was done")


class Reason(models.TextChoices):
    """Why nothing is done with a row."""

    EMPTY = "empty", _("There is no address in it.")
    NO_ADDRESS = "no_address", _("This is no e-mail address.")
    FORMULA = "formula", _("It begins as a formula does (=, +, - or @).")
    TOO_LONG = "too_long", _("The address is longer than 254 letters.")
    CONTROL = "control", _("It holds characters that nobody types.")
    ROLE = "role", _("The role is neither participant nor facilitator.")
    CELLS = "cells", _("It has more cells than the first row.")
    INVITED = "invited", _("The same invitation is open already.")
    MEMBER = "member", _("This member is in the cohort already.")
    LEFT = "left", _("This member has left the cohort. By mail they get an invitation, which they can accept.")  # fmt: skip
    YOURSELF = "yourself", _("Already here: this is your own address.")
    OPERATOR = "operator", _("Already here: this is an operator of the site, who is invited one by one.")  # fmt: skip
    CLOSED = "closed", _("Already here: this account takes no invitation now.")
    FAILED = "failed", _("Something went wrong on our side. Nothing was done; try it again.")


class FileProblem(models.TextChoices):
    """Why a file cannot be used at all."""

    TOO_BIG = "too_big", _("The file is larger than 1 MB.")
    TOO_MANY = "too_many", _("The file has more than 10 000 rows. Send it in several parts.")
    NO_TEXT = "no_text", _("This is no text file. Save the table as CSV.")
    NO_ROWS = "no_rows", _("The file holds no row.")
    HEAD = "head", _("The first row must name the columns, with one called “email” and at most one called “role”, or hold an address itself.")  # fmt: skip
    QUOTES = "quotes", _("Row %(row)d cannot be read: a quotation mark is opened and not closed, or a cell is far too long.")  # fmt: skip
    FAILED = "failed", _("The file could not be read, and it is not your fault. The people who run the site find it in their log.")  # fmt: skip


class Step(IntEnum):
    """What became of somebody's place in a cohort, as a notice tells it."""

    ENDED = 1
    FACILITATES = 2
    FACILITATES_NO_MORE = 3


class Presence(models.TextChoices):
    """Whether somebody was at a meeting. It is said or noted, never counted."""

    THERE = "there", _("was there")
    NOT_THERE = "not_there", _("was not there")
    EXCUSED = "excused", _("could not come")


class Rhythm(models.TextChoices):
    """Whether the same meeting is called again."""

    ONCE = "once", _("Once")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")


#: Weeks from one meeting to the next.
WEEKS = {Rhythm.ONCE: 0, Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}
#: So many meetings are called at once, at most.
MOST_AT_ONCE = 12
LONGEST_TITLE = 120  # characters
LONGEST_PLACE = 300
LONGEST_LINK = 500
LONGEST_AGENDA = 10_000
#: A meeting is called for a day within this time from now, and noted afterwards within the same time.
AHEAD = BEHIND = timedelta(days=730)
#: How long attendance is kept after the last day of the cohort.
ATTENDANCE_KEPT_FOR = timedelta(days=30)
