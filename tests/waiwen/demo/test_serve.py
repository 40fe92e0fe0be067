"""The demonstration sites alone, for whoever tries commands on them."""

import signal
import socket
import subprocess
import sys

from .test_server import through_proxy


class At:
    """A server of somebody else's, by its port."""

    def __init__(self, port):
        self.proxy_url = f"http://127.0.0.1:{port}"


def test_the_sites_are_served_on_the_port_that_was_named_until_they_are_stopped():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    line = [sys.executable, "-u", "-m", "waiwen", "demo", "--serve", str(port)]
    served = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    try:
        told = [served.stdout.readline() for _ in range(3)]
        assert f"proxy http://127.0.0.1:{port}" in told[0]
        assert "waiwen jobs add" in told[2]
        assert through_proxy(At(port), "http://www.yunhe.gov.example/")[0] == 200
        again = subprocess.run(line, capture_output=True, text=True, check=False)
        assert (again.returncode, "cannot be listened on" in again.stderr) == (2, True)
        served.send_signal(signal.SIGTERM)
        assert served.wait(60) == 0
    finally:
        served.kill()
        served.stdout.close()
