"""What a check found: a value with a stable code, a severity and the clause it keeps."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; errors and warnings stop issuance, notices do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding; `code` never changes its meaning, `clause` cites the terms or an RFC section."""

    code: str
    severity: Severity
    clause: str
    detail: str = ""

    def __str__(self) -> str:
        detail = f": {self.detail}" if self.detail else ""
        return f"{self.severity} {self.code} ({self.clause}){detail}"
