"""What the conditions of acts and the faults of approvals are called (6.1, 8, 9, 17.4, 18, 21, 22, 23)."""

from inro.words.rows import in_language, words_of

CONDITIONS = words_of("""
another_person_decides | 審査した人と別の人が決定する | another person decides than examined
nothing_is_open | 審査に未了の項目がない | the examination left nothing open
explanation_is_recorded | 重要事項の説明が確認されている | the statutory explanation is recorded
form_is_sealed | 申込書に必要な押印がある | the form bears every seal it needs
address_agrees | 住所が住民票と一致する | the address is the resident record's
applicant_consents | 申込者が約款・CPS・記載内容に同意している | the applicant consents to terms and content
organization_is_not_closed | 企業等の登記が閉鎖されていない | the organization is not closed
corporate_number_is_confirmed | 法人番号が公表情報で確認されている | the Corporate Number is confirmed
no_individual_number_shows | 個人番号が見えない状態である | no Individual Number shows
organization_consents | 企業等の代表者が同意している | the organization's representative consents
no_match_is_found | 反社会的勢力の確認で該当がない | no match was found among anti-social forces
both_have_checked | 審査者と決裁者が反社会的勢力を確認している | both looked for anti-social forces
proxy_address_agrees | 受取代理人の住所が印鑑登録証明書と一致する | the proxy recipient's address agrees
reason_is_given | 理由が書かれている | a reason is given
correction_time_is_over | 補正の期間が過ぎている | the time to correct the papers is over
five_years_are_kept | 審査終了から5年の上限に収まる | the law's five years are kept
five_years_are_over_where_said | 5年の上限を過ぎている | the five years are over
certificate_has_not_expired | 証明書の有効期間内である | the certificate has not expired
ground_is_for_such_a_certificate | CA証明書に用いる事由である | the ground fits a CA's own certificate
invoker_may_bring_this_ground | この事由を申し立てられる人からの書面である | this person may bring the ground
form_is_the_prescribed_one | 所定の様式である | the form is the prescribed one
fax_was_urgent_and_unavoidable | ＦＡＸが緊急かつやむを得ない場合である | the fax was urgent and unavoidable
paper_is_authentic | 書面が本人のものと確認できた | the paper is authentic
paper_is_complete | 様式と書類がそろっている | nothing of the form is lacking
ground_is_established | 事由に当たる事実が記録で確認できた | the record shows the facts of the ground
name_is_the_certificates | 氏名が証明書と一致する | the name is the certificate's
receipt_period_is_over | 受領書を待つ期間が過ぎている | the wait for the receipt slip is over
change_is_not_a_municipal_merger | 変更が市町村合併によるものではない | the change is no municipal merger
original_is_outstanding | 原本が未着である | the original is outstanding
original_follows_the_fax | 原本がＦＡＸより後に着いた | the original follows the fax
no_revocation_stands | 失効の手続が行われていない | no revocation is under way
certificate_is_valid | 証明書が有効である | the certificate is valid
packing_is_checked | 封入物を照合済みである | the packing is checked
addressee_is_confirmed | 宛名の住所を確認済みである | the addressee's address is confirmed
nobody_may_be_sent_the_card | カードを本人に送ることがもうない | nobody may be sent the card any more
a_revocation_stands | 証明書が失効し、または失効の手続中である | the certificate is revoked, or about to be
parcel_is_on_its_way | カードが配達中である | the card is on its way
asked_after_posting | 取戻しの請求が差出し以後である | the post was asked on the day of posting or later
asking_has_happened | 請求の日が今日以前である | the post was asked by today
answered_after_asking | 回答が請求以後である | the answer follows the question
answer_has_happened | 回答の日が今日以前である | the post has answered by today
accepted_no_earlier_than_drawn_up | 差出しが差出票の日付以後である | it was taken on the list's day or later
acceptance_has_happened | 差出しの日が今日以前である | the post has taken it by today
reminder_is_due | 受領書の期限が過ぎ、督促の時期である | the slip is overdue and its reminder due
contact_follows_the_dispatch | 発送後の連絡である | the contact follows the dispatch
contact_has_happened | 連絡があった | the contact has happened
no_doubts_are_open | 未解決の疑義の申出がない | no doubts are open
name_agrees | 氏名が一致する | the name agrees
date_is_to_come | 通知書の日付が今日以後である | the letter is dated today or later
sent_no_earlier_than_dated | 発送が通知書の日付以後である | it was sent on its day or later
sending_has_happened | 発送の日が今日以前である | it was sent by today
case_still_waits | 申込みが通知書の内容のままである | the case stands as the letter says
notice_has_arrived | 不備の通知が到達している | the notice has arrived
extension_has_its_reason | 延長の理由が書かれている | the extension has its reason
extension_gives_more_time | 新しい期限が今の期限より後である | the new day is later than the present one
extension_is_to_come | 新しい期限が今日以後である | the new day is today or later
window_is_open | 発行後、受領書の受領前である | it came after issuance and before the slip
arrival_has_happened | 到着日が今日以前である | it arrived by today
reason_is_stated | やむを得ない理由が書かれている | the unavoidable reason is stated
card_is_still_awaited | 受領書がまだ届いていない | the receipt slip is still awaited
every_point_is_fit | すべての確認項目が適である | every point was found in order
another_person_approves | 審査した人と別の人が承認する | another person approves than examined
service_has_not_ended | サービスが終了していない | the service has not ended
no_card_is_being_made | ICカードを作成中ではない | no card is being made for it
service_has_ended_where_said | サービスが終了している | the service has ended
campaign_tells_of_the_end | サービス終了の一斉通知がある | a campaign tells of the end
letters_can_still_arrive | 通知が期日までに到達できる | the letters can still arrive in time
last_day_is_to_come | 終了日がまだ来ていない | the last day has not come
last_day_has_come | 終了日が来ている | the last day has come
last_lists_are_in_both_halves | 最終リストが両方の公開先にある | web and directory give the last lists
destroyed_key_is_the_cas | 廃棄された鍵が認証局の鍵である | the destroyed key is the CA's
receiver_is_named | 引渡し先の名称が200文字以内で書かれている | the receiver is named, in at most 200 letters
manifest_is_receipted | 受領書が引き渡した目録を指している | the receipt names the manifest
registered_seal_agrees | 印影が登録印と一致する | the registered seal agrees
""")

FAULTS = words_of("""
malformed | 形が正しくない | its form is not valid
type | 種類が違う | it is of another type
challenge | 表示した内容への署名ではない | it signs something else than was shown
origin | 別のサイトで作られた | it was made on another site
rp_id | 別のサイトの鍵である | the key is of another site
user_presence | キーに触れた記録がない | nobody touched the key
user_verification | 本人の確認（PINなど）がない | the key did not verify its user
algorithm | 認めていない方式である | the algorithm is not permitted
signature | 署名が合わない | the signature does not fit
other_roster | 名簿の版が違うため、承認を取り直す | made under another roster, to be given anew
expired | 承認の有効期間が過ぎたため、取り直す | it ran out, to be given anew
unknown_credential | 担当者名簿にないキーである | the key is not on the officers' roster
virtual | 実演用のキーは使えない | a demonstration's key serves no other
duty | 名簿にその職務がない | the roster gives no such duty
different | 承認の内容が食い違う | the approvals differ
repeated | 同じ承認が重複している | the same approval twice
reordered | 承認の順序が違う | the approvals are in another order
superseded | 古い版の名簿である | a newer roster is known
not_in_force | 名簿の有効期間外である | the roster is not in force
doubled | 同じ人やキーが重複している | a person or key stands twice
empty | 担当者かキーがない | an officer or a key is missing
""")

PARTS = words_of("""
purpose | 承認の目的 | the purpose
case | 案件 | the case
verdict | 判断 | the verdict
content | 内容（表示後に変わりました。開き直してください） | the content: open the page again
edition | 約款の版 | the edition of the terms
examination_ended_at | 審査の終了時刻 | the end of the examination
person | 署名した人（席にいる人のキーではありません） | the person: another's key
""")


DAMAGES = words_of("""
content | 内容が読めません | its content cannot be read
columns | 記録と署名内容が違います | the row differs from what was signed
roster | 署名された名簿がありません | its roster is not on record as signed
credential | 名簿ではこの人のキーではありません | not this person's key on the roster
duty | 名簿にその職務がありません | the roster gave no such duty
assertion | 署名が合いません | the assertion does not fit
list | 一括失効の対象が、署名された一覧と違います | the cases are not the list that was signed
""")


def damage_words(name: str, language: str) -> str:
    """Return what is wrong with a decision on record."""
    return in_language(DAMAGES[name], language)


def condition_words(name: str, language: str) -> str:
    """Return what a condition of an act is called."""
    return in_language(CONDITIONS[name], language)
