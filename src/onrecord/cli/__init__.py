"""The command line: one command a file, registered here. Nothing heavy is imported until a command runs."""

from __future__ import annotations

import os
import sys

import typer

from . import add, contact, contacts, decide, decisions, doctor, export, read, said, search, serve, stories, story
from .common import EXIT_FAULT, EXIT_INTERRUPTED, EXIT_USAGE, complain

app = typer.Typer(
    name="onrecord", no_args_is_help=True, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="\b\nExamples:\n  onrecord read examples/pages/agency.html\n  onrecord --version\n\nWho said what, and did it happen: "
    "reads news pages as they are found and keeps a ledger in which every row opens its evidence.",
)  # fmt: skip

COMMANDS = (read, add, contacts, contact, said, stories, story, search, serve, export, decide, decisions, doctor)
for module in COMMANDS:
    app.command(module.__name__.rsplit(".", 1)[-1], short_help=(module.__doc__ or "").partition(": ")[2])(module.run)


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        print(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and exit."),
) -> None:
    """Options of the program itself."""


def main() -> None:
    """The program's entry. Exit codes: 0 done, 1 a fault of ours, 2 usage, 3 some inputs failed, 130 interrupted."""
    from ..errors import StopRun

    try:
        code = app(standalone_mode=False)
        if code == EXIT_INTERRUPTED:  # the parser has caught it
            raise KeyboardInterrupt
        sys.stdout.flush()
    except StopRun as error:
        complain(str(error))
        code = EXIT_USAGE
    except (KeyboardInterrupt, typer.Abort):
        kept = "; what was accepted is kept, and the same command goes on from there" if "add" in sys.argv[1:2] else ""
        complain(f"interrupted{kept}")
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        code = _reader_gone()
    except SystemExit as stop:
        if not isinstance(stop.__context__, BrokenPipeError):  # the parser makes this 1
            raise
        code = _reader_gone()
    except Exception as error:
        code = _unexpected(error)
    sys.exit(code or 0)


def _reader_gone() -> int:
    """Who reads our output has had enough, as with `| head`: no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _unexpected(error: Exception) -> int:
    """A usage error shows itself; anything else is a fault of ours, and no traceback unless one is asked for."""
    if hasattr(error, "show"):
        error.show()
        return int(getattr(error, "exit_code", EXIT_USAGE))
    if os.environ.get("ONRECORD_DEBUG"):
        raise error
    complain(f"a fault of ours ({type(error).__name__}: {error}); please report it, with what ONRECORD_DEBUG=1 prints")
    return EXIT_FAULT
