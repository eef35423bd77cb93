"""Every act and the duties it belongs to; what stands in no row is denied to everybody (40(7))."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from inro.practice.duties import Duty


class Act(StrEnum):
    """One act of a person, a process or the public; the value is the use case's name."""

    # anyone (8, 28, 40(6))
    BEGIN_DRAFT = "begin_draft"
    OPEN_DRAFT = "open_draft"
    SAVE_STEP = "save_step"
    ACKNOWLEDGE_EXPLANATION = "acknowledge_explanation"
    CONSENT_TO_TERMS = "consent_to_terms"
    FINISH_DRAFT = "finish_draft"
    LEAVE_DRAFT = "leave_draft"
    RECORD_APPLICATION = "record_application"
    RECORD_FORM_PRINTED = "record_form_printed"
    VIEW_REPOSITORY = "view_repository"
    VERIFY_SIGNATURE = "verify_signature"
    VIEW_STATUS = "view_status"
    VIEW_FRONT_PAGE = "view_front_page"
    CHOOSE_LANGUAGE = "choose_language"

    # at the office's door; each proves by itself who is there (40(7))
    CHOOSE_CLERK = "choose_clerk"
    OPEN_ENROLMENT = "open_enrolment"
    ENROL_PASSKEY = "enrol_passkey"
    SIGN_IN = "sign_in"
    UNLOCK_SESSION = "unlock_session"
    SIGN_OUT = "sign_out"

    # the intake desk (8.4, 8.5, 21.2)
    TAKE_BATCH = "take_batch"
    DISCARD_PAGE = "discard_page"
    RECEIVE_ENVELOPE = "receive_envelope"
    REGISTER_ENCLOSURE = "register_enclosure"

    # the queue: who works on which case, what leaves in bulk (40(1), 40(7))
    TAKE_CASE = "take_case"
    RETURN_CASE = "return_case"
    OPEN_CASE = "open_case"
    LEAVE_CASE = "leave_case"
    TAKE_OVER_CASE = "take_over_case"
    KEEP_FILTER = "keep_filter"
    DROP_FILTER = "drop_filter"
    LIST_LETTERS = "list_letters"
    REQUEST_EXPORT = "request_export"
    RELEASE_EXPORT = "release_export"
    WRITE_EXPORT = "write_export"

    # application (8, 9, 16)
    RECEIVE_APPLICATION = "receive_application"
    REGISTER_DOCUMENT = "register_document"
    BLACK_OUT_NUMBER = "black_out_number"
    RECORD_RESUBMISSION = "record_resubmission"
    WITHDRAW_APPLICATION = "withdraw_application"
    BEGIN_EXAMINATION = "begin_examination"
    CONFIRM_CORPORATE_NUMBER = "confirm_corporate_number"
    RECORD_VERDICT = "record_verdict"
    FIND_DEFICIENT = "find_deficient"
    EXTEND_DEFICIENCY = "extend_deficiency"
    RECORD_ANTISOCIAL_CHECK = "record_antisocial_check"
    CONCLUDE_EXAMINATION = "conclude_examination"
    ACCEPT_APPLICATION = "accept_application"
    REJECT_APPLICATION = "reject_application"
    TERMINATE_APPLICATION = "terminate_application"

    # issuance (17, 19)
    ORDER_ISSUANCE = "order_issuance"
    REPEAT_APPROVAL = "repeat_approval"
    RECEIVE_BLANK_CARDS = "receive_blank_cards"
    RUN_STATION = "run_station"
    REOPEN_ORDER = "reopen_order"
    DESTROY_CARD = "destroy_card"
    DESTROY_MAILER = "destroy_mailer"
    RECORD_CARD_LOST = "record_card_lost"
    SPOIL_RETURNED_CARD = "spoil_returned_card"

    # post and receipt (17.4, 18, 23, 24)
    VIEW_DISPATCH = "view_dispatch"
    PACK_PARCEL = "pack_parcel"
    PACK_MAILER = "pack_mailer"
    OPEN_PACKED_PARCEL = "open_packed_parcel"
    IMPORT_TRACKING_NUMBERS = "import_tracking_numbers"
    DRAW_UP_POSTING_LIST = "draw_up_posting_list"
    GIVE_UP_POSTING_LIST = "give_up_posting_list"
    HAND_OVER_PARCELS = "hand_over_parcels"
    DISPATCH_PARCEL = "dispatch_parcel"
    DISPATCH_MAILER = "dispatch_mailer"
    RECORD_RETURNED_PARCEL = "record_returned_parcel"
    VIEW_RECEIPTS = "view_receipts"
    RECORD_RECEIPT_SLIP = "record_receipt_slip"
    CONFIRM_PARKED_SLIP = "confirm_parked_slip"
    RECORD_OBJECTION = "record_objection"
    ADMIT_OBJECTION = "admit_objection"
    DECIDE_OBJECTION = "decide_objection"
    RECEIVE_PROXY_REQUEST = "receive_proxy_request"
    EXAMINE_PROXY_REQUEST = "examine_proxy_request"
    NOTIFY_PROXY_DEFICIENCY = "notify_proxy_deficiency"
    RESUBMIT_PROXY_REQUEST = "resubmit_proxy_request"
    DECIDE_PROXY_REQUEST = "decide_proxy_request"

    # revocation (12, 15, 18.7, 21, 22, 46)
    RECORD_REVOCATION_REQUEST = "record_revocation_request"
    RECEIVE_ORIGINAL = "receive_original"
    EXAMINE_REVOCATION = "examine_revocation"
    DECIDE_REVOCATION = "decide_revocation"
    REFUSE_REVOCATION = "refuse_revocation"
    DECLINE_POWER = "decline_power"
    RECORD_CHANGE = "record_change"
    RECORD_STAY_PERIOD = "record_stay_period"

    # letters (9.2, 43)
    WRITE_DEFICIENCY_LETTER = "write_deficiency_letter"
    RELEASE_DEFICIENCY_LETTER = "release_deficiency_letter"
    DROP_LETTER = "drop_letter"
    PRINT_LETTERS = "print_letters"
    POST_LETTERS = "post_letters"
    SEND_LETTER = "send_letter"
    RECORD_CALL = "record_call"

    # notices, publication, service (2.2, 10, 11, 30, 31, 43)
    OPEN_RENEWAL = "open_renewal"
    SEND_NOTICE = "send_notice"
    SEND_REMINDER = "send_reminder"
    WRITE_REMINDERS = "write_reminders"
    RECORD_ARRIVAL = "record_arrival"
    PUBLISH_DOCUMENT = "publish_document"
    REGISTER_EDITIONS = "register_editions"
    ACTIVATE_EDITION = "activate_edition"
    PLAN_CAMPAIGN = "plan_campaign"
    RELEASE_CAMPAIGN = "release_campaign"
    WITHDRAW_CAMPAIGN = "withdraw_campaign"
    CARRY_OUT_CAMPAIGN = "carry_out_campaign"
    LIST_REVOCATIONS = "list_revocations"
    VIEW_CAMPAIGNS = "view_campaigns"
    WRITE_CAMPAIGN_LIST = "write_campaign_list"
    SUSPEND_SERVICE = "suspend_service"
    RESUME_SERVICE = "resume_service"

    # money (33-37)
    ISSUE_INVOICE = "issue_invoice"
    RECORD_PAYMENT = "record_payment"
    MATCH_PAYMENT = "match_payment"

    # records (28, 40, 41)
    RECEIVE_DISCLOSURE = "receive_disclosure"
    MAKE_DISCLOSURE = "make_disclosure"
    REFUSE_DISCLOSURE = "refuse_disclosure"
    MAKE_LEGAL_DISCLOSURE = "make_legal_disclosure"
    VIEW_LEGAL_DISCLOSURES = "view_legal_disclosures"
    HOLD_DISPOSAL = "hold_disposal"
    DISPOSE_APPLICATION = "dispose_application"
    IMPORT_PAST_APPLICATIONS = "import_past_applications"
    DISPOSE_PAST_APPLICATION = "dispose_past_application"

    # reading (40(7))
    VIEW_APPLICATION = "view_application"
    VIEW_DOCUMENTS = "view_documents"
    VIEW_CERTIFICATE = "view_certificate"
    VIEW_BILLING = "view_billing"
    VIEW_FIGURES = "view_figures"
    VIEW_EDITIONS = "view_editions"
    VIEW_AUDIT = "view_audit"
    VERIFY_AUDIT = "verify_audit"

    # the house (40(7))
    HOLD_CEREMONY = "hold_ceremony"
    INSTALL_ROSTER = "install_roster"
    RELEASE_ROSTER = "release_roster"
    CONFIRM_POLICY = "confirm_policy"
    UNLOCK_TOKEN = "unlock_token"
    VIEW_DUTIES = "view_duties"
    VIEW_DEADLINES = "view_deadlines"
    VIEW_STAFF = "view_staff"
    PROPOSE_APPOINTMENT = "propose_appointment"
    PROPOSE_END_OF_DUTY = "propose_end_of_duty"
    PROPOSE_NEW_KEY = "propose_new_key"
    PROPOSE_DISMISSAL = "propose_dismissal"
    WITHDRAW_PROPOSAL = "withdraw_proposal"
    APPOINT_STAFF = "appoint_staff"
    END_DUTY = "end_duty"
    ADD_KEY = "add_key"
    DISMISS_STAFF = "dismiss_staff"
    END_PASSKEY = "end_passkey"
    CHECK_INSTALLATION = "check_installation"
    LOAD_CORPORATE_REGISTER = "load_corporate_register"
    START_PROCESS = "start_process"


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
    ): (Act.VIEW_RECEIPTS,),
    # Whoever closed a parcel opens it again; the use case asks whether it holds a card.
    (Duty.DISPATCH, Duty.PIN_MAILING): (Act.OPEN_PACKED_PARCEL,),
    (Duty.RECEIPT,): (Act.RECORD_RECEIPT_SLIP, Act.CONFIRM_PARKED_SLIP, Act.RECORD_OBJECTION),
    (Duty.REVOCATION_INTAKE,): (Act.RECORD_REVOCATION_REQUEST, Act.RECEIVE_ORIGINAL, Act.RECORD_CHANGE),
    (Duty.REVOCATION_EXAMINATION,): (Act.EXAMINE_REVOCATION,),
    (Duty.REVOCATION_DECISION,): (
        Act.DECIDE_REVOCATION,
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
        Act.RECORD_ARRIVAL,
        Act.PRINT_LETTERS,
        Act.POST_LETTERS,
        Act.SEND_LETTER,
        Act.PLAN_CAMPAIGN,
        Act.CARRY_OUT_CAMPAIGN,
        Act.LIST_REVOCATIONS,
    ),
    # Never who planned it: `practice.export.check_release`.
    (Duty.ACCEPTANCE, Duty.REVOCATION_DECISION): (Act.RELEASE_CAMPAIGN,),
    (Duty.NOTICE, Duty.ACCEPTANCE, Duty.REVOCATION_DECISION): (Act.WITHDRAW_CAMPAIGN,),
    (Duty.NOTICE, Duty.ACCEPTANCE, Duty.REVOCATION_INTAKE, Duty.AUDIT): (Act.WRITE_CAMPAIGN_LIST,),
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
    ),
    (*_BUSINESS, Duty.PUBLICATION, Duty.BILLING): (Act.VIEW_FIGURES, Act.VIEW_EDITIONS),
    _BUSINESS: (Act.VIEW_APPLICATION, Act.VIEW_DOCUMENTS, Act.VIEW_CERTIFICATE, Act.VIEW_CAMPAIGNS),
    (Duty.BILLING, Duty.AUDIT): (Act.VIEW_BILLING,),
    (Duty.DISCLOSURE, Duty.AUDIT): (Act.VIEW_LEGAL_DISCLOSURES,),
    (Duty.AUDIT,): (Act.VIEW_AUDIT, Act.VERIFY_AUDIT),
    (Duty.KEY_CUSTODY,): (Act.HOLD_CEREMONY, Act.INSTALL_ROSTER, Act.UNLOCK_TOKEN),
    # Who only works for the house by contract reads nothing by that alone; deadlines name no person.
    tuple(duty for duty in Duty if duty is not Duty.CONTRACTOR): (Act.VIEW_DUTIES, Act.VIEW_DEADLINES),
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
        Act.CHOOSE_LANGUAGE,
        Act.CHOOSE_CLERK,
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
