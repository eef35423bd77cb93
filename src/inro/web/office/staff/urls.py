"""Addresses of the office's door and of its staff."""

from django.urls import path

from inro.web.office.staff import administration, confirmations, duties, enrolment, entrance

_PERSON, _PROPOSAL = "staff/people/<str:person>", "staff/proposals/<int:proposal>"
urlpatterns = [
    path("sign-in/", entrance.sign_in_page, name="sign_in"),
    path("sign-in/challenge/", entrance.sign_in_challenge, name="sign_in_challenge"),
    path("sign-out/", entrance.sign_out_page, name="sign_out"),
    path("lock/", entrance.lock_page, name="lock"),
    path("lock/now/", entrance.lock_now, name="lock_now"),
    path("lock/challenge/", entrance.lock_challenge, name="lock_challenge"),
    path("enrol/", enrolment.enrol, name="enrol"),
    path("enrol/challenge/", enrolment.enrol_challenge, name="enrol_challenge"),
    path("enrol/key/", enrolment.enrol_key, name="enrol_key"),
    path("account/", duties.account, name="account"),
    path("duties/", duties.duties, name="duties"),
    path("staff/", administration.staff, name="staff"),
    path("staff/appointment/", administration.appointment, name="appointment"),
    path(f"{_PERSON}/", administration.person_page, name="person"),
    path(f"{_PERSON}/new-key/", administration.new_key, name="new_key"),
    path(f"{_PERSON}/dismissal/", administration.dismissal, name="dismissal"),
    path(f"{_PERSON}/duties/<int:held>/end/", administration.end_of_duty, name="end_of_duty"),
    path(f"{_PERSON}/passkeys/<int:passkey>/end/", administration.ended_passkey, name="end_passkey"),
    path(f"{_PROPOSAL}/appointment/", confirmations.confirm_appointment, name="confirm_appointment"),
    path(f"{_PROPOSAL}/new-key/", confirmations.confirm_new_key, name="confirm_new_key"),
    path(f"{_PROPOSAL}/end-of-duty/", confirmations.confirm_end_of_duty, name="confirm_end_of_duty"),
    path(f"{_PROPOSAL}/dismissal/", confirmations.confirm_dismissal, name="confirm_dismissal"),
    path(f"{_PROPOSAL}/withdrawal/", confirmations.withdraw, name="withdraw_proposal"),
]
