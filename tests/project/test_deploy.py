"""The files of `deploy/` and the documents agree: names of settings, folders, ports and limits stand in several places."""

import re
import tomllib

import pytest
import yaml

from config.settings import base
from tests.project.source import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
REFERENCE = (ROOT / "docs" / "reference.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
#: What Python and the containers of others read, and not the site.
OTHERS = {"PYTHONDONTWRITEBYTECODE", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE"}


def example():
    lines = (DEPLOY / "lodestar.env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and line[0] != "#")


def named_in_containers():
    names = {name for service in COMPOSE["services"].values() for name in service.get("environment", {})}  # fmt: skip
    env = re.findall(r"^ENV (.*)$", (DEPLOY / "Containerfile").read_text(), re.M)
    return names | {part.split("=")[0] for line in env for part in line.split()}


def test_every_setting_that_a_file_names_is_a_setting():
    names = (named_in_containers() - OTHERS) | set(example())

    assert len(names) >= 10
    assert sorted(name for name in names if f"| `{name}` |" not in REFERENCE) == []


def test_the_example_names_what_production_cannot_do_without():
    assert {
        "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "FIELD_KEYS_FILE", "EMAIL_URL", "FROM_EMAIL", "ALERT_EMAIL",
        "TRUSTED_PROXY_COUNT", "LODESTAR_VAR",
    } <= set(example())  # fmt: skip
    assert example()["SECRET_KEY"] == ""


def test_each_line_of_the_example_has_a_sentence_above_it():
    text = (DEPLOY / "lodestar.env.example").read_text()

    for name in example():
        assert re.search(rf"^# [A-Z].*\n{name}=", text, re.M), name


def test_the_service_in_a_container_cannot_write_where_it_should_not():
    site = COMPOSE["services"]["site"]

    assert site["read_only"] is True
    assert site["cap_drop"] == ["ALL"]
    assert site["ulimits"]["core"] == 0
    assert "ports" not in site  # Caddy alone is seen from outside
    assert {"data", "/etc/lodestar/keys"} == {place.split(":")[0] for place in site["volumes"]}
    assert re.search(r"^USER lodestar$", (DEPLOY / "Containerfile").read_text(), re.M)
    assert site["environment"]["LODESTAR_VAR"] == example()["LODESTAR_VAR"]
    assert site["environment"]["FIELD_KEYS_FILE"] == example()["FIELD_KEYS_FILE"]


def test_a_stop_leaves_the_supervisor_the_time_that_it_takes():
    """Ten seconds for its children, and what comes after; the service manager waits longer than that."""
    unit = (DEPLOY / "lodestar.service").read_text()

    assert COMPOSE["services"]["site"]["stop_grace_period"] == "30s"
    assert "\nTimeoutStopSec=30\n" in unit
    assert re.search(r"^GRACE = 10\.0 ", (ROOT / "scripts" / "supervision.py").read_text(), re.M)


def test_the_proxies_let_through_what_the_site_takes():
    nginx, caddy = ((DEPLOY / name).read_text() for name in ("nginx.conf", "Caddyfile"))
    megabytes = base.WAGTAILDOCS_MAX_UPLOAD_SIZE // 1024 // 1024

    assert re.findall(r"client_max_body_size (\d+)m", nginx) == ["3", "21", str(megabytes + 1)]
    assert re.findall(r"max_size (\d+)MB", caddy) == ["22", "106", "3"]
    assert base.DATA_UPLOAD_MAX_MEMORY_SIZE < 3_000_000


def test_neither_proxy_keeps_a_list_of_who_asked_for_what():
    """A23: nor serves a folder with uploads in it."""
    nginx = (DEPLOY / "nginx.conf").read_text()
    roots = set(re.findall(r"\n\s*(?:root|alias) ([^;]+);", nginx))

    assert nginx.count("access_log off;") == nginx.count("\nserver {") == 3
    assert nginx.count("error_log /var/log/nginx/lodestar.log emerg;") == 3
    assert roots == {"/usr/local/share/lodestar", "/var/www/html"}
    assert "exclude http.log http.handlers" in (DEPLOY / "Caddyfile").read_text()


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile", "lodestar.service", "lodestar.env.example", "Containerfile", "compose.yaml"])  # fmt: skip
def test_the_page_says_where_each_file_goes(name):
    assert f"deploy/{name}" in OPERATIONS


def test_the_image_has_the_python_that_the_project_asks_for():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]

    assert asked == ">=3.11"
    assert "FROM docker.io/library/debian:bookworm-slim" in (DEPLOY / "Containerfile").read_text()
