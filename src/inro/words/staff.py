"""What is said of staff: proposals, refusals at the door, where duties must not meet (40(7))."""

from enum import StrEnum

from inro.practice.duties import Meeting
from inro.practice.staff import ProposalKind, ProposalState, StaffFault
from inro.words.rows import stanzas_of

STAFF_TABLES: tuple[tuple[type[StrEnum], str], ...] = (
    (
        ProposalKind,
        """
        appointment | 任命 | Appointment
        end_of_duty | 職務の終了 | End of a duty
        new_key | パスキーの追加 | Further passkey
        dismissal | 解任 | Dismissal
        """,
    ),
    (
        ProposalState,
        """
        open | 承認待ち | Waiting
        confirmed | 承認済 | Confirmed
        withdrawn | 取下げ | Withdrawn
        """,
    ),
    (
        Meeting,
        """
        appointment | 一人が同時に任命されない職務 | Never held by one person at the same time
        case | 一つの案件で一人が行わない職務 | Never done by one person in the same case
        proxy_case | 代理受取の案件で一人が行わない職務 | Never done by one person in a case with a proxy
        """,
    ),
    (
        StaffFault,
        """
        not_a_person_id | IDは英小文字と数字です（例：mori） | An id is small letters, digits: mori
        name_of_a_process | 別のIDにしてください（プログラムの名前） | Programs have this name: choose another
        no_name | 氏名を100字以内で入力してください | Type a name of 100 characters at most
        other_name | 別の氏名で登録済みのIDです。確かめてください | This id is on record with another name
        no_duty | 職務を一つ以上選んでください | Choose at least one duty
        held_already | その期間に任命済みの職務を外してください | A duty is held already in that time
        not_a_day | 日付を入力してください（例：2026/12/1） | Type a day, such as 2026/12/1
        ends_before_it_begins | 終了日は開始日以後、今の終了日以前です | Before the first day, or too late
        in_the_past | 今日以後の日付にしてください | Choose today or a later day
        dismissed | 解任済みの担当者です。新しいIDを使います | Dismissed: who comes back gets a new id
        proposed_already | 同じ起案が承認待ちです。承認を待ってください | The same is waiting already
        not_two | 最初の管理者は別々の二名です | The first administrators are two persons
        """,
    ),
)

STAFF_REFUSALS = stanzas_of("""
practice.enrolment.EnrolmentCodeExpired
    登録コードの有効期限（72時間）が過ぎています。管理者二名に新しいコードを依頼してください
    The code's 72 hours are over: ask two administrators for a new one
practice.enrolment.EnrolmentCodeUsed
    この登録コードは使用済みか、新しいコードに置き換わっています。管理者二名に確かめてください
    This code has been used, or a newer one took its place
practice.enrolment.EnrolmentCodeWrong
    担当者IDと登録コードが合いません。前半と後半を確かめてください
    Person and code do not belong together: check both halves
practice.staff.OneAdministrator
    起案する人・承認する人・対象者は別の人でなければなりません（{person}）
    Who proposes, who confirms and who is concerned are three persons ({person})
practice.staff.StaffRefused
    {field} が正しくありません：{fault}
    {field} cannot stand: {fault}
practice.staff.TooFewAdministrators
    ログインできる管理者が二名未満になるため行えません。先に別の管理者を任命してください
    Fewer than two administrators who can sign in would be left: appoint another first
pki.passkey.PasskeyCloned
    パスキーの使用回数が進んでいません。複製のおそれがあるため拒否しました。管理者に連絡してください
    The passkey's counter did not go up: it may be a copy. Refused; tell an administrator
usecases.entry.EntryClosedForAWhile
    誤りが続いたため、{until} まで受け付けません。その後にもう一度お試しください
    Too many tries were refused: nothing more is looked at until {until}
usecases.sign_in.NoDutyToday
    本日時点で担当する職務がないためログインできません。管理者に確認してください
    No duty is held today, so there is nothing to sign in to: ask an administrator
usecases.sign_in.PasskeyUnknown
    登録されていないか、停止されたパスキーです。別のパスキーを使うか、管理者に連絡してください
    This passkey is not enrolled, or was ended
usecases.staff.FoundedAlready
    最初の管理者は登録済みです。以後は管理者二名の操作で任命します
    The first administrators are made: from now on two of them appoint
web.office.staff.challenges.ChallengeGone
    確認の有効時間（5分）が過ぎたか、すでに使われました。もう一度ボタンを押してください
    What was asked is over or was answered before: press the button again
web.office.staff.entrance.TypedByAnother
    この入力は {person} さんのものです。ご本人がログインするとそのまま送信されます
    What waits here was typed by {person}: it is sent as soon as they sign in themselves
""")
