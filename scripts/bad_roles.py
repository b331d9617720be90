"""The eight roles of the bad inputs: each signs in, looks around, and signs in again when a case has ended its session."""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlencode

from bad_asking import Answered, Case, send
from bad_cases import FORM_KIND, TOKEN, Known
from bad_forms import Form, Forms
from fresh_clone import Failed
from sweep import LEFT_OUT, links
from visitor import PASSWORD
from visitor import TOKEN as TOKEN_FIELD

#: Who stands for each role, none of them Dev, whose words are looked for; who comes next when one has left by what was sent.
#: Elu is his buddy and sits in his room.
ROLES = {
    "nobody": ("",), "participant": ("chioma", "marisol", "tomas"), "buddy": ("elu", "keisha"), "caucus member": ("hana", "ines"),
    "facilitator": ("mo", "fay"), "editor": ("rui",), "backbone": ("ana", "lena"), "operator": ("gus",),
}  # fmt: skip
#: Who is let into the editors’ area; the others need not look around in it to be refused everywhere.
STAFF = frozenset({"editor", "backbone", "operator"})
ENTRANCE, PROOF = "/account/login/", "/account/profile/"
MOST_PAGES = 60  # looked at by each role before it begins
PATIENCE = 60.0


class Role:
    """One visitor with cookies and a network address of their own, so that limits count each role apart."""

    def __init__(self, name: str, people: tuple[str, ...], port: int, place: int) -> None:
        self.name, self.port, self.place = name, port, place
        self.person, *self.others = people
        self.cookies: dict[str, str] = {}
        self.token = TOKEN

    def send(self, case: Case, patience: float = PATIENCE) -> Answered:
        """Send a case with this role's cookies and token."""
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        token, headers = self.token, case.headers
        if any(TOKEN in value for _name, value in headers):
            headers = tuple((name, value.replace(TOKEN, token)) for name, value in headers)
        sent = Case(
            case.number, case.role, case.kind, case.method, case.target, headers,
            case.body.replace(TOKEN.encode(), token.encode()), case.cut,
        )  # fmt: skip
        return send(sent, self.port, held, f"10.0.{self.place}.1", patience)

    def page(self, path: str, form: dict[str, str] | None = None) -> Answered:
        """A page as a browser asks for it; its cookies are kept."""
        said = (("Content-Type", FORM_KIND),) if form is not None else ()
        body = urlencode(form).encode() if form is not None else b""
        method = "GET" if form is None else "POST"
        answer = self.send(Case(0, self.name, "look", method, path, said, body))
        for line in answer.cookies:
            self._keep(line)
        found = TOKEN_FIELD.search(answer.body.decode(errors="replace"))
        self.token = found[1] if found else self.token
        return answer

    def _keep(self, line: str) -> None:
        try:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0" or morsel["max-age"] == 0:
                    del self.cookies[name]
        except CookieError:
            pass

    def sign_in(self) -> None:
        """Sign in anew, or as the next who stands for this role. Raises Failed when nobody is left."""
        while not self._enter():
            if not self.others:
                raise Failed(f"The {self.name} ({self.person}) cannot sign in any more.")
            self.person = self.others.pop(0)

    def _enter(self) -> bool:
        self.cookies = {}
        self.page(ENTRANCE)
        form = {
            "csrfmiddlewaretoken": self.token,
            "login": f"{self.person}@riverton.example",
            "password": PASSWORD,
        }
        self.page(ENTRANCE, form)
        return self.is_signed_in()

    def is_signed_in(self) -> bool:
        """Whether a page of one's own opens."""
        return self.page(PROOF).status == 200

    def stay_signed_in(self) -> None:
        """Sign in again where a case has ended the session, as some are meant to."""
        if not self.person:
            self.page(ENTRANCE)
        elif not self.is_signed_in():
            self.sign_in()

    def look_around(self, known: Known) -> None:
        """Go to every plain address and to where the pages lead; note links, ids and forms."""
        if self.person:
            self.sign_in()
        plain = [f"/{route}" for route in known.routes if not re.search(r"[<(^\\]", route)]
        shut = LEFT_OUT if self.name in STAFF else (*LEFT_OUT, "/admin/")
        todo = [path for path in dict.fromkeys(plain) if not path.startswith(shut)]
        links_found = dict.fromkeys(todo)
        forms: dict[str, Form] = {}
        for path in todo:
            self._look(path, links_found, forms)
        for path in [path for path in links_found if path not in plain][:MOST_PAGES]:
            self._look(path, links_found, forms)
        known.links[self.name] = list(links_found)
        known.forms[self.name] = [form for form in forms.values() if form.fields]
        for path in links_found:
            known.learn(path.partition("?")[0])
        print(f"{self.name}: {len(links_found)} addresses, {len(forms)} forms", flush=True)

    def _look(self, path: str, links_found: dict[str, None], forms: dict[str, Form]) -> None:
        answer = self.page(path)
        if answer.status != 200 or "html" not in answer.kind:
            return
        text = answer.body.decode(errors="replace")
        links_found.update(dict.fromkeys(links(text)))
        for form in Forms(text, at=path).found:
            if form.path.startswith("/"):
                forms.setdefault(
                    f"{form.page.partition('?')[0]} {form.path.partition('?')[0]}", form
                )
