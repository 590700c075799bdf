"""`onrecord serve`: the desk, the ledger as web pages on this machine."""

from __future__ import annotations

import secrets
from pathlib import Path

import typer

from .common import ACTORS, LEDGER, complain, ledger_at, progress, use_actors

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def run(
    host: str = typer.Option(
        "127.0.0.1", "--host", help="The address to listen on; any but this machine's own asks for a token."
    ),
    port: int = typer.Option(8550, "--port", "-p", min=0, max=65535, help="The port to listen on."),
    read_only: bool = typer.Option(False, "--read-only", help="Take no decisions."),
    export_static: Path | None = typer.Option(None, "--export-static", metavar="DIR", help="Write the desk as files, and end."),
    ledger: Path | None = LEDGER,
    actors: Path | None = ACTORS,
) -> int:
    """\b
    Examples:
      onrecord serve --export-static published
      onrecord serve --port 8550 --read-only

    Open the desk: what changed, contacts with every position and its proof, stories, documents, search, review.

    It answers to this machine only. With --host, others can ask too, if they have the token that is printed.
    """
    use_actors(actors)
    book = ledger_at(ledger)
    if export_static is not None:
        from ..desk.static_site import write_site

        with progress("writing") as step:
            written, left = write_site(book, export_static, step)
        if left:
            complain(f"{left} pages or more were left out: {written} are as many as are written; narrow the ledger")
        print(f"{written} pages written to {export_static}; open {export_static / 'index.html'}")
        return 0
    import uvicorn

    from ..desk import create_app

    token = None if host in LOOPBACK else secrets.token_urlsafe(18)
    hosts = ("127.0.0.1", "localhost", "[::1]") if token is None else ()
    app = create_app(book, hosts=hosts, token=token, read_only=read_only)
    at = f"http://{'localhost' if token is None else host}:{port}/" + (f"?token={token}" if token else "")
    print(f"The desk is open at {at}  (Ctrl-C ends it)", flush=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
    return 0
