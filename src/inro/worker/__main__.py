"""`python -m inro.worker`: effects after commit."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from inro.configuration.errors import ConfigurationRefused
from inro.configuration.process import prepare_process
from inro.words.way_out import refusal_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Work until told to stop and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m inro.worker")
    parser.add_argument("--stepped", action="store_true", help="work at instants told on standard input")
    parser.add_argument(
        "--certificates",
        type=Path,
        nargs="*",
        help="publish the CA's certificate and these link and cross certificates, then end",
    )
    options = parser.parse_args(arguments)
    try:
        prepare_process()
    except ConfigurationRefused as refused:
        print(refusal_line("inro worker", refused), file=sys.stderr)
        return 1
    # Models can be imported only once the process is prepared.
    from inro.worker.certificates import publish_certificates
    from inro.worker.daily import run

    if options.certificates is not None:
        return publish_certificates(options.certificates)
    return run(stepped=options.stepped)


if __name__ == "__main__":
    sys.exit(main())
