"""What an applicant is to mend, until when, and the reply sheet to print again (9.2)."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from inro.practice.acts import Act
from inro.practice.deadlines import Deadline
from inro.practice.deficiency import DeficiencyPoint
from inro.store.reads.application import ApplicationRecord, application_by_number
from inro.store.reads.deficiency import correction_time, told_letter
from inro.store.reads.letters import LetterRecord
from inro.usecases.letter_sheets import reply_sheet as printed_reply_sheet
from inro.web.acts import anyone
from inro.web.public import clock
from inro.web.public.house import operator, policy
from inro.web.public.wizard.steps import with_visit
from inro.web.public.wizard.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the newest notice tells of a deficient case, and the day that now holds."""

    letter: LetterRecord | None
    due: Deadline

    @property
    def points(self) -> tuple[DeficiencyPoint, ...]:
        """What is to be mended; none where the notice was no letter of ours."""
        return self.letter.points if self.letter is not None else ()


def correction_of(number: str) -> Correction | None:
    """Return what an applicant is to mend, None before a notice arrived or where nothing is (9.2, 43).

    Raises: Unknown.
    """
    record = application_by_number(number)
    time = _time(record)
    if time is None:
        return None
    return Correction(letter=told_letter(record.application_id), due=time)


@require_safe
@anyone(Act.RECORD_FORM_PRINTED)
def reply_sheet(request: HttpRequest) -> HttpResponse:
    """Give the reply sheet again to whoever has opened the application with its passphrase."""
    return with_visit(_reply_sheet)(request)


def _reply_sheet(_request: HttpRequest, visit: Visit) -> HttpResponse:
    found = correction_of(visit.draft.application) if visit.draft.application is not None else None
    if found is None or found.letter is None:
        raise Http404
    content = printed_reply_sheet(
        found.letter,
        due=found.due,
        made_on=clock.today(),
        words=policy().notice_words,
        operator=operator(),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.letter.number}.pdf"'
    return response


def _time(record: ApplicationRecord) -> Deadline | None:
    time = correction_time(
        record.application_id,
        terms=policy().editions[record.edition].terms,
        calendar=policy().calendar,
    )
    return time.due if time is not None else None
