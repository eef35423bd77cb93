"""What acts are called where duties are shown, by the act's name (40(7))."""

from inro.practice.acts import Act
from inro.words.rows import in_language, words_of

ACTS = words_of("""
begin_draft | 利用申込みの入力の開始 | Begin an application form
open_draft | 入力途中の申込みを開く | Open a draft
save_step | 申込内容の入力 | Fill in a step
acknowledge_explanation | 重要事項の確認 | Acknowledge the explanation
consent_to_terms | 約款への同意 | Consent to the terms
finish_draft | 申込内容の確定 | Finish a draft
leave_draft | 入力の中断 | Leave a draft
record_application | 申込内容の登録 | Record an application
record_form_printed | 利用申込書の印刷 | Print the form
view_repository | リポジトリの閲覧 | View the repository
verify_signature | 署名の検証 | Verify a signature
view_status | 申込状況の照会 | View the status of an application
view_posted_notices | お知らせの閲覧 | View posted notices
view_front_page | 入口の画面 | View the front page
choose_language | 言語の選択 | Choose the language
choose_clerk | 担当者の選択（実演のみ） | Choose a clerk (demonstration only)
open_enrolment | 登録コードの入力 | Give an enrolment code
enrol_passkey | パスキーの登録 | Enrol a passkey
sign_in | ログイン | Sign in
unlock_session | 画面ロックとその解除 | Lock and unlock the session
sign_out | ログアウト | Sign out
take_batch | スキャンの取込み | Take in scanned pages
discard_page | スキャン頁の破棄 | Discard a scanned page
receive_envelope | 封筒の受付 | Register an envelope
register_enclosure | 同封書類の登録 | Register an enclosed paper
take_case | 案件を自分の担当にする | Take on a case
return_case | 案件を担当から外す | Give a case back
open_case | 案件を開いて作業する | Open a case for work
leave_case | 案件の作業を終える | Leave a case
take_over_case | 他の人が開いた案件の引継ぎ | Take over a case that another has open
keep_filter | 一覧の条件の保存 | Keep a list's filter
drop_filter | 保存した条件の削除 | Forget a filter
list_letters | 宛先の一覧 | List addressees
request_export | 書出しの申請 | Ask for an export
release_export | 書出しの許可 | Release an export
write_export | 書出しファイルの受取り | Fetch an export
receive_application | 利用申込書の受付 | Receive an application
register_document | 提出書類の登録 | Register a document
black_out_number | 個人番号の墨塗り | Black out an Individual Number
record_resubmission | 再提出の受付 | Record a resubmission
withdraw_application | 取下げの受付 | Record a withdrawal
begin_examination | 審査の開始・差戻し | Begin an examination, send one back
confirm_corporate_number | 法人番号の確認 | Confirm a Corporate Number
record_verdict | 審査項目の判定 | Judge an item of the examination
record_antisocial_check | 反社会的勢力に関する確認の記録 | Record a check for anti-social forces
write_deficiency_letter | 不備通知書の作成 | Write a deficiency letter
send_letter | 通知書の発信 | Send a letter
drop_letter | 通知書の取消し | Drop a letter
record_call | 電話連絡の記録 | Record a telephone call
print_letters | 通知書の一括印刷 | Print letters
import_postmarks | 消印日の取込み | Import postmarks
post_letters | 通知書の発送の記録 | Record letters as posted
release_deficiency_letter | 不備通知書の確定 | Release a deficiency letter
examine_proxy_request | 受取代理人の申請の審査 | Examine a proxy request
notify_proxy_deficiency | 受取代理人の申請の不備の連絡 | Tell what a proxy request lacks
resubmit_proxy_request | 受取代理人の申請の補正 | Resubmit a proxy request
find_deficient | 不備の判定 | Find an application deficient
extend_deficiency | 不備の期限の延長 | Extend the time for mending
conclude_examination | 審査の終了 | Conclude an examination
accept_application | 申込みの承諾 | Accept an application
reject_application | 申込みの不受理 | Reject an application
terminate_application | 発行前の契約の終了 | End a contract before issuance
repeat_approval | 承認の取り直し | Give an approval anew
order_issuance | 発行の承認 | Approve issuance
receive_blank_cards | 未使用カードの入庫 | Receive blank cards
run_station | カード発行卓の操作 | Run the station
reopen_order | 発行のやり直し | Reopen an order
destroy_card | カードの廃棄 | Destroy a card
destroy_mailer | 暗証番号通知書の廃棄 | Destroy a PIN mailer
record_card_lost | カードの紛失の記録 | Record a lost card
spoil_returned_card | 返戻カードの書損 | Spoil a returned card
pack_parcel | 封入 | Pack a parcel
dispatch_parcel | カードの発送 | Dispatch a parcel
dispatch_mailer | 暗証番号通知書の発送 | Dispatch a PIN mailer
view_dispatch | 発送の画面の閲覧 | View the dispatch desk
view_receipts | 受領の画面の閲覧 | View the receipt desk
pack_mailer | 暗証番号通知書の封入 | Pack a PIN mailer
open_packed_parcel | 封をした郵便物の開封 | Open a packed parcel
keep_back_parcel | 失効する証明書の郵便物の差止め | Keep back a parcel whose certificate is revoked
import_tracking_numbers | 引受番号の取込み | Import accepted numbers
draw_up_posting_list | 差出票の作成 | Draw up a posting list
give_up_posting_list | 差出票の取止め | Give up a posting list
hand_over_parcels | 郵便窓口への差出しの記録 | Record parcels handed over
write_reminders | 受領書の督促状の作成 | Write reminders of the slip
decline_power | 失効の提案の見送り | Decline to use a power
record_returned_parcel | 返戻の記録 | Record a returned parcel
call_back_parcel | 郵便物の取戻しの請求の記録 | Record that a parcel was called back
record_call_back_answer | 取戻しの請求への回答の記録 | Record what the post answered
record_receipt_slip | 受領書の受付 | Record a receipt slip
confirm_parked_slip | 保留した受領書の確認 | Confirm a parked slip
record_objection | 疑義の申出の受付 | Record doubts about the content
admit_objection | 期間後の申出の受入れ | Admit late doubts
decide_objection | 疑義の申出への対応の決定 | Decide doubts
receive_proxy_request | 受取代理人の申請の受付 | Receive a proxy request
decide_proxy_request | 受取代理人の決定 | Decide a proxy request
record_revocation_request | 失効の申請・依頼の受付 | Record a request for revocation
receive_original | 失効申請書の原本の受付 | Receive the original of a request
write_original_reminder | 原本の督促状の作成 | Write the reminder of an original
find_revocation_lacking | 失効の審査での不備の記録 | Record what a request for revocation lacks
examine_revocation | 失効の審査 | Examine a revocation
decide_revocation | 失効の決定 | Decide a revocation
refuse_revocation | 失効の不受理 | Refuse a revocation
view_mass_revocations | 一括失効の閲覧 | View mass revocations
plan_mass_revocation | 一括失効の計画 | Plan a mass revocation
plan_discontinuation | サービス終了に伴う一括失効の計画 | Plan the revocations of a discontinuation
rehearse_mass_revocation | 一括失効の予行 | Rehearse a mass revocation
examine_mass_revocation | 一括失効の審査 | Examine a mass revocation
decide_mass_revocation | 一括失効の決定 | Decide a mass revocation
drop_mass_revocation | 一括失効の取下げ | Drop a mass revocation
write_mass_revocation_list | 一括失効の一覧の出力 | Write a mass revocation's list to a file
write_mass_notices | 一括失効の通知の作成 | Write the notices of a mass revocation
write_revocation_notice | 失効通知の作成 | Write the notice of a revocation
record_change | 変更の届出の受付 | Record a change
record_stay_period | 在留期間の記録 | Record a period of stay
open_renewal | 更新申込書の印刷 | Print a renewal form
release_notices | 通知の発信指示 | Release notices
resolve_notice | 結果不明の通知の確定 | Resolve a notice in doubt
handle_failure | 不達の通知の処理 | Handle a failed notice
post_page | お知らせの掲載 | Post a notice on the web page
send_notice | 通知の発信 | Send a notice
send_reminder | 受領書の督促 | Send a reminder
record_arrival | 到達の記録 | Record an arrival
plan_campaign | 一斉通知の計画 | Plan a campaign
release_campaign | 一斉通知の承認 | Release a campaign
withdraw_campaign | 一斉通知の取消し | Withdraw a campaign
update_campaign | 一斉通知の対象の追加 | Update a campaign
print_campaign | 一斉通知の印刷 | Print a campaign's letters
post_campaign | 一斉通知の差出しの記録 | Record a campaign's letters as posted
prepare_campaign_messages | 一斉通知の送信の準備 | Make a campaign's messages ready
send_campaign | 一斉通知の送信の指示 | Let a campaign's messages go
record_by_hand | 個別の通知の記録 | Record a notice given by hand
confirm_by_hand | 個別の通知の確認 | Confirm a notice given by hand
drop_by_hand | 個別の通知の記録の取下げ | Withdraw a notice given by hand
post_campaign_page | 一斉通知の掲載 | Post a campaign's page
finish_campaign | 一斉通知の完了 | Finish a campaign
view_revocations | 失効の一覧の閲覧 | View the revocation desk
view_revoked_cards | 失効した証明書のカードの閲覧 | View the cards of revoked certificates
list_revocations | 失効対象の一覧の引渡し | List certificates for revocation
view_campaigns | 一斉通知の閲覧 | View campaigns
write_campaign_list | 一斉通知の一覧の書出し | Write a campaign's list
publish_document | 文書の公開 | Publish a document
register_editions | 約款の版の登録 | Put editions of the terms on record
activate_edition | 約款の版の施行 | Put an edition in force
suspend_service | サービスの中断 | Suspend the service
resume_service | サービスの再開 | Resume the service
view_discontinuation | サービス終了の状況の閲覧 | View the end of the service
propose_discontinuation | サービス終了の提案 | Propose to end the service
decide_discontinuation | サービス終了の決定 | Decide to end the service
withdraw_discontinuation | サービス終了の取消し | Take the end of the service back
confirm_told | 終了の通知の到達の確認 | Confirm that all were told of the end
confirm_all_revoked | 全件の失効の確認 | Confirm that all is revoked
propose_last_lists | 最終リストの提案 | Propose the last lists
decide_last_lists | 最終リストの決定 | Decide on the last lists
record_key_destruction | 鍵の廃棄の記録 | Record the destruction of keys
write_last_records | 保存記録の書出し | Write out the kept records
hand_over_records | 保存記録の引渡しの記録 | Record the records as handed over
issue_invoice | 請求書の発行 | Issue an invoice
record_payment | 入金の記録 | Record a payment
match_payment | 入金の消込み | Match a payment
receive_disclosure | 開示請求の受付 | Receive a request for disclosure
make_disclosure | 開示 | Disclose
refuse_disclosure | 開示の拒否 | Refuse disclosure
make_legal_disclosure | 法令に基づく開示 | Disclose by law
view_legal_disclosures | 官公署への開示の閲覧 | View disclosures to authorities
import_past_applications | 過去の申込みの取込み | Import past applications
dispose_past_application | 過去の申込みの廃棄 | Dispose of past applications
hold_disposal | 廃棄の保留 | Hold disposal
dispose_application | 記録の廃棄 | Dispose of records
view_application | 案件の閲覧 | View cases
view_documents | 提出書類の閲覧 | View documents
view_certificate | 証明書の閲覧 | View certificates
view_billing | 請求・入金の閲覧 | View billing
view_audit | 監査記録の閲覧 | View the audit log
verify_audit | 監査記録の検証 | Verify the audit log
hold_ceremony | 鍵生成式の実施 | Hold a ceremony
enter_ca_certificate | CA証明書の記録 | Enter a CA certificate into the records
install_roster | 名簿の適用 | Install a roster
release_roster | 次の名簿の承認 | Release the next roster
confirm_policy | ポリシーの変更の承認 | Confirm a change of the policy
unlock_token | 鍵トークンの開錠 | Unlock a token
view_editions | 約款の版の閲覧 | View editions of the terms
view_figures | 統計の閲覧 | View figures
make_calendar_address | カレンダーの購読用アドレスの作成 | Make an address for a calendar
revoke_calendar_address | カレンダーの購読用アドレスの取消し | Revoke the address of a calendar
read_calendar | カレンダーの購読 | Read a calendar by its address
view_deadlines | 期限の閲覧 | View deadlines
view_duties | 職務と分離の表の閲覧 | View duties and separations
view_staff | 担当者一覧の閲覧 | View the staff
propose_appointment | 任命の起案 | Propose an appointment
propose_end_of_duty | 職務の終了の起案 | Propose the end of a duty
propose_new_key | パスキー追加の起案 | Propose a further passkey
propose_dismissal | 解任の起案 | Propose a dismissal
withdraw_proposal | 起案の取下げ | Withdraw a proposal
appoint_staff | 任命の承認 | Confirm an appointment
end_duty | 職務の終了の承認 | Confirm the end of a duty
add_key | パスキー追加の承認 | Confirm a further passkey
dismiss_staff | 解任の承認 | Confirm a dismissal
end_passkey | パスキーの停止 | End a passkey
check_installation | 設置の点検 | Check the installation
load_corporate_register | 法人番号公表データの読込み | Load the Corporate Numbers
start_process | プロセスの起動 | Start a process
""")


def act_words(act: Act, language: str) -> str:
    """Return what an act is called in `ja` or, for anything else, in English.

    Raises: KeyError for an act without words, which a test finds first.
    """
    return in_language(ACTS[act.value], language)
