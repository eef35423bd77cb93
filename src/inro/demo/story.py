"""The story: eight applicants from the form to the end of their records, chapter by chapter (5–43)."""

from datetime import date, timedelta

from inro.demo.case import Case
from inro.demo.chapters.delivery import deliver, invoice_and_pay
from inro.demo.chapters.examination import examine_and_accept, receive_envelopes, resubmit
from inro.demo.chapters.expiry import notify_expiry, renew, stay_period_ends
from inro.demo.chapters.issuance import issue
from inro.demo.chapters.opening import open_for_business
from inro.demo.chapters.records import dispose
from inro.demo.chapters.revocation import late_slip, lost_card, quiet_days
from inro.demo.people import applicants
from inro.demo.stage import Stage

CHAPTERS = 12


def tell_story(stage: Stage) -> None:
    """Live through the whole story.

    Raises: Refused, PortError, StoreError: whatever any part of the house refuses ends the story.
    """
    teller, first = stage.teller, stage.first_day
    teller.chapter("一　開業", "Opening")
    open_for_business(stage)
    teller.chapter("二　申込書が届く", "Envelopes arrive")
    receive_envelopes(stage, applicants(first))
    teller.chapter("三　審査と承諾", "Examination and acceptance")
    stage.go_to(_later(first, 2))
    examine_and_accept(stage, [case for case in stage.cases if not case.applicant.points])
    teller.chapter("四　鍵、カード、証明書", "Keys, cards, certificates")
    stage.go_to(_later(first, 3))
    issue(stage, [case for case in stage.cases if not case.applicant.points])
    teller.chapter("五　発送と受領書", "Dispatch and slips")
    deliver(stage, [case for case in stage.cases if not case.applicant.points], posted_on=_later(first, 4))
    teller.chapter("六　不備の補正", "A deficiency mended")
    _mended(stage, stage.case("tanaka"))
    teller.chapter("七　請求と入金", "Invoices and payments")
    stage.go_to(_later(first, 21), 10)
    invoice_and_pay(stage)
    teller.chapter("八　受領書が来ない", "The slip that never comes")
    late_slip(stage, stage.case("kimura"))
    teller.chapter("九　カードの紛失", "A lost card")
    lost_card(stage, stage.case("hasegawa"), on=_later(first, 45))
    quiet_days(stage)
    stage.look_from_outside([stage.case("suzuki"), stage.case("hasegawa")])
    teller.chapter("十　満了の通知と更新", "Expiry notices and a renewal")
    notify_expiry(stage, stage.case("yamamoto"))
    renew(stage, stage.case("suzuki"))
    teller.chapter("十一　在留期間の満了", "A period of stay ends")
    stay_period_ends(stage, stage.case("nakamura"))
    teller.chapter("十二　十年後", "Ten years later")
    dispose(stage, stage.case("yamamoto"))
    stage.look_from_outside([stage.case("suzuki")])


def _mended(stage: Stage, case: Case) -> None:
    stage.go_to(_later(stage.first_day, 12))
    resubmit(stage, case)
    examine_and_accept(stage, [case])
    stage.go_to(_later(stage.first_day, 13))
    issue(stage, [case])
    deliver(stage, [case], posted_on=_later(stage.first_day, 14))


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days)
