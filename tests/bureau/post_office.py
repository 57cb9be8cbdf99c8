"""Doubles of the world outside: a mail server and a receiver of the hook, each answering as it is told."""

import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer


@dataclass
class Received:
    """What came, and where it came."""

    port: int = 0
    answer: object = 200
    """A status of HTTP, or "hang up"; for SMTP the step that goes wrong."""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def told(self) -> list[dict[str, str]]:
        """The bodies as JSON."""
        return [json.loads(body) for body in self.bodies]


@contextmanager
def _running(server: socketserver.BaseServer, received: Received) -> Iterator[Received]:
    received.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield received
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def receiver() -> Iterator[Received]:
    """Takes what the hook posts."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            received.headers.append(dict(self.headers))
            if received.answer == "hang up":
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(int(str(received.answer)))
            if received.answer == 302:
                self.send_header("Location", f"http://127.0.0.1:{received.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server, _running(server, received):
        yield received


@contextmanager
def mail_server() -> Iterator[Received]:
    """Takes mails by SMTP; `answer` names the step that goes wrong and how: "RCPT 550", "DATA 451", "end hang up"."""
    received = Received(answer="")

    class Handler(socketserver.StreamRequestHandler):
        def say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")

        def handle(self) -> None:
            self.say("220 xingzhou.invalid")
            for line in iter(self.rfile.readline, b""):
                step, wrong = line[:4].decode().upper().strip(), str(received.answer)
                if step == "QUIT":
                    break
                if wrong.startswith(step) and step:
                    if wrong.endswith("hang up"):
                        return
                    self.say(wrong.partition(" ")[2] + " no")
                elif step == "DATA":
                    self.say("354 go on")
                    received.bodies.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    if wrong.startswith("end"):
                        if wrong.endswith("hang up"):
                            return
                        self.say(wrong.partition(" ")[2] + " no")
                        continue
                    self.say("250 taken")
                else:
                    self.say("250 well")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server, _running(server, received):
        yield received
