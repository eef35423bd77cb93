"""`inro migrate`: the database, queue and ledger with it, brought to the version of the programs."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inro.cli.processes import installation_home
from inro.cli.refusal import stop
from inro.configuration.errors import ConfigurationRefused
from inro.store.errors import StoreError


def migrate(
    home: Annotated[Path | None, typer.Option(help="設置の場所 / the installation's folder")] = None,
) -> None:
    """データベースを最新の版にする / bring the database up to date."""
    os.environ["INRO_HOME"] = str(installation_home(home).absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "inro.settings.process"
    # Imported here, because Django reads the installation when it is set up.
    import django
    from django.core.management import call_command

    from inro.store.availability import records_needed

    try:
        django.setup()
        with records_needed():
            call_command("migrate", verbosity=1, interactive=False)
            # The models can be imported only once Django knows the installation.
            from inro.usecases.actor import process
            from inro.usecases.followed import policy_of_process
            from inro.usecases.night import mend_ledger
            from inro.usecases.policy import record_first_policy
            from inro.usecases.queue import mend_queue

            now, policy = datetime.now(UTC), policy_of_process()
            mend_queue(now=now)
            record_first_policy(sha256=policy.sha256, files=policy.files, actor=process("migrate"), now=now)
            mend_ledger(actor=process("migrate"), now=now)
    except (ConfigurationRefused, StoreError) as error:
        stop("inro migrate", error)
