"""The built site is served by a quiet file server that only this machine can reach."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from course_utils.instructor import book

PAGE = "<!doctype html><title>Größe</title>".encode()


@pytest.fixture
def folder(tmp_path) -> Path:
    site = tmp_path / "a site"
    (site / "book").mkdir(parents=True)
    (site / "index.html").write_bytes(PAGE)
    (site / "book" / "figure 1.js").write_bytes(b"export {};\n")
    (tmp_path / "secret.txt").write_bytes(b"not of the site")
    return site


@contextmanager
def running(folder: Path) -> Iterator[ThreadingHTTPServer]:
    with book.server(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def get(server: ThreadingHTTPServer, path: str) -> tuple[int, bytes, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers["Content-Type"]
    finally:
        connection.close()


def test_files_are_served_as_they_are(folder):
    with running(folder) as server:
        assert get(server, "/") == (200, PAGE, "text/html")
        assert get(server, "/index.html") == (200, PAGE, "text/html")
        status, text, kind = get(server, "/book/figure%201.js")
        assert (status, text) == (200, b"export {};\n")
        assert kind.endswith("javascript")  # browsers refuse modules of another type


def test_nothing_else_is_served(folder):
    with running(folder) as server:
        assert get(server, "/missing.html")[0] == 404
        for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/book/../../secret.txt"):
            status, text, _ = get(server, path)
            assert (status, b"not of the site" in text) == (404, False)


def test_only_this_machine_reaches_it_and_the_port_is_a_free_one(folder):
    with running(folder) as one, running(folder) as two:
        assert one.server_address[0] == two.server_address[0] == "127.0.0.1"
        assert 0 not in (one.server_port, two.server_port)
        assert one.server_port != two.server_port
        socket.create_connection(("127.0.0.1", one.server_port), timeout=10).close()
        with pytest.raises(OSError, match=r"refused|unreachable|timed out|assign"):
            # Another address of this machine; a server bound to all addresses would answer.
            socket.create_connection(("127.0.0.2", one.server_port), timeout=1)


def test_it_says_nothing(folder, capfd):
    with running(folder) as server:
        assert [get(server, path)[0] for path in ("/", "/missing.html")] == [200, 404]
    assert capfd.readouterr() == ("", "")


def test_serve_prints_the_address_and_ends_with_ctrl_c(folder, tmp_path, capsys, monkeypatch):
    served = []

    def interrupted(self: ThreadingHTTPServer) -> None:
        served.append(self.server_port)
        raise KeyboardInterrupt

    monkeypatch.setattr(ThreadingHTTPServer, "serve_forever", interrupted)
    (tmp_path / book.BUILT).parent.mkdir()
    folder.rename(tmp_path / book.BUILT)
    assert book.serve(tmp_path, port=0) == 0
    assert capsys.readouterr().out.startswith(f"http://127.0.0.1:{served[0]}/ ")
    with socket.create_server(("127.0.0.1", served[0])):
        pass  # the port is free again
