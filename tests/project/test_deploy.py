"""The files of `deploy/` and the documents agree: names of settings, folders, ports and limits stand in several places."""

import re
import subprocess
import tomllib

import pytest
import yaml

from config.settings import base
from notices.alarm_words import ALARMS
from tests.project.source import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
REFERENCE = (ROOT / "docs" / "reference.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
#: What Python and the containers of others read, and not the site.
OTHERS = {"PYTHONDONTWRITEBYTECODE", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE"}


#: Settings that lead to nothing that lives, so that the drill of a restore may have the same as the site.
HARMLESS = {
    "SECRET_KEY", "SECRET_KEY_FALLBACKS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "TRUSTED_PROXY_COUNT", "DEBUG", "DEMO",
    "FROM_EMAIL", "SECURITY_CONTACT", "SITE_URL", "SIGNUP", "STAFF_SECOND_FACTOR", "GLOSSARY_BODY", "WEB_WORKERS",
}  # fmt: skip


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


def test_the_drill_takes_no_setting_that_leads_to_something_live(tmp_path):
    """It would send the site's mail into its own folder. A new setting belongs into the block's list or among the harmless ones."""
    settings = re.findall(
        r"^\| `([A-Z_]+)` \|", REFERENCE.split("## Settings")[1].split("\n## ")[0], re.M
    )
    live = "".join(f"{' ' * (number % 2)}{name}=live\n" for number, name in enumerate(settings))
    (tmp_path / "lodestar.env").write_text((DEPLOY / "lodestar.env.example").read_text() + live)
    drill = OPERATIONS.split("## 10. A restore drill")[1]
    lines = [line for line in drill.split("```")[1].splitlines() if line.endswith("drill.env")]

    made = subprocess.run(
        ["bash", "-euc", "\n".join(lines).replace("/etc/lodestar/", f"{tmp_path}/")], capture_output=True, text=True
    )  # fmt: skip

    assert (made.returncode, made.stderr, len(lines)) == (0, "", 6)
    text = (tmp_path / "drill.env").read_text()
    got = dict(line.strip().split("=", 1) for line in text.splitlines() if line and line[0] != "#")
    own = {
        "LODESTAR_VAR": "/var/lib/lodestar-drill", "FIELD_KEYS_FILE": "/var/lib/lodestar-drill/keys/field_keys.json",
        "EMAIL_URL": "file:///var/lib/lodestar-drill/mail", "PORT": "8001",
    }  # fmt: skip
    assert {name: value for name, value in got.items() if name not in HARMLESS} == own
    assert set(got) >= HARMLESS
    assert (tmp_path / "drill.env").stat().st_mode & 0o777 == 0o600


def test_a_drill_whose_restore_is_refused_is_not_served():
    drill = OPERATIONS.split("## 10. A restore drill")[1]

    assert drill.count("drill.env lodestar restore $LATEST &&\nLODESTAR_ENV=/etc/lodestar/drill.env lodestar serve\n") == 1  # fmt: skip
    assert drill.count("lodestar serve") == 1


def test_an_update_and_going_back_stop_at_the_first_line_that_is_refused():
    """And an update begins on the branch, where `git pull` works also after going back."""
    steps = OPERATIONS.split("## 12. Updates, and going back")[1].split("\n## ")[0]
    blocks = [block.strip().splitlines() for block in steps.split("```")[1::2]]

    assert [block[1] for block in blocks] == [
        "lodestar backup &&", "systemctl stop lodestar &&",
        "lodestar restore --replace $(ls -d /var/lib/lodestar/backups/2* | tail -n 1) &&",
    ]  # fmt: skip
    assert [line for block in blocks for line in block[:-1] if not line.endswith(" &&")] == []
    assert blocks[0].index("git checkout --quiet main &&") < blocks[0].index("git pull --ff-only &&")  # fmt: skip
    assert blocks[2][0] == "systemctl stop lodestar &&"


def test_the_image_can_make_backups_of_the_database_beside_it():
    """A `pg_dump` that is older than its server refuses it. Debian 12 has 15."""
    clients = re.findall(r"postgresql-client-(\d+)", (DEPLOY / "Containerfile").read_text())
    server = COMPOSE["services"]["postgres"]["image"].rpartition(":")[2]

    assert clients == [server] == ["15"]


def test_the_newer_proxy_in_a_container_gets_its_own_word_for_the_same():
    """`buffer_requests` is Caddy 2.6's; later ones know `request_buffers` alone."""
    command = COMPOSE["services"]["caddy"]["command"][2].split(" > /config/Caddyfile")[0]
    made = subprocess.run(
        ["sh", "-c", command.replace("/etc/caddy/Caddyfile", str(DEPLOY / "Caddyfile"))], capture_output=True, text=True
    ).stdout  # fmt: skip
    lines = [line.strip() for line in made.splitlines() if line.strip()[:1] not in {"", "#"}]

    assert (
        "/etc/lodestar/Caddyfile:/etc/caddy/Caddyfile:ro" in COMPOSE["services"]["caddy"]["volumes"]
    )
    assert "deploy/Caddyfile > /etc/lodestar/Caddyfile\n" in OPERATIONS
    assert "reverse_proxy site:8000 {" in lines
    assert lines[lines.index("reverse_proxy site:8000 {") + 1] == "request_buffers 4MB"
    assert not [line for line in lines if line.startswith(("buffer_requests", "max_buffer_size"))]


def test_the_pages_of_a_proxy_carry_what_the_site_sends_about_tls():
    """In each place where a policy stands, one of them an answer without a page."""
    value = '"max-age=31536000; includeSubDomains; preload"'
    nginx, caddy = ((DEPLOY / name).read_text() for name in ("nginx.conf", "Caddyfile"))

    assert nginx.count(f"add_header Strict-Transport-Security {value} always;") == 3
    assert nginx.count("add_header Content-Security-Policy ") == 3
    assert caddy.count(f"Strict-Transport-Security {value}") == caddy.count("Content-Security-Policy ") == 2  # fmt: skip
    assert (
        "\nSECURE_HSTS_SECONDS = 365 * 24 * 3600\n"
        in (ROOT / "config/settings/production.py").read_text()
    )


def test_each_file_says_how_many_lines_hold_the_name():
    nginx = (DEPLOY / "nginx.conf").read_text().split("\n", 2)[2]

    assert nginx.count("equity.example.org") == 4
    assert "equity.example.org: four lines hold it" in (DEPLOY / "nginx.conf").read_text()


def test_the_copy_that_goes_on_all_day_is_of_the_database_that_the_page_has():
    found = yaml.safe_load((DEPLOY / "litestream.yml").read_text())["dbs"][0]["path"]

    assert found == f"{example()['LODESTAR_VAR']}/db/lodestar.sqlite3"
    assert f"/tmp/main.sqlite3 {found}" in REFERENCE


def test_the_table_of_alarms_names_every_kind():
    rows = REFERENCE.split("## Alarms")[1].split("\n## ")[0]
    named = re.findall(r"^\| (`.*?`) \|", rows, re.M)

    assert {kind for row in named for kind in re.findall(r"`(\w+)`", row)} == set(ALARMS)
