import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa

from waiwen.cli import main


@pytest.fixture
def waiwen(monkeypatch, capsys):
    """Run the command line in this process: waiwen("audit", path) → (exit code, stdout, stderr)."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["waiwen", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture(scope="session")
def postgres_cluster():
    """A PostgreSQL of the tests' own, on a Unix socket, run by an unprivileged user: the socket's folder."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if not programs:
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql)")
    # Not pytest's own folder: a socket's path has 107 bytes at most, and the unprivileged user must reach it.
    folder = Path(tempfile.mkdtemp(prefix="waiwen-pg-", dir="/tmp"))
    user = []
    if os.geteuid() == 0:
        user = ["runuser", "-u", "nobody", "--"]
        shutil.chown(folder, "nobody")

    def run(program, *arguments):
        command = [*user, str(programs[-1].with_name(program)), "-D", str(folder / "data"), *arguments]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    try:
        run("initdb", "--username=waiwen", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_cluster):
    """Make an empty PostgreSQL database: postgres("a clause of CREATE DATABASE") → its URL."""

    def create(clause=""):
        name = f"t{uuid.uuid4().hex}"
        server = sa.create_engine(url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} {clause}")
        return url(name)

    def url(name):
        return f"postgresql+psycopg://waiwen@/{name}?host={postgres_cluster}"

    return create


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'waiwen.db'}"
    return request.getfixturevalue("postgres")()
