"""Several people at one app: everybody sees and does what his role allows, and no more."""

import http.client
import json

import pytest
from e2e.server import PATIENCE, app, foreign_requests, free_port, settled
from identity import provider, secrets_toml
from unit.app.conftest import audited_into

from assessor.collect.replay import replay
from assessor.resources import packaged
from assessor.store import jobs, projects
from assessor.store.opening import close, open_store
from assessor.store.people import SYSTEM, grant

pytestmark = pytest.mark.slow

NOW = "2026-11-01T10:00:00Z"
ANN, BOB, EVE = "ann@example.org", "bob@example.org", "eve@example.org"
PAGES = (
    "",
    "maturity",
    "coupling",
    "services",
    "hotspots",
    "attest",
    "trend",
    "report",
    "settings",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """An app with two projects: ann views the shop, bob assesses the clinic, eve has nothing."""
    folder = tmp_path_factory.mktemp("isolation")
    url = f"sqlite:///{folder}/store.sqlite"
    store = open_store(url)
    heads = {}
    for name in ("shop", "clinic"):
        replay(packaged("sample_repos") / name, folder / name)
        made = projects.add_project(store, SYSTEM, name=name, location=str(folder / name), now=NOW)
        heads[name] = audited_into(store, made.id, folder / name, now=NOW)
    grant(store, SYSTEM, person=ANN, project="shop", role="viewer", now=NOW)
    grant(store, SYSTEM, person=BOB, project="clinic", role="assessor", now=NOW)
    port = free_port()
    with provider() as identity:
        secrets = folder / "secrets.toml"
        secrets.write_text(secrets_toml(identity, redirect=f"http://127.0.0.1:{port}"))
        env = {"ASSESSOR_SECRETS": str(secrets)}
        with app(folder / "shop", store=url, env=env, port=port) as address:
            yield address, store, heads, folder
    close(store)


def _signed_in(browser, address, person):
    page = browser.new_context().new_page()
    page.goto(address)
    page.get_by_role("button", name="Sign in").click(timeout=PATIENCE)
    page.get_by_role("link", name=person).click(timeout=PATIENCE)
    page.wait_for_url(f"{address}/**", timeout=PATIENCE)
    settled(page)
    return page


@pytest.fixture(scope="module")
def ann(browser, served):
    return _signed_in(browser, served[0], ANN)


def _open(page, address):
    page.goto(address)
    return settled(page)


def test_app__nobody_signed_in__sees_the_button_and_nothing_else(browser, served):
    page = browser.new_context().new_page()
    outside = foreign_requests(page)
    for path in PAGES:
        said = _open(page, f"{served[0]}/{path}?project=shop&lang=en")
        assert "Sign in" in said
        assert "Proposed services" not in said
        assert "Next best" not in said
    assert outside == []


def test_app__a_forged_cookie__signs_nobody_in(browser, served):
    context = browser.new_context()
    forged = json.dumps({"email": ANN, "is_logged_in": True})
    names = ("_streamlit_user", "_streamlit_user_tokens")
    context.add_cookies([{"name": n, "value": forged, "url": served[0]} for n in names])
    assert "Sign in" in _open(context.new_page(), f"{served[0]}/?lang=en")


def test_app__a_visitor_without_a_role__sees_no_project(browser, served):
    page = _signed_in(browser, served[0], EVE)
    for query in ("", "&project=shop", "&project=clinic"):
        said = _open(page, f"{served[0]}/?lang=en{query}")
        assert "Nobody has given you access" in said
    said = _open(page, f"{served[0]}/portfolio?lang=en")
    assert "There is no project yet" in said


@pytest.mark.parametrize("path", PAGES)
def test_app__a_viewer_of_one_project__never_sees_the_other_nor_changes_his_own(served, ann, path):
    address, _, heads, _ = served
    said = _open(ann, f"{address}/{path}?lang=en&project=clinic&run={heads['clinic'].id}")
    assert "clinic" not in said.lower()
    offered = {text.strip() for text in ann.get_by_role("button").all_inner_texts()}
    forbidden = {"Audit again", "Sign", "Compute", "Give the role", "Add and audit", "Accept"}
    assert forbidden & offered == set()


@pytest.mark.parametrize("query", ["project=clinic", "run={run}", "project=shop&run={run}"])
def test_app__a_viewer__cannot_ask_for_a_run_of_another_project(served, ann, query):
    address, _, heads, _ = served
    said = _open(ann, f"{address}/?lang=en&{query.format(run=heads['clinic'].id)}")
    assert "clinic" not in said.lower()


def test_app__a_viewer_on_the_portfolio__sees_one_project_and_no_form(served, ann):
    said = _open(ann, f"{served[0]}/portfolio?lang=en")
    assert "Add a repository" not in said
    assert "1 of 1 projects" in said


def test_app__an_assessor_of_one_project__may_not_add_repositories(browser, served):
    page = _signed_in(browser, served[0], BOB)
    said = _open(page, f"{served[0]}/portfolio?lang=en")
    assert "Add a repository" not in said
    assert "1 of 1 projects" in said
    assert "Audit again" in _open(page, f"{served[0]}/?lang=en&project=clinic")


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../../../../etc/passwd",
        "/app/static/../../start.py",
        "/app/static/%2e%2e/%2e%2e/etc/passwd",
        "/media/../../../../etc/passwd",
        "/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/component/assessor.graph/../../../pyproject.toml",
        "/_stcore/bidi-components/assessor.graph/../../../../etc/passwd",
        "/_stcore/bidi-components/assessor.graph/%2e%2e/__init__.py",
        "/_stcore/bidi-components/assessor.graph//etc/passwd",
        "/.streamlit/config.toml",
        "/.streamlit/secrets.toml",
        "/store.sqlite",
        "//etc/passwd",
        "/file:///etc/passwd",
        "/http://127.0.0.1:22/",
        "/?project=file:///etc/passwd",
    ],
)
def test_app__a_path_out_of_what_is_served__gives_no_file(served, path):
    host = served[0].removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    for secret in (b"root:", b"cookie_secret", b"client_secret", b"SQLite format", b"asset_dir"):
        assert secret not in body, (path, answer.status)


@pytest.mark.parametrize(
    "name", ["../../evil.py", "..%2f..%2fevil.py", "/etc/cron.d/evil", "a\x00b", "C:\\evil.bat"]
)
def test_app__an_upload_without_a_session__is_refused(served, name):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="'
        + name.encode("latin-1", "replace")
        + b'"\r\n\r\nevil\r\n--x--\r\n'
    )
    connection = http.client.HTTPConnection(served[0].removeprefix("http://"), timeout=10)
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    connection.request("PUT", "/_stcore/upload_file/no-session/no-file", body, kind)
    status = connection.getresponse().status
    connection.close()
    assert status in range(400, 500)


def test_app__after_all_these_attempts__no_job_was_begun(served):
    _, store, _, _ = served
    assert [job.kind for job in jobs.jobs(store, SYSTEM) if job.made_by in {ANN, BOB, EVE}] == []
