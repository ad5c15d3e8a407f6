"""The data routes, as programs ask them."""

import io
import json
import zipfile

from starlette.applications import Starlette
from web_client import ask

from two_shields.contract.schema import TABLES
from two_shields.record import live
from two_shields.record.record import DATA
from two_shields.web import data, release
from two_shields.web.disk_cache import code_version
from two_shields.web.headers import HEADERS, Headers

APP = Headers(Starlette(routes=data.ROUTES))


def test_the_descriptor_is_the_one_that_is_checked_in_with_the_version_of_the_data(record):
    served = json.loads(ask(APP, "/data/datapackage.json").body)
    assert served.pop("version") == record.data_version
    assert served == json.loads((DATA / "datapackage.json").read_bytes())


def test_a_cache_in_front_is_told_the_release_of_each_answer(record, monkeypatch):
    monkeypatch.setattr(live, "LIVE", live.LiveRecord())
    app = release.Release(Starlette(routes=[*release.ROUTES, *data.ROUTES]))
    version = ask(app, release.PATH)
    assert (version.status, version.text) == (200, f"{record.data_version}\n")
    # The record came with that very request: of its answer it is not certain what it is made of.
    assert release.HEADER not in version.headers
    told = [ask(app, link) for link in (release.PATH, "/data/claims.csv", "/data/nothing")]
    assert {answer.headers[release.HEADER] for answer in told} == {f"{record.data_version}.{code_version()}"}


def test_the_archive_holds_all_tables_and_names_their_version(record):
    answer = ask(APP, "/data/two-shields.zip")
    assert answer.headers["content-type"] == "application/zip"
    packed = zipfile.ZipFile(io.BytesIO(answer.body))
    assert {f"{table.name}.csv" for table in TABLES} | {"datapackage.json", "README.md"} == set(packed.namelist())
    assert json.loads(packed.read("datapackage.json"))["version"] == record.data_version
    assert f"Data version {record.data_version}." in packed.read("README.md").decode("utf-8")


def test_every_answer_says_what_it_is_and_who_may_read_it_and_no_two_share_a_tag():
    answers = {name: ask(APP, f"/data/{name}") for name in data.names()}
    for name, answer in answers.items():
        assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
        assert answer.headers["access-control-allow-origin"] == "*"
        assert {header: answer.headers[header] for header in HEADERS} == HEADERS
    assert len({answer.headers["etag"] for answer in answers.values()}) == len(answers)


def test_who_has_it_already_gets_304(record):
    first = ask(APP, "/data/claims.csv")
    tag = first.headers["etag"]
    assert tag.startswith(f'"{record.version}-claims.csv-')
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = ask(APP, "/data/claims.csv", if_none_match=sent)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["access-control-allow-origin"] == "*"
    for sent in ('"other"', tag.replace("claims", "events"), ""):
        assert ask(APP, "/data/claims.csv", if_none_match=sent).status == 200


def test_head_and_options_are_answered_and_nothing_else():
    assert ask(APP, "/data/aid.csv", "HEAD").headers["etag"] == ask(APP, "/data/aid.csv").headers["etag"]
    asked_first = ask(APP, "/data/aid.csv", "OPTIONS", origin="https://elsewhere.example")
    assert (asked_first.status, asked_first.headers["access-control-allow-origin"]) == (204, "*")
    assert ask(APP, "/data/aid.csv", "POST").status == 405


def test_an_unknown_file_is_a_404_that_names_the_known_ones():
    for path in (
        "/data", "/data/", "/data/tanks.csv", "/data/claims", "/data/claims.xml", "/data/README.md", "/data/../app.py",
        "/data/geometry/../../app.py", "/data/..app.py", "/data/geometry/europe.json", "/data//etc/passwd",
    ):  # fmt: skip
        answer = ask(APP, path)
        assert answer.status == 404
        assert answer.headers["content-type"].startswith("text/plain")
        assert all(f"/data/{table.name}.csv" in answer.text for table in TABLES)
        assert "tanks" not in answer.text, "it repeats nothing of what was asked for"
