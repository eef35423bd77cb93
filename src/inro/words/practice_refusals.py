"""What the refusals of the practice are called: rules of terms and law that an act would break.

Three lines each, as in `refusals.py`.
"""

from inro.words.rows import stanzas_of

PRACTICE_REFUSALS = stanzas_of("""
practice.calendar.CalendarRefused
    暦の設定が正しくありません
    The calendar's settings are not valid
practice.calendar.InstantWithoutZone
    時刻 {instant} に時間帯がありません
    The time {instant} has no zone
practice.campaign.CampaignRefused
    一斉通知の入力に不足か誤りがあります：{field}（{problem}）
    The campaign is not whole: {field} ({problem})
practice.mass_revocation.PlanRefused
    一括失効の計画に不足か誤りがあります：{field}（{problem}）
    The plan is not whole: {field} ({problem})
practice.mass_revocation.SelectorsDisagree
    記録から選んだ対象と証明書から選んだ対象が{count}件食い違います。失効は進めません。原因を調べてください：{differences}
    Records and certificates disagree on {count}; nothing goes on, find out why: {differences}
practice.mass_revocation.SelectionStale
    計画のときの{planned}件と、いまの条件での{now}件が一致しません。計画を取り下げ、あらためて計画してください
    Planned were {planned}; the criterion gives another list of {now} by now: drop the plan, plan anew
practice.certificate.CaCertificateRevoked
    認証局自身の証明書（{serial}）が失効しているため、証明書を発行できません（第22条第1項第5号）
    The CA's own certificate {serial} is revoked: nothing is issued under it (22.1(5))
practice.certificate.NoCaCertificate
    この認証局の鍵で署名されたCA証明書ではありません。鍵生成式のファイルを指定してください（{problem}）
    No CA certificate by a key of this CA: name the ceremony's file ({problem})
practice.checklist.VerdictRefused
    審査項目 {item} をこのように判定できません：{problem}
    Item {item} is not to be judged so: {problem}
practice.content.ContentRefused
    {field} は約款 {clause} に反します
    {field} breaks {clause} of the terms
practice.disclosure.CorrectionRefused
    保存期間中の記録は訂正・削除・返却できません（約款第28条・第40条）
    Records that must be kept are neither corrected, deleted nor returned (28, 40(4))
practice.disclosure.DisclosureRefused
    開示の条件を満たしません：{problem}（{clause}）
    A condition of disclosure is not met: {problem} ({clause})
practice.discontinuation.NotAllTold
    終了の通知が期限 {deadline} までに届いていません（未達 {missing}、遅れ {late}）。終了日を改めてください
    Not all were told of the end by {deadline} (missing {missing}, late {late}): choose a later last day
practice.discontinuation.ServiceEnded
    本サービスは {last_day} をもって終了しました。申込みの受付と証明書の発行は行いません（約款第11条）
    The service ended on {last_day}: no application is taken and no certificate issued any more (11)
practice.discontinuation.StillValid
    有効な証明書が {certificates} 件残っています。失効の決定と公開を終えてください（約款第11条第3項）
    {certificates} certificates are still valid: finish their revocation first (11.3)
practice.duties.SeparationBreached
    {person} は {against} を行ったため {duty} を行えません。別の担当者が行ってください
    {person} has done {against} and may not do {duty}
practice.editions.ActivationRefused
    第{edition}版は施行できません（通知なし {missing}、遅れ {late}、期限 {last_day}）。施行日を改めてください
    Edition {edition} may not come into force: notices missing {missing}, late {late} (due {last_day})
practice.editions.EditionAltered
    約款の第{edition}版が記録と異なります。policy/editions を登録時の内容に戻してください
    Edition {edition} is not the one on record: bring policy/editions back to what was registered
practice.editions.EditionBegun
    第{edition}版の施行日 {effective_from} が来ています。施行日を改めた版を登録してください
    The day of edition {edition}, {effective_from}, has begun: register an edition with a later day
practice.editions.EditionUnpublished
    第{edition}版の文書がまだ公開されていません。公開を待ってください
    The texts of edition {edition} are not published yet: wait until the worker has published them
practice.editions.NoEditionInForce
    {on} に有効な約款がありません
    No edition of the terms is in force on {on}
practice.editions.TermsRefused
    約款の設定 {field} が正しくありません：{problem}
    The edition's {field} is not valid: {problem}
practice.fees.InvoiceRefused
    請求できません：{problem}（{clause}）
    Nothing to invoice: {problem} ({clause})
practice.fees.RefundRefused
    承諾後の返金はできません（約款第34条第2項）
    Nothing is paid back after acceptance (34.2)
practice.grounds.UnknownGround
    「{ground}」という失効事由は約款にありません。選び直してください
    The terms give no ground {ground}
practice.intake.EnclosureRefused
    同封書類の入力に不足か誤りがあります：{field}（{problem}）
    The enclosed paper is not whole: {field} ({problem})
practice.intake.FaxBringsNoOriginal
    ＦＡＸで届いた書類は原本として登録できません。「写し」を選んでください（約款第8条第4項・第21条第2項）
    A fax brings no original: choose copy (8.4, 21.2)
practice.intake.NumberInText
    個人番号または住民票コードが含まれているため保存できません。番号を消してください（{field}）
    An Individual Number or resident record code stands in the text: remove it ({field})
practice.intake.RedactionMissing
    個人番号の確認をしていない頁は保管できません。先に頁全体を見て確認してください（約款第8条第5項）
    A page not yet looked at for the Individual Number cannot be kept (8.5)
practice.intake.RedactionRefused
    墨塗りの枠と判断が合いません（{verdict}、枠 {boxes}）
    Boxes and word on the page contradict each other ({verdict}, {boxes} boxes)
practice.letters.LetterRefused
    入力に不足か誤りがあります：{field}（{problem}）
    Not whole: {field} ({problem})
practice.notice_words.WordsRefused
    {kind} の文面の「{gap}」を埋められません
    Nothing fills {gap} in the words of {kind}
practice.notices.ChannelRefused
    {kind} の通知は {channel} では送れません。別の送り方を選んでください
    A notice of {kind} does not travel by {channel}
practice.notices.NotArrived
    到達したとみなせません（{channel}、不足：{missing}）
    Not to be counted as arrived ({channel}, lacking {missing})
practice.packing.NotForPost
    郵便物 {parcel} は差し出せません：{guard}。失効の画面で差し止めるか、差出票を取り止めて開封します
    Parcel {parcel} may not go out: {guard}. Keep it back from its revocation, or give the list up and open it
practice.packing.PackingRefused
    入力に不足か誤りがあります：{field}（{problem}）
    Not whole: {field} ({problem})
practice.packing.ResendingOver
    {returned}回返戻されたため、再発送の上限（{limit}回）に達しました。利用者に連絡し、失効または受取代理人を検討してください
    It came back {returned} times, and the house sends again {limit} times: speak to the subscriber
practice.packing.UnknownThing
    「{scanned}」は封入物のコードではありません。カード・暗証番号通知書・受領書のコードを読み取ってください
    {scanned} is no code of ours: scan card, PIN mailer and slip
practice.parcels.WrongContents
    封入物が違います。不足 {missing}、余分 {surplus}、申込番号 {applications}
    Wrong contents: missing {missing}, surplus {surplus}, applications {applications}
practice.parcels.WrongTrackingNumber
    引受番号 {number} が正しくありません：{problem}
    Tracking number {number} is not valid: {problem}
practice.permission.ActDenied
    {on}時点で「{act}」を行う職務がありません。職務のある担当者に依頼してください
    No duty held on {on} covers {act}
practice.post_file.LinesRefused
    {faults}か所に誤りがあるため、何も取り込んでいません
    Nothing was taken in: {faults} faults
practice.postage.NoTariffInForce
    {on} の郵便料金が設定されていません。policy/postage.toml に追加してください
    No postage is set for {on}: add it to policy/postage.toml
practice.powers.PowerRefused
    入力に不足か誤りがあります：{field}（{problem}）
    Not whole: {field} ({problem})
practice.receipt.ReminderTooEarly
    督促は {earliest} より前には到達しません。到達の日（{arrived_on}）を確かめてください
    A reminder cannot arrive before {earliest} ({arrived_on})
practice.renewal.NotRenewable
    申込み {number} からは更新の申込書を印字できません：{obstacle}
    No renewal form can be printed from application {number}: {obstacle}
practice.retention.RetentionRunning
    {disposal_from} より前は廃棄できません（保留：{held}）
    Kept until {disposal_from} (held: {held})
practice.revocation.RequestNotRefusable
    事由 {ground} の失効は {reason} では拒めません（約款第22条第1項）
    A revocation on {ground} is not refused for {reason} (22.1)
practice.revocation.RequestRefused
    失効の受付の入力に不足か誤りがあります：{field}（{problem}）
    The request is not whole: {field} ({problem})
practice.sheet_words.SheetWordsRefused
    文面の {part} を印刷できません（{problem}）：{word}
    {part} of the words cannot be printed ({problem}): {word}
practice.transitions.ActNotAllowed
    状態「{state}」では「{act}」はできません。いまの状態と次の手続を確かめてください
    In the state {state} this is not possible: {act}
practice.transitions.GuardRefused
    条件「{guard}」を満たしません（{clause}）
    The condition {guard} is not met ({clause})
practice.validity.ValidityRefused
    有効期間の終わり {not_after} が制限 {limit}（{limit_at}）を超えます
    The end {not_after} is beyond the limit {limit} ({limit_at})
practice.wizard.StepTooEarly
    先に「{first}」の手順を済ませてください
    Finish the step {first} first
""")
