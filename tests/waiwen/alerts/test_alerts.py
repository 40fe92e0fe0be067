"""Alerts against a real mail server and a real HTTP receiver, both on loopback."""

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from waiwen.alerts.book import BACK_OFF, AlertBook
from waiwen.alerts.channels import content_of
from waiwen.alerts.events import Event, rank_moves
from waiwen.alerts.rule import Hook, Mail, Rule
from waiwen.alerts.sending import MOST_FAILURES, send_alerts
from waiwen.workspace import open_workspace

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
DOWN = Event("site_down", "a", "a: its home page could not be captured: timeout")


class Inbox:
    """What a mail server got."""

    def __init__(self):
        self.messages = []
        self.logins = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def log_in(self, _server, _session, _envelope, _mechanism, data):
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"pass-word-7")


@pytest.fixture
def mail_server():
    """Start a mail server: mail_server(**options of aiosmtpd) → (inbox, port)."""
    started = []

    def start(**options):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        inbox = Inbox()
        server = Controller(inbox, hostname="127.0.0.1", port=port, authenticator=inbox.log_in, **options)
        server.start()
        started.append(server)
        return inbox, port

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def receiver():
    """An HTTP server that notes what is posted to it and answers with `receiver.answer` (status, body)."""
    posted = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posted.append((self.path, json.loads(body)))
            status, answer = server.answer
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answer, server.posted = (200, b"{}"), posted
    server.url = f"http://127.0.0.1:{server.server_port}/hook?access_token=TOKEN-77"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def place(tmp_path):
    return open_workspace(tmp_path / "ws", create=True)


@pytest.fixture
def hooked(place, receiver, monkeypatch):
    """Keep an alert to the receiver: hooked(preset, **changes of the rule)."""

    def keep(preset="json", **changes):
        monkeypatch.setenv("HOOK_URL", receiver.url)
        hook = Hook(url_env="HOOK_URL", preset=preset, secret_env=changes.pop("secret_env", ""))
        kinds = changes.pop("kinds", ("site_down",))
        AlertBook(place.archive.engine).add(Rule(name="n", kinds=kinds, hook=hook, **changes))

    return keep


def states(place):
    return [(row["state"], row["attempts"]) for row in AlertBook(place.archive.engine).history()]


# -- e-mail


def test_an_event_arrives_by_mail_as_plain_text(place, mail_server):
    inbox, port = mail_server()
    mail = Mail(to=("a@example.org", "b@example.org"), sender="w@example.org", host="127.0.0.1", port=port)
    AlertBook(place.archive.engine).add(Rule(name="n", kinds=("site_down",), mail=mail))
    hostile = Event("site_down", "a\r\nBcc: x@example.org", "甲市 \x1b[31m<script>alert(1)</script>\u202e")
    assert send_alerts(place, [hostile], NOON) == []
    (message,) = inbox.messages
    assert message["To"] == "a@example.org, b@example.org"
    assert message["Bcc"] is None
    assert message.get_content_type() == "text/plain"
    text = message.get_content()
    assert "甲市" in text
    assert not {"<", "\x1b", "\u202e"} & set(text)
    assert states(place) == [("sent", 1)]


@pytest.fixture
def certificate(tmp_path):
    """A certificate of `localhost` that signs itself: path of certificate and key in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    path.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, *form))
    return path


def secure(place, port, security="starttls", **changes):
    values = {"to": ("a@example.org",), "sender": "w@example.org", "host": "localhost", "port": port} | changes
    mail = Mail(security=security, user="me", password_env="MAIL_PASSWORD", **values)
    AlertBook(place.archive.engine).add(Rule(name="n", kinds=("site_down",), mail=mail))


def server_context(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_mail_goes_over_tls_with_the_password_that_the_environment_holds(
    place, mail_server, certificate, monkeypatch, security
):
    context = server_context(certificate)
    # Of TLS from the first byte on this server's own check of it knows nothing.
    direct = {"ssl_context": context, "auth_require_tls": False}
    inbox, port = mail_server(**({"tls_context": context} if security == "starttls" else direct))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("MAIL_PASSWORD", "pass-word-7")
    secure(place, port, security)
    assert send_alerts(place, [DOWN], NOON) == []
    assert inbox.logins == [("me", "pass-word-7")]
    assert len(inbox.messages) == 1


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_password(place, mail_server, certificate, monkeypatch):
    inbox, port = mail_server(tls_context=server_context(certificate))
    monkeypatch.setenv("MAIL_PASSWORD", "pass-word-7")
    secure(place, port)
    (told,) = send_alerts(place, [DOWN], NOON)
    assert "SSLCertVerificationError" in told
    assert (inbox.logins, inbox.messages) == ([], [])


def test_a_server_without_starttls_gets_no_password(place, mail_server, monkeypatch):
    inbox, port = mail_server()
    monkeypatch.setenv("MAIL_PASSWORD", "pass-word-7")
    secure(place, port)
    assert send_alerts(place, [DOWN], NOON) != []
    assert (inbox.logins, inbox.messages) == ([], [])


# -- webhooks


def test_a_webhook_gets_the_event_as_json(place, receiver, hooked):
    hooked()
    assert send_alerts(place, [DOWN], NOON) == []
    ((path, body),) = receiver.posted
    assert path == "/hook?access_token=TOKEN-77"
    assert body == {
        "source": "waiwen", "time": "2026-06-30T12:00:00+00:00", "kind": "site_down", "subject": "a",
        "text": DOWN.text, "amount": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("preset", "answer", "content"),
    [
        ("feishu", b'{"code": 0, "msg": "success", "data": {}}', lambda body: body["content"]["text"]),
        ("dingtalk", b'{"errcode": 0, "errmsg": "ok"}', lambda body: body["text"]["content"]),
        ("wecom", b'{"errcode": 0, "errmsg": "ok"}', lambda body: body["text"]["content"]),
    ],
)
def test_a_robot_gets_text_in_which_a_site_can_call_nobody(place, receiver, hooked, preset, answer, content):
    receiver.answer = (200, answer)
    hooked(preset)
    hostile = Event("site_down", "a", 'a: <at user_id="all">all</at>' + "长" * 5000)
    assert send_alerts(place, [hostile], NOON) == []
    ((_, body),) = receiver.posted
    assert body.get("msg_type", body.get("msgtype")) == "text"
    assert "<" not in content(body)
    assert len(content(body).encode()) <= 2048
    assert states(place) == [("sent", 1)]


@pytest.mark.parametrize(
    ("preset", "answer"),
    [("feishu", b'{"code": 19021}'), ("dingtalk", b'{"errcode": 310000}'), ("wecom", b"<html>"), ("wecom", b"[]")],
)
def test_a_robot_that_answers_200_and_refuses_has_not_got_the_message(place, receiver, hooked, preset, answer):
    receiver.answer = (200, answer)
    hooked(preset)
    (told,) = send_alerts(place, [DOWN], NOON)
    assert f"the {preset} robot refused it" in told
    assert states(place) == [("waiting", 1)]


def test_dingtalk_is_signed_in_the_address(place, receiver, hooked, monkeypatch):
    monkeypatch.setenv("ROBOT_SECRET", "SEC-1")
    receiver.answer = (200, b'{"errcode": 0}')
    hooked("dingtalk", secret_env="ROBOT_SECRET")
    assert send_alerts(place, [DOWN], NOON) == []
    query = parse_qs(urlsplit(receiver.posted[0][0]).query)
    stamp = str(int(NOON.timestamp() * 1000))
    wanted = hmac.new(b"SEC-1", f"{stamp}\nSEC-1".encode(), hashlib.sha256).digest()
    assert query == {"access_token": ["TOKEN-77"], "timestamp": [stamp], "sign": [base64.b64encode(wanted).decode()]}


def test_feishu_is_signed_in_the_body():
    body, query = content_of("feishu", DOWN, "KEY", NOON)
    stamp = str(int(NOON.timestamp()))
    wanted = base64.b64encode(hmac.new(f"{stamp}\nKEY".encode(), b"", hashlib.sha256).digest()).decode()
    assert (body["timestamp"], body["sign"], query) == (stamp, wanted, "")


def test_a_redirect_does_not_carry_the_message_elsewhere(place, receiver, hooked):
    receiver.answer = (307, b"")
    hooked()
    assert send_alerts(place, [DOWN], NOON) == ["alert n: the webhook answered 307"]
    assert len(receiver.posted) == 1


# -- throttle, retry, secrets


def test_the_same_matter_is_told_once_in_its_hours_and_another_at_once(place, receiver, hooked):
    hooked(every_hours=6)
    for hours in (0, 1, 5.9, 6.1):
        send_alerts(place, [DOWN], NOON + timedelta(hours=hours))
    send_alerts(place, [Event("site_down", "b", "b")], NOON + timedelta(hours=6.2))
    assert [body["subject"] for _, body in receiver.posted] == ["a", "a", "b"]


def test_a_failed_delivery_is_kept_and_tried_again_at_growing_intervals(place, receiver, hooked):
    receiver.answer = (500, b"")
    hooked()
    send_alerts(place, [DOWN], NOON)
    tried = []
    for minute in range(1, 100):
        send_alerts(place, [], NOON + timedelta(minutes=minute))
        tried += [minute] * (len(receiver.posted) - 1 - len(tried))
    assert tried == [1, 6, 21, 81]
    receiver.answer = (200, b"")
    assert send_alerts(place, [], NOON + timedelta(days=1)) == []
    assert states(place) == [("sent", 6)]


def test_many_events_of_a_kind_go_to_people_in_one_message_and_to_programs_one_by_one(place, receiver, hooked):
    events = [Event("site_down", f"s{n}", f"s{n}: timeout") for n in range(300)]
    hooked("wecom")
    receiver.answer = (200, b'{"errcode": 1}')
    assert len(send_alerts(place, events, NOON)) == 1
    receiver.answer = (200, b'{"errcode": 0}')
    assert send_alerts(place, events, NOON + timedelta(minutes=2)) == []
    text = receiver.posted[1][1]["text"]["content"]
    assert text.startswith("[waiwen] site_down: 300 at once (`waiwen alerts history`): s0: timeout; s1: timeout;")
    assert states(place) == [("sent", 2)] * 50
    AlertBook(place.archive.engine).remove("n")
    hooked("json", every_hours=0)
    send_alerts(place, events, NOON + timedelta(days=3))
    assert len(receiver.posted) == 302


def test_a_server_that_fails_holds_up_nobody_for_all_that_waits(place, receiver, hooked):
    receiver.answer = (500, b"")
    hooked()
    events = [Event("site_down", f"s{n}", f"s{n}: timeout") for n in range(20)]
    assert len(send_alerts(place, events, NOON)) == MOST_FAILURES
    receiver.answer = (200, b"")
    assert send_alerts(place, [], NOON + timedelta(minutes=2)) == []
    assert {state for state, _ in states(place)} == {"sent"}


def test_a_delivery_that_never_succeeds_is_given_up_and_stays_in_the_history(place, receiver, hooked):
    receiver.answer = (500, b"")
    hooked()
    send_alerts(place, [DOWN], NOON)
    for day in range(1, 20):
        send_alerts(place, [], NOON + timedelta(days=2 * day))
    assert states(place) == [("given_up", len(BACK_OFF))]
    assert len(receiver.posted) == len(BACK_OFF)


def test_an_event_below_its_threshold_or_that_nobody_asked_for_is_not_told(place, receiver, hooked):
    hooked(kinds=("version_stale",), thresholds={"version_stale": 90})
    events = [Event("version_stale", "a en", "89", 89.0), Event("version_stale", "b en", "90", 90.0), DOWN]
    send_alerts(place, events, NOON)
    assert [body["subject"] for _, body in receiver.posted] == ["b en"]


def test_no_secret_reaches_the_database_or_what_is_printed(waiwen, place, receiver, hooked, monkeypatch, caplog):
    monkeypatch.setenv("ROBOT_SECRET", "SEC-1")
    receiver.answer = (500, b"TOKEN-77")
    hooked("dingtalk", secret_env="ROBOT_SECRET")
    told = send_alerts(place, [DOWN], NOON)
    said = [*waiwen("alerts", "test", "n", "--workspace", place.folder)]
    said += [*waiwen("alerts", "list", "--workspace", place.folder)]
    said += [*waiwen("alerts", "history", "--workspace", place.folder)]
    assert said[0] == 1
    place.archive.engine.dispose()
    stored = b"".join(path.read_bytes() for path in place.folder.glob("waiwen.db*"))
    for secret in ("TOKEN-77", "SEC-1"):
        assert secret not in " ".join([*told, *map(str, said), caplog.text])
        assert secret.encode() not in stored


def test_a_variable_that_is_not_set_is_told_by_its_name(place, hooked, monkeypatch):
    hooked()
    monkeypatch.delenv("HOOK_URL")
    assert send_alerts(place, [DOWN], NOON) == ["alert n: the environment variable HOOK_URL is not set, or empty"]


@pytest.mark.parametrize("host", ["mail..example.org", "m" * 64 + ".example.org"])
def test_a_mail_server_that_has_no_possible_name_is_told_and_nothing_breaks(place, host):
    mail = Mail(to=("a@example.org",), sender="a@example.org", host=host)
    AlertBook(place.archive.engine).add(Rule(name="n", kinds=("site_down",), mail=mail))
    assert send_alerts(place, [DOWN], NOON) == [f"alert n: {host}:25: UnicodeError"]


# -- the command line


def test_an_alert_is_added_tried_listed_and_removed(waiwen, place, receiver, monkeypatch):
    monkeypatch.setenv("HOOK_URL", receiver.url)
    there = ("--workspace", place.folder)
    assert waiwen("alerts", "add", "ops", "--on", "job_failed,site_down", "--webhook-env", "HOOK_URL", *there)[0] == 0
    assert "delivered" in waiwen("alerts", "test", "ops", *there)[1]
    assert receiver.posted[0][1]["kind"] == "test"
    assert waiwen("alerts", "list", *there)[1] == "ops: job_failed, site_down → $HOOK_URL (json)\n"
    assert waiwen("alerts", "remove", "ops", *there)[0] == 0
    code, _, err = waiwen("alerts", "test", "ops", *there)
    assert (code, "there is none" in err) == (2, True)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--on", "site_dwon", "--email", "a@example.org"), "no such event"),
        (("--on", "site_down"), "either --email or --webhook-env"),
        (("--on", "site_down", "--email", "a@example.org\r\nBcc: b@example.org"), "no e-mail address"),
        (("--on", "site_down", "--webhook-env", "HOOK", "--preset", "slack"), "preset"),
        (("--on", "site_down", "--email", "a@example.org", "--smtp-user", "me"), "starttls or ssl only"),
        (("--on", "", "--email", "a@example.org"), "names no event"),
        (
            ("--on", "site_down", "--email", "a@example.org", "--smtp-user", "me", "--smtp-security", "ssl"),
            "--smtp-user and --smtp-password-env: give both or neither",
        ),
        (("--on", "site_down", "--webhook-env", "HOOK", "--secret-env", "S"), "only feishu and dingtalk robots"),
        (("--on", "site_down", "--webhook-env", "https://h.example/?key=TOKEN-77"), "takes a variable's name"),
    ],
)
def test_a_bad_alert_is_refused_with_what_is_wrong(waiwen, place, options, told):
    code, _, err = waiwen("alerts", "add", "n", *options, "--workspace", place.folder)
    assert code == 2
    assert told in err
    assert "TOKEN-77" not in err
    assert AlertBook(place.archive.engine).rules() == []


# -- events


@pytest.fixture
def measured(place):
    """A round `r` with what its sites were measured as."""
    from crawler.model import Site
    from scoring.evidence import Measurement, Outcome

    site = Site("a", "甲", "c", "", "http://www.a.gov.example/")
    place.archive.start_round("r", [site], cutoff=NOON.date(), started=NOON, digest="d", settings={})

    def outcome(value, note):
        kind = Outcome.NOT_MEASURED if value is None else Outcome.MEASURED
        return Measurement(kind, value, note=note)

    found = {
        "en": {"days_since_update": outcome(120.0, "dated 2026-03-02"), "hijacked_links": outcome(2.0, "2 of 9")},
        "fr": {"days_since_update": outcome(None, "no dated page"), "hijacked_links": outcome(0.0, "0 of 4")},
    }
    nothing = {"pairs": {}, "column_pairs": {}, "failed": (), "problem": ""}
    place.store.replace_site("r", "a", measured=found, **nothing)
    place.store.replace_site("r", "b", measured={}, **(nothing | {"problem": "timeout"}))
    return place


def test_what_was_measured_of_a_round_is_told_and_what_was_not_seen_is_no_event(waiwen, measured, receiver, hooked):
    hooked(kinds=("site_down", "site_hijacked", "version_stale"), thresholds={"version_stale": 90})
    assert waiwen("alerts", "tell", "--workspace", measured.folder)[0] == 0
    assert [(body["kind"], body["subject"], body["amount"]) for _, body in receiver.posted] == [
        ("site_down", "b", None),
        ("version_stale", "a en", 120),
        ("site_hijacked", "a en", 2),
    ]
    assert "b: its home page could not be captured: timeout" in receiver.posted[0][1]["text"]


def entry(site, rank, cohort="c"):
    from crawler.model import Site
    from scoring.scorecard import Entry

    return Entry(Site(site, site, cohort, "", "http://a/"), None, rank)


def test_ranks_that_moved_are_told_within_a_cohort_only():
    from scoring.scorecard import Ranking

    before = Ranking((entry("a", 1), entry("b", 2), entry("c", None), entry("d", 1, "x")), ())
    now = Ranking((entry("a", 9), entry("b", 2), entry("c", 1), entry("d", 5), entry("e", 3)), ())
    assert list(rank_moves(before, now)) == [Event("rank_moved", "a", "a: rank 1 → 9 in cohort c", 8)]
