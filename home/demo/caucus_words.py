"""What is said in the caucuses of the demonstration. Everybody here is invented; the sentences are our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True)
class Said:
    """One post: whose seat, when, what; `answers` is a passage of the post before that it quotes."""

    by: str
    at: datetime
    text: str
    answers: str = ""


@dataclass(frozen=True)
class Talk:
    """A conversation, opened by who said the first thing in it."""

    title: str
    posts: tuple[Said, ...]


@dataclass(frozen=True)
class Gathering:
    """A meeting. Without a day it is a coming one."""

    by: str
    place: str
    agenda: str
    at: datetime | None = None
    notes: str = ""


@dataclass(frozen=True)
class BroughtBack:
    """A note to *spring*. `holds`: who holds it, with why. With a day it was released, and `replies` are by people of the cohort."""

    by: str
    begun_at: datetime
    text: str
    agrees: tuple[str, ...] = ()
    holds: tuple[tuple[str, str], ...] = ()
    released_on: date | None = None
    replies: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Change:
    """A change of the agreement that somebody proposes: a sentence, and what it becomes."""

    by: str
    old: str
    new: str
    why: str
    agrees: tuple[str, ...]


@dataclass(frozen=True)
class Asking:
    """Somebody outside asks to be let in."""

    who: str
    name: str
    words: str


def _on(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


ROOTS_TALKS = (
    Talk(
        "Being asked for everybody",
        (
            Said(
                "ines",
                _on(11, 4, 23, 40),
                "In the permit meeting somebody turned to me and said: you will know how the families feel about this. "
                "I know how my mother feels. I said so, and it got very quiet. Since then I have been going over it in my "
                "head, as if I had been rude.",
            ),
            Said(
                "hana",
                _on(11, 5, 2, 15),
                "You were exact, which some people hear as rude.\n\nThey send me in when a chart says *hard to reach*. Half "
                "of the time there is a plain question that nobody has answered, about parking or about the bill. I answer it, "
                "and then I am thanked for my *special touch*.",
                answers="as if I had been rude",
            ),
            Said(
                "fay",
                _on(11, 5, 14, 5),
                "Two things, take what is of use:\n\n- *I can speak for my mother and for me* is a whole sentence. You may stop "
                "there.\n- The quiet afterwards belongs to them. I count to ten under the table and let them have it.",
            ),
        ),
    ),
    Talk(
        "Small good things",
        (
            Said(
                "fay",
                _on(11, 10, 15, 20),
                "A line each, with no lesson in it. Mine: my aunt called because she could not find the button for the sound, "
                "and we talked about persimmons for an hour.",
            ),
            Said(
                "ines",
                _on(11, 10, 22, 50),
                "The driver of the 14 saw me running with the boxes, and he waited. He just waited.",
            ),
            Said("hana", _on(11, 12, 3, 30), "I left at five. The building is still standing."),
        ),
    ),
    Talk(
        "What I take home on Thursdays",
        (
            Said(
                "hana",
                _on(11, 20, 2, 10),
                "My sister is having a baby in spring, and I read birth data for a living. On Thursdays I sit across from people "
                "who call our numbers *a concerning trend*, and then I drive home past her street.\n\nI have told nobody at work. "
                "I know how my next sentence would be heard: as not objective.",
            ),
            Said(
                "ines",
                _on(11, 20, 12, 45),
                "Thank you for saying it here. You do not have to make anything useful out of it.\n\nI am done at four on "
                "Thursdays, and I can drive. We do not need to talk.",
            ),
        ),
    ),
)

ROOTS_MEETINGS = (
    Gathering(
        "fay",
        "Fay’s kitchen, 212 Alder Street. The bell does not work; knock.",
        "1. Arrival: we eat first\n2. Our agreements, read aloud by turns\n3. Question: *Where did you rest this week?*\n"
        "4. Three minutes of silence\n5. A round; passing is fine\n6. Closing: a word each",
        at=_on(11, 13, 0, 30),
        notes="- We began late on purpose. Nobody had eaten.\n- Where did you rest this week? Two of us had no answer, and we let "
        "that stand.\n- There is something that we would like to tell the whole group about being asked to speak for others. Inés "
        "writes a first draft, and we take our time with it.\n- Next time somebody else brings the bread.",
    ),
    Gathering(
        "fay",
        "Eastside library, the reading room upstairs. The side door is open until seven.",
        "1. Arrival: tea, no hurry\n2. Our agreements, read aloud\n3. Question: *What have you put down this month, and what did "
        "you pick up again?*\n4. Three minutes of silence\n5. A round; passing is fine\n6. Closing: a word each",
    ),
)

ROOTS_NOTES = (
    BroughtBack(
        "ines",
        _on(11, 19, 1, 15),
        "When you would like to know how a family on the Eastside sees something, please ask a family on the Eastside, and pay "
        "them for the hour.\n\nSome of us are asked in every meeting to answer for people whom we have never met. We would rather "
        "be asked what we think ourselves.",
        agrees=("fay",),
        holds=(
            (
                "hana",
                "I agree with all of it but *every*. If we say *often*, nobody can talk about the count instead of listening.",
            ),
        ),
    ),
)

CROSSROADS_TALKS = (
    Talk(
        "The meeting in which I said nothing",
        (
            Said(
                "ben",
                _on(11, 7, 1, 5),
                "On Tuesday our chief said that the numbers of the Eastside are “mostly about choices.” I looked at my notes. I had "
                "the map of the lesson with me, and it stayed in the folder.\n\nNobody would have punished me. I did not want to be "
                "the one who makes it awkward.",
            ),
            Said(
                "jo",
                _on(11, 7, 14, 30),
                "I was there. I waited for you, and you waited for me, and in the end the youngest person at the table answered. "
                "She had her coat on already.",
                answers="Nobody would have punished me.",
            ),
            Said(
                "bill",
                _on(11, 8, 16, 20),
                "What would the one sentence have been? I keep a few ready now, like a spare key. Mine is: *I see it differently, "
                "and I can show you why in two minutes.*",
            ),
        ),
    ),
    Talk(
        "Being thanked",
        (
            Said(
                "wanda",
                _on(11, 18, 3, 0),
                "After the evening at the school board a mother thanked me for speaking up. I told it at dinner, then at work, then "
                "to myself in the car. By the third time the story was about me. I would like to notice that sooner.",
            ),
            Said(
                "jo",
                _on(11, 18, 13, 10),
                "I know that one. What helps me a little: I write down what she had said for two years before I repeated it in a "
                "blazer.",
            ),
        ),
    ),
)

CROSSROADS_CHANGE = Change(
    by="jo",
    old="What somebody says here is theirs to repeat.",
    new="What somebody says here is theirs to repeat, also when we mean it kindly.",
    why="Last week my own story came back to me at the coffee machine. It was told with affection, and I still wished that I had "
    "been asked.",
    agrees=("wanda",),
)

CROSSROADS_ASKING = Asking(
    who="erika",
    name="Erika",
    words="I am in the autumn cohort. When somebody says *privilege* I explain myself before anybody has asked, and I would like to "
    "practice not doing that, with people who know it.",
)

CROSSROADS_NOTES = (
    BroughtBack(
        "ben",
        _on(11, 9, 15, 0),
        "Some of us have noticed that we go quiet when a colleague plays a number down, and that somebody else then does the work of "
        "answering.\n\nWe are practicing to speak first. Where you see us fail at it, you may tell us, and you need not.",
        agrees=("jo", "wanda", "bill"),
        released_on=date(2026, 11, 16),
        replies=(
            Said(
                "chioma",
                _on(11, 17, 22, 35),
                "I am glad that it is in writing. *Speak first*: I will remember those two words in January, when the budget comes.",
            ),
        ),
    ),
)
