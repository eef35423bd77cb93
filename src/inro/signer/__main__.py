"""`python -m inro.signer`: the only daily process that is logged in to the CA key."""

import argparse
import sys
from collections.abc import Callable, Sequence

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.process import prepare_process
from inro.words.way_out import refusal_line


def main(arguments: Sequence[str] | None = None, *, passed: Callable[[str], None] | None = None) -> int:
    """Work until told to stop and return the exit status; `passed` is called after each step of a walk."""
    parser = argparse.ArgumentParser(prog="python -m inro.signer")
    parser.add_argument("--pin-fd", type=int, required=True, help="descriptor that gives the CA token's PIN")
    parser.add_argument("--stepped", action="store_true", help="work at instants told on standard input")
    options = parser.parse_args(arguments)
    try:
        prepare_process()
    except ConfigurationRefused as refused:
        print(refusal_line("inro signer", refused), file=sys.stderr)
        return 1
    # Models can be imported only once the process is prepared.
    from inro.signer.daily import run

    return run(pin_descriptor=options.pin_fd, stepped=options.stepped, passed=passed)


if __name__ == "__main__":
    sys.exit(main())
