"""What `deploy/` promises, held against the schemas of its tools, against the code, and against a server run so."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from browser.conftest import ROOT, free_port, stop, wait_for
from proxy import before, filled
from web_client import Html, get

DEPLOY = ROOT / "deploy"
MANIFESTS = {made["kind"]: made for made in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8"))}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
HEALTH = "/_stcore/health"
#: Before a command, root gives up its rights: permissions hold for it then as for anybody.
NO_RIGHTS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, each with what it says."""
    text = re.sub(r"\\\n\s*", "", (DEPLOY / "Dockerfile").read_text("utf-8"))
    return [tuple(line.split(" ", 1)) for line in text.splitlines() if line and not line.startswith("#")]


def said(name: str) -> list[str]:
    return [words for instruction, words in instructions() if instruction == name]


def copied() -> list[str]:
    """What the image takes from the repository."""
    froms = [words.split() for words in said("COPY") if not words.startswith("--from=")]
    return [source.rstrip("/") for *sources, _ in froms for source in sources]


def test_hosts_of_scripts_install_what_the_image_does():
    *_, installed = (words for words in said("RUN") if "apt-get install" in words)
    packages = (ROOT / "packages.txt").read_text("utf-8").split()
    assert ["python3", *packages] == re.search(r"--no-install-recommends ([a-z0-9 -]+?) +&&", installed)[1].split()


# Kubernetes


def valid(manifest: dict) -> None:
    import kubernetes_validate  # here, as its own imports take seconds

    kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)


def test_the_manifests_keep_the_schema_of_kubernetes_and_a_slip_is_found():
    for manifest in MANIFESTS.values():
        valid(manifest)
    text = json.dumps(MANIFESTS["Deployment"])
    for right, wrong, said in (
        ("readOnlyRootFilesystem", "readonlyRootFilesystem", "'readonlyRootFilesystem' was unexpected"),
        ('"containerPort": 8501', '"containerPort": "x"', "'x' is not of type"),
    ):
        assert right in text
        with pytest.raises(Exception, match=said):
            valid(json.loads(text.replace(right, wrong)))


def test_pods_have_no_rights_write_to_tmp_alone_and_are_asked_where_the_image_answers():
    pod = MANIFESTS["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}" == said("USER")[-1]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/tmp"]
    assert [("emptyDir" in volume) for volume in pod["volumes"]] == [True]
    assert {"requests", "limits"} == set(container["resources"])
    assert container["ports"] == [{"name": "http", "containerPort": int(said("EXPOSE")[0])}]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"] == {"path": HEALTH, "port": "http"}
    assert HEALTH in said("HEALTHCHECK")[0]


def test_the_parts_find_each_other_and_readers_stay_where_they_are():
    labels = MANIFESTS["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert MANIFESTS["Deployment"]["spec"]["selector"]["matchLabels"] == labels
    service, ingress, scaler = (MANIFESTS[kind] for kind in ("Service", "Ingress", "HorizontalPodAutoscaler"))
    assert service["spec"]["selector"] == labels
    assert service["spec"]["sessionAffinity"] == "ClientIP"
    (rule,) = ingress["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    assert path["backend"]["service"] == {"name": service["metadata"]["name"], "port": {"name": "http"}}
    notes = ingress["metadata"]["annotations"]
    assert notes["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert int(notes["nginx.ingress.kubernetes.io/proxy-read-timeout"]) > 60
    assert scaler["apiVersion"] == "autoscaling/v2"
    assert scaler["spec"]["scaleTargetRef"]["name"] == MANIFESTS["Deployment"]["metadata"]["name"]
    assert 2 <= scaler["spec"]["minReplicas"] < scaler["spec"]["maxReplicas"]
    for kind in ("PodDisruptionBudget", "NetworkPolicy"):
        spec = MANIFESTS[kind]["spec"]
        assert spec.get("selector", spec.get("podSelector"))["matchLabels"] == labels


# Compose


@pytest.mark.process
def test_the_compose_file_keeps_its_schema_and_a_slip_is_found(tmp_path):
    right, slip = DEPLOY / "compose.yaml", tmp_path / "compose.yaml"
    slip.write_text(right.read_text("utf-8").replace("read_only", "readonly"), "utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", right, slip]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "'readonly' was unexpected" in said and f"{slip}::" in said and f"{right}::" not in said


def test_compose_puts_nginx_before_replicas_without_rights():
    dashboard, nginx = COMPOSE["services"]["dashboard"], COMPOSE["services"]["nginx"]
    assert dashboard["deploy"]["replicas"] == "${REPLICAS:-2}"
    assert "ports" not in dashboard and dashboard["networks"] == ["inside"]
    for service in (dashboard, nginx):
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert f"dashboard:{said('EXPOSE')[0]} resolve" in nginx["environment"]["SERVERS"]
    assert (
        DEPLOY / dashboard["build"]["context"] / dashboard["build"]["dockerfile"]
    ).resolve() == DEPLOY / "Dockerfile"
    source, _, _ = nginx["volumes"][0].split(":")
    environment = {name: re.sub(r"\$\{\w+:-(.*)}", r"\1", text) for name, text in nginx["environment"].items()}
    assert "${" not in filled((DEPLOY / source).read_text("utf-8"), **environment)
    assert nginx["ports"][0].endswith(f":{nginx['environment']['LISTEN']}")


def test_replicas_believe_their_proxy():
    (container,) = MANIFESTS["Deployment"]["spec"]["template"]["spec"]["containers"]
    believed = {"FORWARDED_ALLOW_IPS": "*"}
    assert COMPOSE["services"]["dashboard"]["environment"] == believed
    assert {one["name"]: one["value"] for one in container["env"]} == believed


# nginx, in front of two servers that say what it has told them.


class Telling(BaseHTTPRequestHandler):
    """Answers with its own port and the headers that reached it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        told = {"port": self.server.server_port, "protocol": self.request_version}
        body = json.dumps(told | {name.lower(): value for name, value in self.headers.items()}).encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def telling() -> Iterator[tuple[str, list[ThreadingHTTPServer]]]:
    """The address of nginx before two servers that tell, and these."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Telling) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with before([f"http://127.0.0.1:{server.server_port}" for server in servers]) as address:
            yield address, servers
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


@pytest.fixture(scope="module")
def behind() -> Iterator[str]:
    with telling() as (address, _):
        yield address


def told(address: str, **headers: str) -> dict[str, str]:
    return json.loads(get(address, **headers).text)


@pytest.mark.process
def test_a_reader_stays_with_one_replica_and_readers_are_spread_over_both(behind):
    readers = {
        name: {told(f"{behind}/aid", User_Agent=f"browser {name}")["port"] for _ in range(6)} for name in range(20)
    }
    assert {len(ports) for ports in readers.values()} == {1}
    assert len(set().union(*readers.values())) == 2


@pytest.mark.process
def test_the_readers_of_a_replica_that_is_gone_are_answered_by_the_other():
    """The very first who asks, too: nginx learns of it from that request."""
    with telling() as (address, servers):
        gone, other = servers
        gone.shutdown()
        gone.server_close()
        answers = [get(f"{address}/aid", User_Agent=f"browser {name}") for name in range(20)]
    assert {answer.status for answer in answers} == {200}
    assert {json.loads(answer.text)["port"] for answer in answers} == {other.server_port}


@pytest.mark.process
def test_nginx_passes_on_what_a_session_needs(behind):
    place = behind.removeprefix("http://")
    asked = HTTPConnection(place, timeout=60)
    asked.request("GET", "/_stcore/stream", headers={"Connection": "Upgrade", "Upgrade": "websocket"})
    session = json.loads(asked.getresponse().read())
    asked.close()
    assert (session["protocol"], session["connection"].lower(), session["upgrade"]) == (
        "HTTP/1.1",
        "upgrade",
        "websocket",
    )
    page = told(f"{behind}/aid", Host="shields.example:8443", X_Forwarded_Proto="https")
    assert "upgrade" not in page and page.get("connection", "").lower() != "upgrade"
    assert (page["host"], page["x-forwarded-proto"]) == ("shields.example:8443", "https")
    assert told(f"{behind}/aid", X_Forwarded_Proto="gopher")["x-forwarded-proto"] == "http"
    # Whom the trusted proxy names is passed on; who is named before that is nobody's business.
    named = told(f"{behind}/aid", X_Forwarded_For="198.51.100.7")["x-forwarded-for"]
    assert named.split(", ")[-1] == "198.51.100.7"
    assert told(f"{behind}/aid")["x-forwarded-for"] == "127.0.0.1"


# The image. Docker is not at hand where these run: its steps are taken without it.


def test_the_image_takes_what_there_is_and_leaves_the_rest():
    assert all((ROOT / source).exists() for source in copied())
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert "*" in lines
    let_in = [line[1:] for line in lines if line.startswith("!")]
    for source in copied():
        assert any(one == source or one.startswith(f"{source}/") for one in let_in), f"{source} is ignored"
    assert {one.split("/")[0] for one in let_in} == {source.split("/")[0] for source in copied()}
    assert said("USER")[-1].split(":")[0] != "0"
    assert "python -m two_shields.web" in said("RUN"), "the bundles are compressed ahead of time"


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """The files of the image, as its steps make them, in a folder in which nobody may write."""
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        made = Path(folder) / "two-shields"
        for source in copied():
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, made / source, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                (made / source).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, made / source)
        if (ROOT / "build").exists():  # compressing takes a minute; what is there was made by the same step
            shutil.copytree(ROOT / "build", made / "build")
        for path in (Path(folder), made, *made.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield made
        for path in (Path(folder), made, *made.rglob("*")):
            path.chmod(0o755)


@pytest.fixture(scope="module")
def server(image) -> Iterator[str]:
    """The image's command, run without rights, with a home of its own; its address."""
    (command,) = (json.loads(words) for words in said("CMD"))
    port = free_port()
    command = [sys.executable, *command[1:]]
    command[command.index("--server.port=8501")] = f"--server.port={port}"
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    for words in said("ENV")[1:]:
        environment |= dict(pair.split("=", 1) for pair in shlex.split(words) if not pair.startswith("PATH="))
    environment |= COMPOSE["services"]["dashboard"]["environment"]
    # Chromium writes there until it ends, which may be after the server has.
    with (
        tempfile.TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as home,
        tempfile.TemporaryFile("w+") as log,
    ):
        assert environment["HOME"] == "/tmp"
        environment |= {"HOME": home, "TMPDIR": home}
        started = subprocess.Popen(
            [*NO_RIGHTS, *command],
            cwd=image,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(started, address + HEALTH, log)
            yield address
        finally:
            stop(started)


@pytest.mark.process
def test_the_image_s_command_serves_where_nothing_can_be_written(server, image):
    probe = [*NO_RIGHTS, "touch", str(image / "two_shields" / "written")]
    assert subprocess.run(probe, check=False, capture_output=True).returncode != 0
    before = sorted(image.rglob("*"))
    html = Html(get(f"{server}/aid?view=reported").text)
    assert html.texts["title"][0].startswith("Published totals of aid to Ukraine from France")
    assert get(f"{server}/data/two-shields.zip").status == 200
    # A card that lacks its chart, because its browser is slow to start, may be kept for a minute only.
    cards = (get(f"{server}/preview/aid.png") for _ in range(8))
    assert "public, max-age=3600" in (card.headers["cache-control"] for card in cards)
    assert sorted(image.rglob("*")) == before


@pytest.mark.process
def test_the_scheme_is_the_one_that_the_proxy_names(server):
    """From an address that uvicorn does not believe by itself."""
    asked = HTTPConnection("127.0.0.1", int(server.rpartition(":")[2]), source_address=("127.0.0.2", 0), timeout=60)
    asked.request("GET", "/aid", headers={"Host": "shields.example", "X-Forwarded-Proto": "https"})
    html = Html(asked.getresponse().read().decode("utf-8"))
    asked.close()
    assert html.links["canonical"] == "https://shields.example/aid"
