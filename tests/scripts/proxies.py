"""A real nginx or Caddy with the file of `deploy/`, on free ports, with a certificate of an authority made for the story."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.scripts.processes import ROOT, free_port, wait_for

NAME = "equity.example.org"
KINDS = ("nginx", "caddy")
DEPLOY = ROOT / "deploy"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATHS = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
NGINX = """{user}daemon off; pid {folder}/pid; error_log {folder}/server.log;
events {{ worker_connections 64; }}
http {{
  access_log {folder}/access.log;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/site.conf;
}}
"""


def program(kind: str) -> str | None:
    """Where the proxy is on this machine; None where it is not."""
    return shutil.which(kind, path=PATHS)


def make_certificate(folder: Path) -> None:
    """An authority (ca.pem) and a certificate of its for NAME (site.pem, site.key)."""
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    _openssl(
        folder, "req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=The authority of a story",
        "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign",
    )  # fmt: skip
    _openssl(
        folder, "req", "-x509", *curve, "-CA", "ca.pem", "-CAkey", "ca.key", "-keyout", "site.key", "-out", "site.pem",
        "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-addext", "basicConstraints=CA:FALSE",
    )  # fmt: skip


def _openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True)


@dataclass
class Proxy:
    """A running proxy: its two ports, the folder with its certificate, and where it writes."""

    process: subprocess.Popen[bytes]
    plain: int
    secure: int
    folder: Path

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | None = None,
        host: str = NAME,
        sni: str = NAME,
        **headers: str,
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """One request over TLS, as a browser at port 443 sends it. Raises OSError or HTTPException when it is cut off."""  # fmt: skip
        with self._connected(sni) as wrapped:
            return _exchange(wrapped, path, method, body, host, headers)

    def _connected(self, sni: str = NAME) -> ssl.SSLSocket:
        context = ssl.create_default_context(cafile=str(self.folder / "ca.pem"))
        context.check_hostname = sni == NAME
        raw = socket.create_connection(("127.0.0.1", self.secure), timeout=20)
        return context.wrap_socket(raw, server_hostname=sni)

    def begin(self, path: str, size: int) -> ssl.SSLSocket:
        """A form of this size, of which the first letters have come and the rest has not, as from somebody slow."""
        wrapped = self._connected()
        head = f"POST {path} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {size}\r\n\r\n"
        wrapped.sendall(head.encode() + b"text=")
        return wrapped

    def ask_plain(self, path: str, host: str = NAME) -> tuple[http.client.HTTPResponse, bytes]:
        """One request without TLS."""
        with socket.create_connection(("127.0.0.1", self.plain), timeout=20) as raw:
            return _exchange(raw, path, "GET", None, host, {})

    def announce(self, path: str, size: int) -> int:
        """The status for a body of this size, of which nothing is sent: the limit is asked, not the line."""
        return self.ask(path, "POST", Content_Length=str(size))[0].status

    def written(self) -> str:
        """All that it wrote into files and to its terminal."""
        return "".join(
            path.read_text(errors="replace")
            for path in self.folder.rglob("*")
            if path.is_file() and path.suffix in {".log", ".txt"}
        )


def _exchange(raw, path, method, body, host, headers):
    connection = http.client.HTTPConnection(host)
    connection.sock = raw
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {"Host": host, "Connection": "close", **sent})
    answer = connection.getresponse()
    return answer, answer.read()


@contextmanager
def proxied(kind: str, folder: Path, upstream: int) -> Iterator[Proxy]:
    """The proxy in front of this port, checked by its own check of the file first."""
    make_certificate(folder)
    plain, secure = free_port(), free_port()
    command, check = (_nginx if kind == "nginx" else _caddy)(folder, upstream, plain, secure)
    env = {"PATH": PATHS, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    checked = subprocess.run(check, env=env, cwd=folder, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    with (folder / "said.txt").open("w") as said:
        process = subprocess.Popen(command, env=env, cwd=folder, stdout=said, stderr=said)
    try:
        assert wait_for(lambda: _listens(secure) and _listens(plain), 10), (
            folder / "said.txt"
        ).read_text()
        yield Proxy(process, plain, secure, folder)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _nginx(folder: Path, upstream: int, plain: int, secure: int) -> tuple[list[str], list[str]]:
    text = (DEPLOY / "nginx.conf").read_text()
    for old, new in (
        ("listen [::]:80", f"listen [::1]:{plain}"),
        ("listen [::]:443", f"listen [::1]:{secure}"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("listen 443", f"listen 127.0.0.1:{secure}"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", f"{folder}/site.pem"),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", f"{folder}/site.key"),
        ("/usr/local/share/lodestar", str(DEPLOY / "pages")),
        ("/var/log/nginx", str(folder)),
        ("/var/www/html", str(folder / "asked")),
    ):
        assert old in text, old
        text = text.replace(old, new)
    if not _has_six():
        text = "\n".join(line for line in text.splitlines() if "[::1]" not in line)
    (folder / "site.conf").write_text(text)
    user = (
        "user root; " if os.geteuid() == 0 else ""
    )  # it must read and write in the story's folder
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user=user))
    start = [str(program("nginx")), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    return start, [*start, "-t"]


def _has_six() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def _caddy(folder: Path, upstream: int, plain: int, secure: int) -> tuple[list[str], list[str]]:
    text = (DEPLOY / "Caddyfile").read_text()
    for old, new in (
        ("admin off", f"admin off\n\thttp_port {plain}\n\thttps_port {secure}"),
        (f"\n{NAME} {{", f"\n{NAME} {{\n\ttls {folder}/site.pem {folder}/site.key"),
        (":443 {", f":{secure} {{"),
        (":80 {", f":{plain} {{"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        ("/usr/local/share/lodestar", str(DEPLOY / "pages")),
    ):  # fmt: skip
        assert old in text, old
        text = text.replace(old, new)
    (folder / "Caddyfile").write_text(text)
    words = ["--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    return [str(program("caddy")), "run", *words], [str(program("caddy")), "validate", *words]


def signs_in(proxy: Proxy, email: str, password: str) -> None:
    """A member of a site in production signs in through it, and keeps cookies that no other host can set (B11)."""
    entrance = "/account/login/"
    page, body = proxy.ask(entrance)
    csrf = page.headers["Set-Cookie"]
    token = TOKEN.search(body.decode())
    assert token, page.status
    form = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
    answer, _body = proxy.ask(
        entrance, "POST", urlencode(form).encode(), Cookie=csrf.split(";")[0], Origin=f"https://{NAME}",
        Referer=f"https://{NAME}{entrance}", Content_Type="application/x-www-form-urlencoded",
    )  # fmt: skip
    session = next(text for text in answer.headers.get_all("Set-Cookie", []) if "session" in text)

    style = re.search(r'href="(/static/[^"]+\.css)"', body.decode())
    assert style, "no style sheet"
    assert "default-src 'none'" in proxy.ask(style[1])[0].headers["Content-Security-Policy"]
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"  # fmt: skip
    assert csrf.startswith("__Host-csrf=")
    assert (answer.status, answer.headers["Location"]) == (302, "/today/")
    assert session.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in session.split(";")}
    assert proxy.ask("/today/", Cookie=session.split(";")[0])[0].status == 200
