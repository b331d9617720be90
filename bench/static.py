"""The limit: nginx with a static file of 20 KB, in a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from bench.site import free_port

SENTENCE = "A sentence of a static copy, as long as another one is. "
BYTES = 20_000
CONFIGURATION = """
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 256; }}
http {{
  access_log off;
  default_type text/html;
  sendfile on;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""


@contextmanager
def static_page() -> Iterator[tuple[str, int] | None]:
    """The address of the page and the server's process id; None where nginx is not installed."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="lodestar-static-") as folder:
        Path(folder).chmod(0o755)  # its workers run as nobody when it is started by root
        pages = Path(folder) / "pages"
        pages.mkdir()
        html = f"<!doctype html><title>Static</title>{SENTENCE * (BYTES // len(SENTENCE))}"
        (pages / "page.html").write_text(html)
        file, port = Path(folder) / "nginx.conf", free_port()
        file.write_text(CONFIGURATION.format(folder=folder, port=port))
        process = subprocess.Popen([program, "-c", str(file), "-e", f"{folder}/error.log"])
        address = f"http://127.0.0.1:{port}/page.html"
        try:
            _wait_for(address)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait_for(address: str) -> None:
    opener = build_opener(ProxyHandler({}))
    for _ in range(50):
        try:
            opener.open(address, timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("nginx did not start; the limit was not measured.")
