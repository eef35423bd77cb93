"""Settings of the OCSP signer, from `INRO_HOME`: it reads the record and never writes it."""

from inro.settings import process
from inro.settings.process import *  # noqa: F403
from inro.settings.read_only import read_only

DATABASES = read_only(process.DATABASES)
