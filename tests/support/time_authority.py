"""An authority of time-stamps (RFC 3161) on this machine: `openssl ts` behind HTTP, with certificates of its own."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

OPENSSL = shutil.which("openssl")
CONFIG = """\
[req]
distinguished_name = name
prompt = no
x509_extensions = ca
[name]
CN = Root of {name}
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamps]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = main
[main]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


def openssl(*args: str, folder: Path) -> None:
    subprocess.run([OPENSSL or "openssl", *args], cwd=folder, check=True, capture_output=True)


def made(folder: Path, name: str) -> Path:
    """A folder with the keys, certificates and settings of an authority; its root is `ca.pem`."""
    folder.mkdir()
    (folder / "config").write_text(CONFIG.format(folder=folder.as_posix(), name=name), encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "config")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", folder=folder)
    openssl("req", *key, "-keyout", "tsa.key", "-subj", f"/CN={name}", "-out", "tsa.csr", folder=folder)
    openssl(
        "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "2", "-days", "2",
        "-extfile", "config", "-extensions", "stamps", "-out", "tsa.pem", folder=folder,
    )  # fmt: skip
    return folder


def reply(folder: Path, query: bytes) -> bytes:
    """What the authority of a folder replies to a request."""
    (folder / "query").write_bytes(query)
    openssl("ts", "-reply", "-config", "config", "-queryfile", "query", "-out", "reply", folder=folder)
    return (folder / "reply").read_bytes()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of an authority, while it is served."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            kept = folder / "kept"  # an old reply, to whatever is asked
            data = kept.read_bytes() if kept.exists() else reply(folder, query)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
