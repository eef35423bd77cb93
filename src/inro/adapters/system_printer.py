"""A printer of the operating system, fed through a pipe: the document is never a file of ours (19.3)."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from inro.ports.errors import PrinterUnavailable

_SIDES = {True: "two-sided-long-edge", False: "one-sided"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPrinter:
    """A print queue reached by `lp`; the queue must keep no job files (`PreserveJobFiles No`).

    `two_sided` on long edges is what a PIN mailer needs, whose second page is the back of the first.
    """

    queue: str
    two_sided: bool = False
    program: Path = Path("/usr/bin/lp")
    timeout: float = 60.0

    def print_document(self, title: str, pdf: bytes) -> None:
        """Send `pdf` to the queue under `title`.

        Raises: PrinterUnavailable.
        """
        command = [
            str(self.program),
            "-s",
            "-d",
            self.queue,
            "-t",
            title,
            "-o",
            f"sides={_SIDES[self.two_sided]}",
        ]
        try:
            done = subprocess.run(
                command,
                input=pdf,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=self.timeout,
                check=False,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            )
        except FileNotFoundError:
            do = "install cups-client, or name another printer"
            raise PrinterUnavailable("printer", f"{self.program} is missing", do) from None
        except subprocess.TimeoutExpired:
            raise PrinterUnavailable(
                "printer", f"no answer in {self.timeout:.0f} s", f"look at {self.queue}"
            ) from None
        except OSError as error:
            raise PrinterUnavailable("printer", str(error), f"look at {self.queue}") from error
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise PrinterUnavailable(
                "printer", said[0] if said else f"status {done.returncode}", f"look at {self.queue}"
            )
