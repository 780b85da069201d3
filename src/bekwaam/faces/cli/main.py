"""`bekwaam`: one program, one home folder. Words go to stderr, one object goes to stdout with --json.

Exit codes: 0 done · 1 refused or a question, nothing changed · 2 wrong call · 3 failed, nothing changed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from bekwaam import __version__
from bekwaam.faces.cli import calls, usage


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and give its exit code."""
    call = _parser_for(arguments).parse_args(arguments)
    try:
        code: int = import_module(f"bekwaam.faces.cli.{call.module}").run(call)
    except (Exception, KeyboardInterrupt) as error:  # every end has a sentence and one of the four codes
        return _told(error, as_json=getattr(call, "json", False))
    return code


def _told(error: BaseException, *, as_json: bool) -> int:
    from bekwaam.faces.cli.failing import in_words  # what it needs is not worth loading while all goes well

    return calls.tell_error(in_words(error), as_json=as_json)


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is an object too, when the call asked for one."""

    tells_object = False

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and end with 2."""
        if Parser.tells_object:
            calls.give({"error": "wrong_call", "values": {}, "sentence": message})
        super().error(message)


def _parser_for(arguments: Sequence[str] | None) -> argparse.ArgumentParser:
    Parser.tells_object = "--json" in (sys.argv[1:] if arguments is None else arguments)
    return parser()


def parser() -> argparse.ArgumentParser:
    """The whole grammar of the command line, in the language of the terminal."""
    usage.speak()
    top = Parser(prog="bekwaam", description=_("The sales leader's system."))
    version = _("show program's version number and exit")
    top.add_argument("--version", action="version", version=f"bekwaam {__version__}", help=version)
    top.add_argument("--home", type=Path, help=_("folder that holds all data (default ./bekwaam-data or BEKWAAM_HOME)"))
    commands = top.add_subparsers(required=True, metavar=_("COMMAND"))
    for add in (_serve, _demo, _import, _undo, _refresh, _reindex, _brief, _doctor, _backup, _restore, _admin_link):
        add(commands)
    return top


Commands = Any


def _command(commands: Commands, name: str, module: str, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    command.set_defaults(module=module)
    return command


def _serve(commands: Commands) -> None:
    command = _command(commands, "serve", "serving", _("serve the pages and do the work, on this machine by default"))
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8000, help=_("the next free port is taken when this one is busy"))
    command.add_argument("--tls-cert", type=Path)
    command.add_argument("--tls-key", type=Path)


def _demo(commands: Commands) -> None:
    command = _command(commands, "demo", "demonstrating", _("load the demo company into its own home and serve it"))
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--load-only", action="store_true", help=_("load the company and stop"))


def _import(commands: Commands) -> None:
    command = _command(commands, "import", "importing", _("read in a file"))
    command.add_argument("kind", choices=["sales", "customers", "products", "sellers", "opportunities"])
    command.add_argument("file", type=Path)
    command.add_argument("--dry-run", action="store_true", help=_("say what would happen and store nothing"))
    command.add_argument("--skip-refused", action="store_true", help=_("set refused rows apart and keep the good ones"))
    command.add_argument("--overlap", choices=["new", "replace", "refuse"], help=_("lines that are in already"))
    command.add_argument("--mapping", type=Path, help=_("which column means what, as a JSON file"))
    command.add_argument("--json", action="store_true")


def _undo(commands: Commands) -> None:
    command = _command(commands, "undo", "undoing", _("undo an import"))
    command.add_argument("batch", help=_("for example B0003"))
    command.add_argument("--json", action="store_true")


def _refresh(commands: Commands) -> None:
    command = _command(commands, "refresh", "refreshing", _("work out all figures anew"))
    command.add_argument("--as-of", type=calls.day, help=_("the first day that does not count (yyyy-mm-dd)"))
    command.add_argument("--json", action="store_true")


def _reindex(commands: Commands) -> None:
    command = _command(
        commands, "reindex", "reindexing", _("make the index of the search anew, when doctor asks for it")
    )
    command.add_argument("--json", action="store_true")


def _brief(commands: Commands) -> None:
    command = _command(commands, "brief", "briefing", _("what needs attention this week"))
    command.add_argument("file", type=Path, nargs="?", help=_("straight from an order file: no home, no account"))
    command.add_argument("--as-of", type=calls.day, help=_("the first day that does not count (yyyy-mm-dd)"))
    command.add_argument("--lang", choices=["nl", "en"])
    command.add_argument("--skip-refused", action="store_true", help=_("leave out the rows of FILE that cannot go in"))
    command.add_argument("--mapping", type=Path, help=_("which column of FILE means what, as a JSON file"))
    shape = command.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true")
    shape.add_argument("--html", type=Path, metavar="OUT")
    shape.add_argument("--pdf", type=Path, metavar="OUT")


def _doctor(commands: Commands) -> None:
    command = _command(commands, "doctor", "diagnosing", _("look whether everything is in order"))
    command.add_argument("--json", action="store_true")


def _backup(commands: Commands) -> None:
    command = _command(commands, "backup", "backing_up", _("copy the home, while it runs, into one checked file"))
    command.add_argument("out", type=Path, nargs="?", help=_("folder or .tar file (default: the home's backups)"))
    command.add_argument("--json", action="store_true")


def _restore(commands: Commands) -> None:
    command = _command(commands, "restore", "restoring", _("bring a backup back into a home"))
    command.add_argument("backup", type=Path)
    command.add_argument("--json", action="store_true")


def _admin_link(commands: Commands) -> None:
    text = _("print a one-time link with which an administrator sets a new password")
    command = _command(commands, "admin-link", "admin_link", text)
    command.add_argument("email", help=_("the address with which the administrator signs in"))
    command.add_argument("--json", action="store_true")


if __name__ == "__main__":
    sys.exit(main())
