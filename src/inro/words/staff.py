"""What is said of staff: proposals, what is wrong with one, where duties must not meet (40(7))."""

from enum import StrEnum

from inro.practice.duties import Meeting
from inro.practice.staff import ProposalKind, ProposalState, StaffFault

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
        name_of_a_process | プログラムが使う名前です | Programs have this name: choose another
        no_name | 氏名を100字以内で入力してください | Type a name of 100 characters at most
        other_name | このIDは別の氏名で登録済みです | This id is on record with another name
        no_duty | 職務を一つ以上選んでください | Choose at least one duty
        held_already | その期間に任命済みの職務があります | A duty is held already in that time
        not_a_day | 日付を入力してください（例：2026/12/1） | Type a day, such as 2026/12/1
        ends_before_it_begins | 終了日が開始日前か、今の終了日後です | Before the first day, or too late
        in_the_past | 今日以後の日付にしてください | Choose today or a later day
        dismissed | 解任済みの担当者です。新しいIDを使います | Dismissed: who comes back gets a new id
        proposed_already | 同じ起案が承認を待っています | The same is waiting already
        not_two | 最初の管理者は別々の二名です | The first administrators are two persons
        """,
    ),
)
