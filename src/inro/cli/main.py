"""`inro`: the operator's command. It starts the other processes and holds no token itself.

A command is read when it is asked for: all of them together take most of a second.
"""

import sys
from importlib import import_module

import typer

from inro.cli import edges

# Each in the module of its name.
COMMANDS = ("demo", "serve", "doctor", "migrate")
GROUPS = {
    "audit": "audit",
    "ca-certificates": "ca_certificates",
    "campaign": "campaign",
    "cards": "cards",
    "certificate": "certificate",
    "corporate-numbers": "corporate_numbers",
    "editions": "editions",
    "deadlines": "deadlines",
    "directory": "directory",
    "discontinuation": "discontinuation",
    "import": "past_applications",
    "mass-revocation": "mass_revocation",
    "name": "name",
    "queue": "queue",
    "renewal": "renewal",
    "revocation": "revocation",
    "roster": "roster",
    "staff": "staff",
}


def command_line(asked: str = "") -> typer.Typer:
    """Return the command line with the command that is asked for, or with all where it is none of them."""
    app = typer.Typer(
        help="印籠 inro — 電子証明書発行サービスの運用 / running an accredited certification authority",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    is_known = asked in COMMANDS or asked in GROUPS or asked in edges.EDGES
    for name in COMMANDS:
        if asked == name or not is_known:
            app.command(name)(getattr(import_module(f"inro.cli.{name}"), name))
    for name, module in GROUPS.items():
        if asked == name or not is_known:
            app.add_typer(import_module(f"inro.cli.{module}").app, name=name)
    edges.add_to(app)
    return app


def main() -> None:
    """Run the command line."""
    command_line(*sys.argv[1:2])(prog_name="inro")
