"""Debian's nginx as a child process of a test, with the configuration that `deploy/` ships."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from browser.conftest import ROOT, free_port, stop, wait_for

TEMPLATE = ROOT / "deploy" / "nginx.conf.template"
#: `make nginx` unpacks Debian's package here where nginx is not installed: installed, it would take port 80.
UNPACKED = ROOT / ".venv" / "nginx" / "usr" / "sbin" / "nginx"

_MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr notice;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def nginx() -> str:
    """The path of nginx; without one the test is skipped, and says how to get it."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None and UNPACKED.exists():
        found = str(UNPACKED)
    if found is None:
        pytest.skip("there is no nginx: `make nginx` fetches Debian's; elsewhere install the package nginx")
    return found


def filled(template: str, **values: str) -> str:
    """The template as nginx's image fills it in: the names that it is given, and nothing else."""
    for name, value in values.items():
        assert "${" + name + "}" in template, f"the template has no place for {name}"
        template = template.replace("${" + name + "}", value)
    return template


@contextmanager
def before(replicas: Sequence[str], copy: Path | None = None, *, answers: bool = True) -> Iterator[str]:
    """nginx in front of the replicas at these addresses, with the static copy in a folder; its own address, without a
    slash at its end. `answers`: whether there is a replica that does."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    servers = "\n".join(f"server {urlsplit(replica).netloc} fail_timeout=5s;" for replica in replicas)
    with tempfile.TemporaryDirectory(prefix="nginx-") as folder, tempfile.TemporaryFile("w+") as log:
        site = filled(
            TEMPLATE.read_text("utf-8"), LISTEN=f"127.0.0.1:{port}", SERVERS=servers, TRUSTED_PROXY="127.0.0.1",
            COPY=str(copy or Path(folder) / "none"), CACHE=f"{folder}/cache",
        )  # fmt: skip
        assert "${" not in site
        (Path(folder) / "site.conf").write_text(site, "utf-8")
        # Run by root, nginx works as a user without rights.
        Path(folder).chmod(0o755)
        (Path(folder) / "nginx.conf").write_text(_MAIN.format(folder=folder), "utf-8")
        command = [nginx(), "-p", folder, "-c", "nginx.conf", "-e", "stderr"]
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            wait_for(server, f"{address}/_stcore/health" if answers else f"{address}/", log)
            yield address
        finally:
            stop(server)


def process_at(address: str) -> psutil.Process:
    """The process that listens at an address."""
    port = urlsplit(address).port
    listening = (
        c.pid for c in psutil.net_connections("tcp") if c.laddr and c.laddr.port == port and c.status == "LISTEN"
    )
    return psutil.Process(next(listening))


def sessions(replica: str) -> int:
    """How many connections a replica has that stay, which are its sessions: nginx keeps no others open."""
    port = urlsplit(replica).port

    def open_now() -> set:
        return {
            c.raddr for c in process_at(replica).net_connections("tcp")
            if c.laddr.port == port and c.status == psutil.CONN_ESTABLISHED
        }  # fmt: skip

    seen = open_now()
    time.sleep(0.5)
    return len(seen & open_now())
