"""The duties each act belongs to; what stands in no row is denied to everybody (40(7))."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from inro.practice.acts import Act
from inro.practice.duties import Duty, DutyPeriod, may
from inro.practice.errors import Refused

_BUSINESS = (
    Duty.INTAKE,
    Duty.EXAMINATION,
    Duty.ACCEPTANCE,
    Duty.REGISTRATION,
    Duty.ISSUANCE_APPROVAL,
    Duty.DISPATCH,
    Duty.RECEIPT,
    Duty.REVOCATION_INTAKE,
    Duty.REVOCATION_EXAMINATION,
    Duty.REVOCATION_DECISION,
    Duty.NOTICE,
    Duty.DISCLOSURE,
    Duty.RECORDS,
    Duty.AUDIT,
)

# Who works on cases; the auditor reads them only.
_WORKING = tuple(duty for duty in _BUSINESS if duty is not Duty.AUDIT)

_DUTY_ACTS: dict[tuple[Duty, ...], tuple[Act, ...]] = {
    (Duty.INTAKE,): (
        Act.TAKE_BATCH,
        Act.DISCARD_PAGE,
        Act.RECEIVE_ENVELOPE,
        Act.REGISTER_ENCLOSURE,
        Act.RECEIVE_APPLICATION,
        Act.BLACK_OUT_NUMBER,
        Act.RECORD_RESUBMISSION,
        Act.WITHDRAW_APPLICATION,
        Act.RECEIVE_PROXY_REQUEST,
        Act.RESUBMIT_PROXY_REQUEST,
    ),
    (Duty.EXAMINATION,): (
        Act.RECORD_VERDICT,
        Act.CONCLUDE_EXAMINATION,
        Act.RECORD_STAY_PERIOD,
        Act.EXAMINE_PROXY_REQUEST,
        Act.NOTIFY_PROXY_DEFICIENCY,
    ),
    # The deciding officer sends a case back, or finds what the examining one did not.
    (Duty.EXAMINATION, Duty.ACCEPTANCE): (
        Act.BEGIN_EXAMINATION,
        Act.FIND_DEFICIENT,
        Act.EXTEND_DEFICIENCY,
        Act.RECORD_ANTISOCIAL_CHECK,
        Act.WRITE_DEFICIENCY_LETTER,
        Act.RELEASE_DEFICIENCY_LETTER,
    ),
    (Duty.ACCEPTANCE,): (
        Act.ACCEPT_APPLICATION,
        Act.REJECT_APPLICATION,
        Act.TERMINATE_APPLICATION,
        Act.DECIDE_PROXY_REQUEST,
    ),
    (Duty.INTAKE, Duty.REGISTRATION): (Act.REGISTER_DOCUMENT,),
    (Duty.INTAKE, Duty.EXAMINATION): (Act.CONFIRM_CORPORATE_NUMBER,),
    (Duty.ISSUANCE_APPROVAL,): (Act.ORDER_ISSUANCE, Act.RELEASE_ROSTER, Act.CONFIRM_POLICY),
    # Each officer the approval of that officer's duty; the roster is asked for it besides.
    (Duty.EXAMINATION, Duty.ACCEPTANCE, Duty.ISSUANCE_APPROVAL): (Act.REPEAT_APPROVAL,),
    (Duty.ISSUANCE_OPERATION,): (
        Act.RECEIVE_BLANK_CARDS,
        Act.RUN_STATION,
        Act.REOPEN_ORDER,
        Act.DESTROY_CARD,
        Act.SPOIL_RETURNED_CARD,
    ),
    (Duty.PIN_MAILING,): (Act.PACK_MAILER, Act.DISPATCH_MAILER, Act.DESTROY_MAILER),
    (Duty.DISPATCH,): (
        Act.PACK_PARCEL,
        Act.DISPATCH_PARCEL,
        Act.IMPORT_TRACKING_NUMBERS,
        Act.DRAW_UP_POSTING_LIST,
        Act.GIVE_UP_POSTING_LIST,
        Act.HAND_OVER_PARCELS,
        Act.RECORD_RETURNED_PARCEL,
        Act.RECORD_CARD_LOST,
    ),
    (Duty.DISPATCH, Duty.PIN_MAILING, Duty.RECEIPT, Duty.NOTICE, Duty.AUDIT): (Act.VIEW_DISPATCH,),
    (
        Duty.DISPATCH,
        Duty.RECEIPT,
        Duty.NOTICE,
        Duty.REVOCATION_INTAKE,
        Duty.REVOCATION_EXAMINATION,
        Duty.REVOCATION_DECISION,
        Duty.AUDIT,
    ): (Act.VIEW_RECEIPTS, Act.VIEW_REVOCATIONS),
    # Numbers alone, no names: also for whoever keeps cards or posts PINs.
    (
        Duty.DISPATCH,
        Duty.PIN_MAILING,
        Duty.ISSUANCE_OPERATION,
        Duty.REVOCATION_INTAKE,
        Duty.REVOCATION_EXAMINATION,
        Duty.REVOCATION_DECISION,
        Duty.AUDIT,
    ): (Act.VIEW_REVOKED_CARDS,),
    # Whoever closed a parcel opens it again; the use case asks whether it holds a card.
    (Duty.DISPATCH, Duty.PIN_MAILING): (Act.OPEN_PACKED_PARCEL, Act.KEEP_BACK_PARCEL),
    (Duty.DISPATCH, Duty.REVOCATION_INTAKE): (Act.CALL_BACK_PARCEL, Act.RECORD_CALL_BACK_ANSWER),
    (Duty.RECEIPT,): (Act.RECORD_RECEIPT_SLIP, Act.CONFIRM_PARKED_SLIP, Act.RECORD_OBJECTION),
    (Duty.REVOCATION_INTAKE,): (Act.RECORD_REVOCATION_REQUEST, Act.RECEIVE_ORIGINAL, Act.RECORD_CHANGE),
    (Duty.REVOCATION_INTAKE, Duty.REVOCATION_EXAMINATION): (
        Act.CONFIRM_ALL_REVOKED,
        Act.PLAN_MASS_REVOCATION,
        Act.PLAN_DISCONTINUATION,
    ),
    (Duty.REVOCATION_INTAKE, Duty.REVOCATION_EXAMINATION, Duty.REVOCATION_DECISION): (
        Act.REHEARSE_MASS_REVOCATION,
        Act.DROP_MASS_REVOCATION,
        Act.WRITE_MASS_REVOCATION_LIST,
    ),
    (Duty.REVOCATION_INTAKE, Duty.NOTICE): (Act.WRITE_ORIGINAL_REMINDER,),
    (Duty.REVOCATION_EXAMINATION,): (
        Act.EXAMINE_REVOCATION,
        Act.EXAMINE_MASS_REVOCATION,
        Act.FIND_REVOCATION_LACKING,
        Act.PROPOSE_DISCONTINUATION,
        Act.PROPOSE_LAST_LISTS,
    ),
    (Duty.REVOCATION_DECISION,): (
        Act.DECIDE_DISCONTINUATION,
        Act.WITHDRAW_DISCONTINUATION,
        Act.DECIDE_LAST_LISTS,
        Act.DECIDE_REVOCATION,
        Act.DECIDE_MASS_REVOCATION,
        Act.REFUSE_REVOCATION,
        Act.ADMIT_OBJECTION,
        Act.DECIDE_OBJECTION,
        Act.DECLINE_POWER,
    ),
    (Duty.NOTICE,): (
        Act.OPEN_RENEWAL,
        Act.SEND_NOTICE,
        Act.SEND_REMINDER,
        Act.WRITE_REMINDERS,
        Act.WRITE_MASS_NOTICES,
        Act.WRITE_REVOCATION_NOTICE,
        Act.RECORD_ARRIVAL,
        Act.PRINT_LETTERS,
        Act.POST_LETTERS,
        Act.IMPORT_POSTMARKS,
        Act.SEND_LETTER,
        Act.RELEASE_NOTICES,
        Act.RESOLVE_NOTICE,
        Act.HANDLE_FAILURE,
        Act.PLAN_CAMPAIGN,
        Act.UPDATE_CAMPAIGN,
        Act.PRINT_CAMPAIGN,
        Act.POST_CAMPAIGN,
        Act.PREPARE_CAMPAIGN_MESSAGES,
        Act.SEND_CAMPAIGN,
        Act.RECORD_BY_HAND,
        Act.DROP_BY_HAND,
        Act.POST_CAMPAIGN_PAGE,
        Act.FINISH_CAMPAIGN,
        Act.LIST_REVOCATIONS,
        Act.CONFIRM_TOLD,
    ),
    # Never who planned it: `practice.export.check_release`.
    (Duty.ACCEPTANCE, Duty.REVOCATION_DECISION): (Act.RELEASE_CAMPAIGN,),
    # What is confirmed, never by who recorded it: the same rule.
    (Duty.NOTICE, Duty.ACCEPTANCE, Duty.REVOCATION_DECISION): (Act.WITHDRAW_CAMPAIGN, Act.CONFIRM_BY_HAND),
    (Duty.NOTICE, Duty.ACCEPTANCE, Duty.REVOCATION_INTAKE): (Act.WRITE_CAMPAIGN_LIST,),
    (Duty.NOTICE, Duty.PUBLICATION): (Act.POST_PAGE,),
    (Duty.EXAMINATION, Duty.ACCEPTANCE, Duty.NOTICE): (Act.DROP_LETTER, Act.RECORD_CALL),
    (Duty.PUBLICATION,): (
        Act.PUBLISH_DOCUMENT,
        Act.REGISTER_EDITIONS,
        Act.ACTIVATE_EDITION,
        Act.SUSPEND_SERVICE,
        Act.RESUME_SERVICE,
    ),
    (Duty.BILLING,): (Act.ISSUE_INVOICE, Act.RECORD_PAYMENT, Act.MATCH_PAYMENT),
    (Duty.DISCLOSURE,): (
        Act.RECEIVE_DISCLOSURE,
        Act.MAKE_DISCLOSURE,
        Act.REFUSE_DISCLOSURE,
        Act.MAKE_LEGAL_DISCLOSURE,
    ),
    _WORKING: (
        Act.TAKE_CASE,
        Act.RETURN_CASE,
        Act.OPEN_CASE,
        Act.LEAVE_CASE,
        Act.TAKE_OVER_CASE,
        Act.KEEP_FILTER,
        Act.DROP_FILTER,
        Act.LIST_LETTERS,
        Act.REQUEST_EXPORT,
        Act.WRITE_EXPORT,
    ),
    # Never who asked for it: `practice.export.check_release`.
    (Duty.ACCEPTANCE, Duty.REVOCATION_DECISION, Duty.RECORDS): (Act.RELEASE_EXPORT,),
    (Duty.RECORDS,): (
        Act.HOLD_DISPOSAL,
        Act.DISPOSE_APPLICATION,
        Act.IMPORT_PAST_APPLICATIONS,
        Act.DISPOSE_PAST_APPLICATION,
        Act.WRITE_LAST_RECORDS,
        Act.HAND_OVER_RECORDS,
    ),
    (*_BUSINESS, Duty.PUBLICATION, Duty.BILLING): (
        Act.VIEW_FIGURES,
        Act.VIEW_EDITIONS,
        Act.VIEW_DISCONTINUATION,
    ),
    _BUSINESS: (
        Act.VIEW_APPLICATION,
        Act.VIEW_DOCUMENTS,
        Act.VIEW_CERTIFICATE,
        Act.VIEW_CAMPAIGNS,
        Act.VIEW_MASS_REVOCATIONS,
    ),
    (Duty.BILLING, Duty.AUDIT): (Act.VIEW_BILLING,),
    (Duty.DISCLOSURE, Duty.AUDIT): (Act.VIEW_LEGAL_DISCLOSURES,),
    (Duty.AUDIT,): (Act.VIEW_AUDIT, Act.VERIFY_AUDIT),
    (Duty.KEY_CUSTODY,): (
        Act.HOLD_CEREMONY,
        Act.ENTER_CA_CERTIFICATE,
        Act.INSTALL_ROSTER,
        Act.UNLOCK_TOKEN,
        Act.RECORD_KEY_DESTRUCTION,
    ),
    # Who only works for the house by contract reads nothing by that alone; deadlines name no person.
    tuple(duty for duty in Duty if duty is not Duty.CONTRACTOR): (
        Act.VIEW_DUTIES,
        Act.VIEW_DEADLINES,
        Act.MAKE_CALENDAR_ADDRESS,
        Act.REVOKE_CALENDAR_ADDRESS,
    ),
    (Duty.AUDIT, Duty.SYSTEM_ADMINISTRATION): (Act.VIEW_STAFF,),
    (Duty.SYSTEM_ADMINISTRATION,): (
        Act.PROPOSE_APPOINTMENT,
        Act.PROPOSE_END_OF_DUTY,
        Act.PROPOSE_NEW_KEY,
        Act.PROPOSE_DISMISSAL,
        Act.WITHDRAW_PROPOSAL,
        Act.APPOINT_STAFF,
        Act.END_DUTY,
        Act.ADD_KEY,
        Act.DISMISS_STAFF,
        Act.END_PASSKEY,
        Act.CHECK_INSTALLATION,
        # Public data; of applicants the register says nothing.
        Act.LOAD_CORPORATE_REGISTER,
        Act.START_PROCESS,
    ),
}

PUBLIC_ACTS: frozenset[Act] = frozenset(
    {
        Act.BEGIN_DRAFT,
        Act.OPEN_DRAFT,
        Act.SAVE_STEP,
        Act.ACKNOWLEDGE_EXPLANATION,
        Act.CONSENT_TO_TERMS,
        Act.FINISH_DRAFT,
        Act.LEAVE_DRAFT,
        Act.RECORD_APPLICATION,
        Act.RECORD_FORM_PRINTED,
        Act.VIEW_REPOSITORY,
        Act.VERIFY_SIGNATURE,
        Act.VIEW_STATUS,
        Act.VIEW_FRONT_PAGE,
        Act.VIEW_POSTED_NOTICES,
        Act.CHOOSE_LANGUAGE,
        Act.CHOOSE_CLERK,
        # By the secret in its address, and by the duties that its person holds on the day.
        Act.READ_CALENDAR,
        Act.OPEN_ENROLMENT,
        Act.ENROL_PASSKEY,
        Act.SIGN_IN,
        Act.UNLOCK_SESSION,
        Act.SIGN_OUT,
    }
)

# Any one of the duties suffices; each act stands in exactly one row.
ACT_DUTIES: Mapping[Act, frozenset[Duty]] = MappingProxyType(
    {act: frozenset(duties) for duties, acts in _DUTY_ACTS.items() for act in acts}
)


class ActDenied(Refused):
    """None of the person's duties covers the act on this day."""

    def __init__(self, *, act: str, on: date) -> None:
        super().__init__(act=act, on=on.isoformat())
        self.act = act
        self.on = on


def is_permitted(*, act: Act, held: Iterable[DutyPeriod], on: date) -> bool:
    """Return whether somebody with these duties may do an act on a day; default deny."""
    if act in PUBLIC_ACTS:
        return True
    periods = tuple(held)
    return any(may(periods, duty, on=on) for duty in ACT_DUTIES.get(act, ()))


def check_act(*, act: Act, held: Iterable[DutyPeriod], on: date) -> None:
    """Refuse an act that none of the person's duties covers on a day (40(7)).

    Raises: ActDenied.
    """
    if not is_permitted(act=act, held=held, on=on):
        raise ActDenied(act=act.value, on=on)
