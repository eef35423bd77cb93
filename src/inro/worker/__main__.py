"""`python -m inro.worker`: effects after commit."""

import argparse
import sys
from collections.abc import Sequence

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.process import prepare_process
from inro.words.way_out import refusal_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Work until told to stop and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m inro.worker")
    parser.add_argument("--stepped", action="store_true", help="work at instants told on standard input")
    options = parser.parse_args(arguments)
    try:
        prepare_process()
    except ConfigurationRefused as refused:
        print(refusal_line("inro worker", refused), file=sys.stderr)
        return 1
    # Models can be imported only once the process is prepared.
    from inro.worker.daily import run

    return run(stepped=options.stepped)


if __name__ == "__main__":
    sys.exit(main())
