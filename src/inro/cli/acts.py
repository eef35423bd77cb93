"""Which act each command is; those of None belong to whoever keeps the machine and ask for no duty (40(7)).

A command runs as a user of the machine, whom its own rules let in; the audit log names that user.
"""

from collections.abc import Mapping
from types import MappingProxyType

from inro.practice.acts import Act

COMMAND_ACTS: Mapping[str, Act | None] = MappingProxyType(
    {
        "audit export-decisions": Act.VIEW_AUDIT,
        "audit verify": Act.VERIFY_AUDIT,
        "ca-certificates enter": Act.ENTER_CA_CERTIFICATE,
        # Public: the repository gives every one of them to anybody.
        "ca-certificates list": Act.CHECK_INSTALLATION,
        "campaign list": Act.VIEW_CAMPAIGNS,
        "campaign plan": Act.PLAN_CAMPAIGN,
        "campaign prepare": Act.PREPARE_CAMPAIGN_MESSAGES,
        "campaign proof": Act.WRITE_CAMPAIGN_LIST,
        "campaign run": Act.PRINT_CAMPAIGN,
        "ceremony": Act.HOLD_CEREMONY,
        "cards receive": Act.RECEIVE_BLANK_CARDS,
        # A number of blank cards.
        "cards stock": Act.CHECK_INSTALLATION,
        # A certificate in a file is public, and a name on the command line is the operator's own.
        "certificate show": None,
        "name replace": None,
        "corporate-numbers load": Act.LOAD_CORPORATE_REGISTER,
        "corporate-numbers show": None,
        # Numbers of cases alone; what is set anew is what the record gives.
        "deadlines calendar": Act.VIEW_DEADLINES,
        "deadlines explain": Act.VIEW_DEADLINES,
        "deadlines list": Act.VIEW_DEADLINES,
        "deadlines mend": Act.CHECK_INSTALLATION,
        "deadlines run": Act.START_PROCESS,
        "deadlines verify": Act.CHECK_INSTALLATION,
        "deadlines watch": Act.CHECK_INSTALLATION,
        "demo": None,
        "directory publish": Act.START_PROCESS,
        "directory replica": Act.START_PROCESS,
        "directory set-up": Act.START_PROCESS,
        "discontinuation hand-over": Act.HAND_OVER_RECORDS,
        "discontinuation record-destruction": Act.RECORD_KEY_DESTRUCTION,
        "discontinuation status": Act.VIEW_DISCONTINUATION,
        "discontinuation write-records": Act.WRITE_LAST_RECORDS,
        "doctor": Act.CHECK_INSTALLATION,
        "editions governs": Act.VIEW_EDITIONS,
        "editions list": Act.VIEW_EDITIONS,
        "editions register": Act.REGISTER_EDITIONS,
        "editions verify": Act.VIEW_EDITIONS,
        "import applications": Act.IMPORT_PAST_APPLICATIONS,
        # Examining and deciding takes officers' security keys, so it is the office's alone.
        "mass-revocation list": Act.VIEW_MASS_REVOCATIONS,
        "mass-revocation notices": Act.WRITE_MASS_NOTICES,
        "mass-revocation plan": Act.PLAN_MASS_REVOCATION,
        "mass-revocation rehearse": Act.REHEARSE_MASS_REVOCATION,
        "mass-revocation show": Act.VIEW_MASS_REVOCATIONS,
        "migrate": None,
        # It reads what anyone may read; what it records is what it found.
        "probe": Act.CHECK_INSTALLATION,
        # Both show numbers of cases alone; what is mended is what the record gives.
        "queue mend": Act.CHECK_INSTALLATION,
        "queue verify": Act.CHECK_INSTALLATION,
        "renewal print": Act.OPEN_RENEWAL,
        "responder": Act.START_PROCESS,
        # Numbers of cases alone.
        "revocation list": Act.VIEW_REVOCATIONS,
        "revocation show": Act.VIEW_REVOCATIONS,
        "roster install": Act.INSTALL_ROSTER,
        "serve": Act.START_PROCESS,
        "signer": Act.START_PROCESS,
        # Before it nobody is appointed who could be asked for a duty.
        "staff found": None,
        "station": Act.START_PROCESS,
        "worker": Act.START_PROCESS,
    }
)
