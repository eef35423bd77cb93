"""Keys, cards and certificates, made by station and signer (5.2, 17, 19)."""

from collections.abc import Sequence

from inro.demo.case import Case
from inro.demo.stage import Stage
from inro.practice.calendar import JST
from inro.store.reads.issuance import issuance_order, order_of_application


def issue(stage: Stage, cases: Sequence[Case]) -> None:
    """Let the secure room make every card that is ordered.

    Raises: EdgeFailed; Unknown if the signer refused an order.
    """
    stage.house.issue(stage.now)
    stage.keep_lists()
    for case in cases:
        order = issuance_order(order_of_application(case.application))
        stage.keep_certificate(case)
        stage.tell(
            "17.3",
            f"{case} カード {case.card_serial}、鍵は機器から消去済、暗証番号通知書 {order.mailer_number}",
            "key on the card only, PIN mailer printed",
        )
        end = case.certificate.not_after.astimezone(JST)
        stage.tell("6.1", f"　証明書を発行、{end:%Y-%m-%d %H:%M:%S} JST まで有効", "certificate issued")
