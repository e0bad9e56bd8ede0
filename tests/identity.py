"""A small OpenID provider on loopback, which vouches for whoever a test says it is."""

import contextlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "assessor", "a-secret-of-the-tests"
PEOPLE = ("ann@example.org", "bob@example.org", "eve@example.org")


@contextlib.contextmanager
def provider():
    """The address of a running provider: its page to sign in has a link for each of `PEOPLE`."""
    key = RSAKey.generate_key(2048, {"kid": "test", "use": "sig", "alg": "RS256"})
    codes = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(key, codes))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def secrets_toml(address, *, redirect):
    """What Streamlit has to know of it."""
    return f"""
[auth]
redirect_uri = "{redirect}/oauth2callback"
cookie_secret = "{secrets.token_hex(16)}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{address}/.well-known/openid-configuration"
"""


def _handler(key, codes):
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def _send(self, content, kind="application/json", status=200):
            body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            url = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            here = f"http://{self.headers['Host']}"
            if url.path == "/.well-known/openid-configuration":
                self._send(_metadata(here))
            elif url.path == "/jwks":
                self._send({"keys": [key.as_dict(private=False)]})
            elif url.path == "/authorize":
                links = "".join(
                    f'<p><a href="/as?{urlencode({**asked, "who": each})}">{each}</a></p>'
                    for each in PEOPLE
                )
                self._send(f"<html><title>Sign in</title>{links}</html>", "text/html")
            elif url.path == "/as":
                code = secrets.token_hex(8)
                codes[code] = (asked["who"], asked.get("nonce", ""), here)
                back = urlencode({"code": code, "state": asked["state"]})
                self.send_response(302)
                self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                self.end_headers()
            else:
                self._send({"error": "not found"}, status=404)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            who, nonce, here = codes.pop(form["code"])
            moment = int(time.time())
            claims = {
                "iss": here,
                "aud": CLIENT,
                "sub": who,
                "email": who,
                "email_verified": True,
                "nonce": nonce,
                "iat": moment,
                "exp": moment + 3600,
            }
            token = jwt.encode({"alg": "RS256", "kid": "test"}, claims, key)
            self._send({"access_token": "x", "token_type": "Bearer", "id_token": token})

    return Handler


def _metadata(here):
    return {
        "issuer": here,
        "authorization_endpoint": f"{here}/authorize",
        "token_endpoint": f"{here}/token",
        "jwks_uri": f"{here}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }
