"""What the kinds of audit rows are called, and the clause each belongs to, one row a kind (39.4, 40(7))."""

from dataclasses import dataclass
from types import MappingProxyType

from inro.practice.events import EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """A kind of event in both languages; `clause` is empty where only the house's own order asks for it."""

    japanese: str
    english: str
    clause: str

    def in_language(self, language: str) -> str:
        """Return the words in `ja` or, for anything else, in English."""
        return self.japanese if language == "ja" else self.english


_ROWS = """
draft.begun | 入力の開始 | Draft begun | 40(6)
draft.closed_for_a_while | 誤ったパスフレーズによる一時閉鎖 | Closed after wrong passphrases | 40(7)
draft.expired_deleted | 期限を過ぎた入力内容の削除 | Expired drafts deleted | 40(6)
intake.batch_taken | スキャンの取込み | Scanned batch taken in | 8.4
intake.batch_ended | スキャンの束の完了 | Scanned batch done with | 8.4
intake.page_discarded | スキャン頁の破棄 | Scanned page discarded | 8.5
intake.envelope_received | 封筒の受付 | Envelope received | 8.4
intake.enclosure_registered | 同封書類の登録 | Enclosed paper registered | 8.4
queue.case_taken | 担当者の決定 | Case taken on | 40(7)
queue.case_returned | 担当から外した | Case given back | 40(7)
queue.case_taken_over | 作業の引継ぎ | Case taken over from another person | 40(7)
queue.export_requested | 書出しの申請 | Export asked for | 40(1)
queue.export_released | 書出しの許可 | Export released | 40(1)
queue.export_written | 一覧の書出し | Export written | 40(1)
application.drafted | 申込内容の登録 | Application drafted | 8.1
application.explanation_recorded | 重要事項の説明 | Statutory explanation recorded | 42.1
application.terms_consented | 約款とＣＰＳへの同意 | Terms and CPS consented to | 12.1
application.form_printed | 利用申込書の印刷 | Form printed | 8.1
application.received | 利用申込書の受付 | Application received | 8.4
application.document_registered | 提出書類の登録 | Document registered | 8.4
application.number_blacked_out | 個人番号の墨塗り | Individual Number blacked out | 8.5
application.withdrawn | 申込みの取下げ | Application withdrawn | 16
application.terminated | 契約の終了 | Contract ended before issuance | 46
examination.started | 審査の開始 | Examination begun | 9.1
examination.point_recorded | 審査項目の判定 | Examination point recorded | 9.1
examination.corporate_number_looked_up | 法人番号の照会 | Corporate Number looked up | 8.2
examination.character_replaced | 文字の置換え | Character replaced | 8.8
examination.deficiency_found | 不備の通知 | Deficiency found | 9.2
examination.deficiency_extended | 不備の期限の延長 | Time for mending extended | 9.2
examination.resubmission_received | 再提出の受付 | Resubmission received | 9.2
examination.antisocial_checked | 反社会的勢力の確認 | Anti-social forces looked for | 46
examination.concluded | 審査の終了 | Examination concluded | 9.1
examination.sent_back | 審査への差戻し | Sent back to examination | 9.1
decision.accepted | 申込みの承諾 | Application accepted | 9.1
decision.repeated | 承認の取り直し | Approval given anew | 9.1
decision.rejected | 申込みの不受理 | Application rejected | 9.2
issuance.ordered | 発行の指示 | Issuance ordered | 17.1
issuance.order_claimed | 発行の着手 | Order claimed | 17.1
issuance.card_reserved | カードの引当て | Card reserved | 17.1
issuance.key_made | 鍵ペアの生成 | Key pair made | 5.2
issuance.card_initialised | カードの初期化 | Card initialised | 19.5
issuance.key_moved | 鍵のカードへの格納 | Key moved onto the card | 5.2
issuance.key_erased | 設備からの鍵の消去 | Key erased from the equipment | 17.3
issuance.key_proved | カードによる鍵の証明 | Card proved the key | 17.1
issuance.mailer_intended | 暗証番号通知書の作成開始 | Mailer about to be printed | 19.3
issuance.mailer_printed | 暗証番号通知書の印刷 | Mailer printed | 19.3
issuance.pin_erased | 設備からの暗証番号の消去 | PIN erased from the equipment | 19.3
issuance.handed_over | 署名の依頼 | Handed over to the signer | 17.1
issuance.serial_reserved | シリアル番号の採番 | Serial number reserved | 17.1
issuance.signing | 署名の記録 | Signing recorded beforehand | 17.1
issuance.certificate_issued | 証明書の発行 | Certificate issued | 17.1
issuance.card_finished | 証明書のカードへの格納 | Certificate on the card | 17.1
issuance.failed | 発行の失敗 | Issuance failed | 17.1
issuance.refused | 署名の拒否 | Signer refused | 17.1
card.registered | カードの入庫 | Blank card registered | 17.1
card.spoiled | カードの書損 | Card spoiled | 17.1
card.destroyed | カードの廃棄 | Card destroyed | 17.3
card.lost | カードの紛失 | Card lost | 17.2
mailer.spoiled | 暗証番号通知書の書損 | Mailer spoiled | 19.3
mailer.destroyed | 暗証番号通知書の廃棄 | Mailer destroyed | 19.3
parcel.packed | 封入 | Parcel packed | 17.4
parcel.numbered | 引受番号の登録 | Number of the post recorded | 17.4
parcel.listed | 差出票への記載 | Put on a posting list | 17.4
parcel.unlisted | 差出票からの除外 | Taken off a posting list | 17.4
parcel.opened | 封入のやり直し | Packed parcel opened again | 17.4
parcel.dispatched | 発送 | Parcel dispatched | 17.4
parcel.called_back | 郵便物の取戻しの請求 | Parcel called back from the post | 22.1
parcel.call_back_answered | 取戻しの請求への回答 | Answer to the calling back | 22.1
parcel.returned | 郵便物の返戻 | Parcel returned | 17.4
receipt.slip_received | 受領書の到着 | Receipt slip arrived | 18.4
receipt.slip_parked | 受領書の保留 | Receipt slip parked | 18.5
receipt.confirmed | 受領の確認 | Receipt confirmed | 18.6
receipt.objection_received | 疑義の申出 | Doubts about the content | 18.5
receipt.objection_admitted | 期間後の申出の受入れ | Late doubts admitted | 18.5
receipt.objection_decided | 疑義の申出への対応の決定 | Doubts decided | 18.5
proxy.request_received | 受取代理人の申請 | Proxy request received | 23
proxy.request_examined | 受取代理人の申請の審査 | Proxy request examined | 24.1
proxy.request_deficient | 受取代理人の申請の不備 | Proxy request deficient | 24.2
proxy.request_resubmitted | 受取代理人の申請の再提出 | Proxy request resubmitted | 24.2
proxy.request_decided | 受取代理人の決定 | Proxy request decided | 24.1
proxy.request_lapsed | 受取代理人の申請の期限切れ | Proxy request lapsed | 24.2
letter.written | 通知書の作成 | Letter written | 9.2
letter.released | 通知書の確定 | Letter released | 9.2
letter.printed | 通知書の印刷 | Letter printed | 43
letter.held | 督促状の保留（疑義のため） | Reminder held for doubts | 18.5
letter.resumed | 督促状の保留の解除 | Reminder no longer held | 18.5
letter.dropped | 通知書の取消し | Letter dropped | 9.2
letter.call_recorded | 電話連絡の記録 | Call recorded | 9.2
notice.released | 通知の発信指示 | Notice released | 43
notice.tried | 通知の送信の開始 | Sending begun | 43
notice.postponed | 通知の送信の延期 | Sending put off | 43
notice.doubted | 通知の送信の結果不明 | Sending in doubt | 43
notice.sent | 通知の発信 | Notice sent | 43
notice.arrived | 通知の到達 | Notice arrived | 43
notice.failed | 通知の不達 | Notice failed | 43
notice.handled | 通知の不達の処理 | Failed notice handled | 43
notice.reminder_sent | 受領書の督促 | Reminder of the slip sent | 18.7
notice.expiry_notice_sent | 有効期間満了の通知 | Expiry notice sent | 6.2
campaign.planned | 一斉通知の計画 | Campaign planned | 43
campaign.extended | 一斉通知の対象の追加 | Campaign extended | 43
campaign.released | 一斉通知の承認 | Campaign released | 43
campaign.withdrawn | 一斉通知の取消し | Campaign withdrawn | 43
campaign.batch_printed | 一斉通知の印刷 | Campaign's letters printed | 43
campaign.batch_posted | 一斉通知の差出し | Campaign's letters posted | 43
campaign.messages_prepared | 一斉通知の送信の準備 | Campaign's messages made ready | 43
campaign.messages_released | 一斉通知の送信の指示 | Campaign's messages let go | 43
campaign.fell_to_post | 一斉通知の郵便への切替え | Campaign's message falls to post | 43
campaign.by_hand_recorded | 個別の通知の記録 | Notice given by hand recorded | 43
campaign.by_hand_confirmed | 個別の通知の確認 | Notice given by hand confirmed | 43
campaign.by_hand_dropped | 個別の通知の記録の取下げ | Notice given by hand withdrawn | 43
campaign.list_written | 一斉通知の一覧の書出し | Campaign's list written | 40(7)
campaign.revocations_listed | 失効対象の一覧の引渡し | Certificates listed for revocation | 11
campaign.finished | 一斉通知の完了 | Campaign finished | 43
deadline.set | 期限の設定 | Deadline set |
deadline.passed | 期限の経過 | Deadline passed |
revocation.request_received | 失効の申請・依頼の受付 | Revocation request received | 21.2
revocation.original_received | 失効申請書の原本の到着 | Original of the request arrived | 21.2
revocation.examined | 失効の審査 | Revocation examined | 22.1
revocation.decided | 失効の決定 | Revocation decided | 22.1
revocation.refused | 失効の不受理 | Revocation refused | 22.1
revocation.mass_planned | 一括失効の計画 | Mass revocation planned | 22.1
revocation.mass_selectors_disagreed | 一括失効の対象の不一致 | Lists of a mass revocation disagreed | 22.1
revocation.mass_rehearsed | 一括失効の予行 | Mass revocation rehearsed | 22.1
revocation.mass_examined | 一括失効の審査 | Mass revocation examined | 22.1
revocation.mass_decided | 一括失効の決定 | Mass revocation decided | 22.1
revocation.mass_dropped | 一括失効の取下げ | Mass revocation dropped | 22.1
revocation.mass_stopped | 一括失効の停止 | Mass revocation stopped | 22.1
revocation.mass_revoked | 一括失効の完了 | Mass revocation carried out | 26.1
revocation.mass_published | 一括失効のリスト公開 | Mass revocation published | 26.1
revocation.mass_list_written | 一括失効の一覧の出力 | List of a mass revocation written | 40(7)
revocation.power_declined | 失効の提案の見送り | Power to revoke declined | 22.1(1)
revocation.certificate_revoked | 証明書の失効 | Certificate revoked | 26.1
certificate.expired | 有効期間の満了 | Certificate expired | 6.1
certificate.change_reported | 変更の届出 | Change reported | 15
certificate.stay_period_recorded | 在留期間の記録 | Period of stay recorded | 12.4
list.signing | 失効リストの署名の記録 | List about to be signed | 26.2
list.signed | 失効リストの署名 | List signed | 26.2
list.published | 失効リストの公開 | List published | 26.1
list.read_back | 公開内容の照合 | Published list read back | 26.1
list.publication_failed | 公開の失敗 | Publication failed | 26.1
probe.changed | 外からの確認の結果の変化 | Verdict of a prober changed | 26.2
repository.document_published | 文書の公開 | Document published | 10
repository.edition_registered | 約款の版の登録 | Edition registered | 2.1
repository.edition_activated | 約款の版の発効 | Edition in force | 2.1
repository.discontinuation_announced | サービス終了の公告 | Discontinuation announced | 11
discontinuation.proposed | サービス終了の提案 | End of the service proposed | 11
discontinuation.decided | サービス終了の決定 | End of the service decided | 11
discontinuation.withdrawn | サービス終了の取消し | End of the service taken back | 11
discontinuation.all_told | 終了の通知の全員への到達 | All told of the end in time | 11.2
discontinuation.all_revoked | 全件の失効 | All certificates revoked | 11.3
discontinuation.last_lists_proposed | 最終リストの提案 | Last lists proposed | 26
discontinuation.last_lists_decided | 最終リストの決定 | Last lists decided | 26
discontinuation.last_lists_signed | 最終リストの署名 | Last lists signed | 26
discontinuation.keys_destroyed | 鍵の廃棄 | Keys destroyed | 11
discontinuation.records_written | 保存記録の書出し | Kept records written out | 40(4)
discontinuation.records_handed_over | 保存記録の引渡し | Records handed over | 40(4)
service.maintenance_planned | 保守の予定 | Maintenance planned | 30
service.suspended | サービスの中断 | Service suspended | 30
service.resumed | サービスの再開 | Service resumed | 30
billing.charge_arisen | 料金の発生 | Charge arisen | 34.1
billing.invoice_issued | 請求書の発行 | Invoice issued | 35.1
billing.payment_received | 入金 | Payment received | 35.2
billing.payment_matched | 入金の消込み | Payment matched | 35.2
billing.payment_overdue | 支払期限の経過 | Payment overdue | 35.3
records.data_read | 個人情報の閲覧 | Personal data read | 40(7)
records.disclosure_requested | 開示の請求 | Disclosure requested | 28
records.disclosure_made | 開示 | Disclosure made | 28
records.disclosure_refused | 開示の拒否 | Disclosure refused | 28
records.legal_disclosure_made | 法令に基づく開示 | Disclosure by law | 41
records.correction_refused | 訂正・削除の拒否 | Correction refused | 28
records.past_applications_imported | 過去の申込みの取込み | Past applications imported | 8.11
records.disposed | 記録の廃棄 | Records disposed of | 40(4)
records.disposal_held | 廃棄の保留 | Disposal held | 40(4)
house.ceremony_held | 鍵生成式 | Ceremony held |
house.roster_installed | 担当者名簿の適用 | Roster installed |
house.staff_appointed | 担当者の任命 | Staff appointed | 40(7)
house.staff_proposed | 任命・解任等の起案 | Change of staff proposed | 40(7)
house.staff_proposal_withdrawn | 任命・解任等の起案の取下げ | Proposal about staff withdrawn | 40(7)
house.duty_end_set | 職務の終了日の設定 | End of a duty set | 40(7)
house.staff_dismissed | 担当者の解任 | Staff dismissed | 40(7)
house.enrolment_code_made | パスキー登録コードの発行 | Enrolment code made | 40(7)
house.enrolment_refused | パスキー登録の拒否 | Enrolment refused | 40(7)
house.entry_closed_for_a_while | 誤りの繰返しによる一時閉鎖 | Closed after refused tries | 40(7)
house.passkey_enrolled | パスキーの登録 | Passkey enrolled | 40(7)
house.passkey_ended | パスキーの停止 | Passkey ended | 40(7)
house.signed_in | ログイン | Signed in | 40(7)
house.session_unlocked | 画面ロックの解除 | Session unlocked | 40(7)
house.sign_in_refused | ログインの拒否 | Sign-in refused | 40(7)
house.signed_out | ログアウト | Signed out | 40(7)
house.session_ended | ログインの終了 | Session ended | 40(7)
house.act_refused | 操作の拒否 | Act refused | 40(7)
house.configuration_changed | 設定の変更 | Configuration changed |
house.corporate_register_loaded | 法人番号公表データの読込み | Corporate Numbers loaded | 8.2
house.process_started | プロセスの起動 | Process started |
house.process_stopped | プロセスの停止 | Process stopped |
house.anchor_signed | 監査記録への署名 | Audit anchor signed | 40(7)
house.anchor_published | 監査記録の署名の公開 | Audit anchor published | 40(7)
house.audit_verified | 監査記録の検証 | Audit log verified | 40(7)
house.calendar_address_made | カレンダーの購読用アドレスの作成 | Calendar address made | 40(7)
house.calendar_address_revoked | カレンダーの購読用アドレスの取消し | Calendar address revoked | 40(7)
"""


def _words(row: str) -> tuple[EventKind, EventWords]:
    kind, japanese, english, clause = (part.strip() for part in row.split("|"))
    return EventKind(kind), EventWords(japanese=japanese, english=english, clause=clause)


EVENTS = MappingProxyType(dict(_words(row) for row in _ROWS.strip().splitlines()))


def event_words(kind: EventKind) -> EventWords:
    """Return what a kind of audit row is called, with its clause.

    Raises: KeyError for a kind without words, which a test finds first.
    """
    return EVENTS[kind]
