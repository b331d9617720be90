"""Somebody takes part in caucuses in every way that there is, by the forms of the pages alone; each of them must be taken."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.test import Client

from caucuses.permissions import seat_in
from tests.caucuses.crawling import ID, seen, sendings

ROOM = re.compile(rf"/caucuses/{ID.pattern}/", re.IGNORECASE)

UNLISTED: dict[str, Any] = {"joining": "invitation", "keeping": "keep", "wait_days": "7", "is_listed": None}  # fmt: skip


def send(client: Client, page: str, to: str, press: str = "", expects: int = 302, **typed: Any) -> str:  # fmt: skip
    """Send the form of this page that goes to an address ending so, by the button with this value; where it led."""
    found = [
        (address, data)
        for form in seen(client, page).forms
        for address, data in sendings(form)
        if address.endswith(to) and (not press or press in data.values())
    ]
    assert found, (page, to, press)
    address, data = found[0]
    sent = {name: value for name, value in (data | typed).items() if value is not None}
    answer = client.post(address, sent)
    assert answer.status_code == expects, (address, answer.status_code)
    return str(answer.get("Location", ""))


def opens(client: Client, **typed: Any) -> str:
    """A room of one's own, and its address."""
    before = rooms_of(client)
    send(client, "/caucuses/open/", "/caucuses/open/", **UNLISTED | typed)
    (room,) = rooms_of(client) - before
    return room


def rooms_of(client: Client) -> set[str]:
    """The rooms that are on one's list."""
    return {link for link in seen(client, "/caucuses/").links if ROOM.fullmatch(link)}


def is_invited(host: Client, room: str, guest: Client, address: str) -> None:
    """Invited by address as one who facilitates, comes in by the door, agrees. The mail, which a facilitator may wish for, is not sent."""
    send(host, f"{room}coming/", "coming/invite/", address=address, with_mail=None)
    send(guest, f"{room}door/", "door/accept/", name="Robin")
    send(guest, f"{room}agreement/", "agreement/accept/")


def comes_by_the_door(host: Client, guest: Client) -> str:
    """One door is open; at another they ask, take it back, ask again and are let in; at a third they are told no. Gives the first."""
    listed = {"is_listed": "on", "joining": "open", "name": "The open door"}
    first = opens(host, **listed)
    send(guest, f"{first}door/", "door/join/", name="Robin")
    send(guest, f"{first}agreement/", "agreement/accept/")
    room = opens(host, **listed | {"joining": "request", "name": "An asking door"})
    send(guest, f"{room}door/", "door/ask/", name="Robin", words="May I?")
    send(guest, "/caucuses/", "withdraw/")
    send(guest, f"{room}door/", "door/ask/", name="Robin", words="May I?")
    send(host, f"{room}coming/", "accept/")
    send(guest, f"{room}agreement/", "agreement/accept/")
    room = opens(host, **listed | {"joining": "request", "name": "A refusing door"})
    send(guest, f"{room}door/", "door/ask/", name="Robin", words="May I?")
    send(host, f"{room}coming/", "decline/", words="Not now.")
    return first


def speaks(client: Client, room: str, post: str) -> None:
    """Begins a conversation, answers, drafts, marks, recognizes, quotes, words it anew and deletes. `post`: somebody else's."""
    talks = f"{room}threads/"
    mine = send(client, f"{talks}new/", "new/", title="Stairs", text="I was late.").split("#")[0]
    send(client, mine, "reply/", text="And again.")
    send(
        client,
        f"{talks}new/",
        "new/",
        press="keep",
        expects=200,
        title="Later",
        text="I am writing.",
    )
    send(client, post, "act/", press="mark")
    send(client, post, "act/", press="recognize")


def all_of_it(cast: dict[str, Any], host: Client, guest: Client, name: str) -> None:
    """In a room of the host's, who is Dev, where Elu is too, and in one of the guest's own."""
    room, elu = opens(host), Client()
    elu.force_login(cast["elu"])
    for client, one in ((elu, "elu"), (guest, name)):
        is_invited(host, room, client, cast[one].email)
    talk = send(elu, f"{room}threads/new/", "new/", title="Rain", text="It rained.")
    speaks(guest, room, talk.split("#")[0])
    plain = comes_by_the_door(host, guest)
    send(guest, f"{plain}threads/new/", "new/", title="Here", text="I am here.")
    for one in (room, opens(guest)):
        acts(guest, one)
    reports(guest, room, seat_of(cast["elu"], room))
    send(host, f"{plain}people/{seat_of(cast[name], plain)}/remove/", "remove/", reason="So.")
    parted = next(link for link in seen(guest, "/caucuses/").links if "/parted/" in link)
    send(guest, parted, "posts/")
    send(guest, parted, "away/")


def reports(client: Client, room: str, other: UUID) -> None:
    """Reports somebody to who facilitates, takes it back, reports them again, and stops contact with them."""
    page = f"{room}reports/person/{other}/"
    said = send(client, page, page, words="He laughed.")
    send(client, f"{said}withdraw/", "withdraw/")
    send(client, page, page, words="He laughed again.")
    send(client, f"{room}people/{other}/stop/", "stop/")


def acts(client: Client, room: str) -> None:
    """Calls a meeting, takes a link for the calendar, writes a note and holds it, proposes, goes by another name, takes a copy."""
    send(client, f"{room}meetings/new/", "new/")
    send(client, f"{room}meetings/calendar/", "calendar/", expects=200, press="renew")
    note = send(client, f"{room}notes/write/", "write/", text="Please ask.")
    send(client, f"{note}hold/", "hold/", words="Not yet.")
    send(client, f"{room}people/", "people/name/", name="Sparrow")
    send(client, f"{room}mine/", "mine/", expects=200)
    change = UNLISTED | {"text": "We sing.", "why": "It opens."}
    send(client, f"{room}agreement/propose/", "propose/", **change)


def seat_of(member: Any, room: str) -> UUID:
    """Their seat in this room."""
    seat = seat_in(member, UUID(room.split("/")[2]))
    assert seat is not None
    return UUID(str(seat.pk))


def leaves(client: Client) -> None:
    """Leaves every room, with what they said and without, by turns."""
    for number, room in enumerate(sorted(rooms_of(client))):
        send(client, f"{room}leave/", "leave/", posts=("stay", "go")[number % 2])
