"""A mail server for the tests: aiosmtpd, with STARTTLS or TLS and a login. It prints its port, then each message as JSON.

smtpd.py MODE CERT KEY    MODE: starttls, tls, plain
"""
import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "isEncrypted": session.ssl is not None or MODE == "tls",
            "user": session.auth_data.login.decode() if session.auth_data else None,
            "data": envelope.content.decode(),
        }), flush=True)
        return "250 secret answer"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 secret answer: no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, auth_data):
    success = (auth_data.login, auth_data.password) == (b"monitor", b"mail-secret")
    return AuthResult(success=success, handled=False, auth_data=auth_data)


MODE, CERT, KEY = sys.argv[1:4]
CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
CONTEXT.load_cert_chain(CERT, KEY)


async def main():
    loop = asyncio.get_running_loop()
    options = {"loop": loop, "enable_SMTPUTF8": True}
    if MODE == "starttls":
        options |= {"tls_context": CONTEXT, "require_starttls": True, "auth_required": True, "authenticator": authenticate}
    elif MODE == "tls":
        options |= {"auth_require_tls": False, "auth_required": True, "authenticator": authenticate}
    server = await loop.create_server(
        lambda: SMTP(Handler(), **options), "127.0.0.1", 0, ssl=CONTEXT if MODE == "tls" else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
