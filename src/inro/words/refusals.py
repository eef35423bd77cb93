"""What refusals are called when they reach a person; the classes carry data, the words live here.

Three lines each: the class by module (without `inro.`) and name, the Japanese, the English; `{…}` are the
refusal's own data.
"""

from enum import StrEnum
from string import Formatter
from types import MappingProxyType
from typing import Any

from inro.words.conditions import CONDITIONS, FAULTS, PARTS
from inro.words.practice_refusals import PRACTICE_REFUSALS
from inro.words.queue import QUEUE_REFUSALS
from inro.words.rows import in_language, stanzas_of
from inro.words.staff import STAFF_REFUSALS
from inro.words.states import WORDS, word

_HOUSE = stanzas_of("""
japanese.eras.NoEraDate
    元号で表せない日付です
    This day has no date by a Japanese era
japanese.number_publication.RowRefused
    {line}行目の {column} が公表の形式ではありません：{fault}
    Line {line} is not as published: {column} {fault}
japanese.organization_name.NamesOfOtherNumbers
    同じ法人番号の名称だけを比べてください
    Only names of one and the same Corporate Number have a canonical one
japanese.replacement.GateBroken
    置換表の誤り：「{original}」の置換先「{replacement}」がJIS第1・第2水準にありません
    The table is wrong: {replacement}, for {original}, is not in JIS levels 1 and 2
japanese.romaji_syllables.ReadingNotSpelled
    「{name}」の{position}文字目からローマ字にできません。フリガナを確かめてください
    {name} cannot be spelled in Roman letters from character {position} on: check the reading
japanese.units.TextRefused
    {place}文字目は氏名の文字として扱えません（{fault}）。入力し直してください
    Character {place} is no character of a name ({fault}): type it again
pki.approvers.ApprovalRefused
    承認が認められません：{reason} {person} {detail}
    The approval does not count: {reason} {person} {detail}
pki.assertion.AssertionRefused
    セキュリティキーの署名が認められません：{reason}
    The security key's assertion is refused: {reason}
pki.issuer.IssuerRefused
    認証局の証明書として使えません：{problem}
    Not a CA's certificate: {problem}
pki.hand_over.HandOverRefused
    発行卓からの引渡しが認められません：{fault}
    The station's hand-over is not believed: {fault}
pki.roster.RosterRefused
    担当者名簿が認められません：{reason} {detail}
    The officers' roster is not trusted: {reason} {detail}
paper.errors.FontMissing
    フォント {path} がありません。{package} を導入してください
    The font {path} is missing; install {package}
paper.errors.GlyphMissing
    {field} の文字「{character}」（{code_points}）を印字できません。別の文字に改めてください
    The character {character} ({code_points}) of {field} cannot be printed; write another one
paper.errors.InvoiceRefused
    {sheet} の {field} が明細と一致しません
    {field} of {sheet} is not what its lines make
paper.errors.MailerRefused
    {sheet} の {field} を印字できません
    {field} of {sheet} cannot be printed
paper.errors.TextTooLong
    {field} が長すぎます（{length}）。{limit} までに短くしてください
    {field} is too long ({length}); shorten it to {limit}
paper.errors.SheetRefused
    {sheet} の {field} に誤りがあります
    {field} of {sheet} is not valid
paper.scan.errors.BoxRefused
    枠 {box} が頁（{width}×{height}）からはみ出すか、空です。囲み直してください
    The box {box} is empty or not on its page ({width} by {height}): draw it again
paper.scan.errors.FileRefused
    ファイルを受け入れられません（{fault} {detail}）。スキャンし直してください
    The file is not accepted ({fault} {detail}): scan again
paper.scan.errors.NumbersNotSought
    個人番号を自動で探せませんでした（{detail}）。目で確かめて囲んでください
    Numbers could not be searched for ({detail}): look for them and mark them by hand
ceremony.plan.PlanRefused
    鍵生成式の計画 {path} が正しくありません：{problem}
    The ceremony's plan is not valid at {path}: {problem}
ceremony.run.CeremonyRefused
    鍵生成式を行えません：{problem} {detail}
    The ceremony cannot be held: {problem} {detail}
signer.anchor.ChainBroken
    監査記録の {seq} 番目の行がその前の行とつながりません
    Row {seq} of the audit log does not follow from the one before
signer.answers.NoResponder
    OCSP応答者の証明書が有効でありません：{what} {detail}
    No certificate of the OCSP responder is in force: {what} {detail}
signer.approvals.DecisionRefused
    決定（{purpose}）が認められません：{fault}
    The decision ({purpose}) is not believed: {fault}
signer.issuance.FindingsStand
    検査の指摘が残っています：{findings}
    Findings stand: {findings}
signer.list_check.ListIncomplete
    失効リスト {kind} が記録と一致しません（署名記録 {journal}、データベース {database}）：{problems}
    The list {kind} is not complete (journal {journal}, database {database}): {problems}
signer.lists.ClockBehind
    時計が {clock} を示していますが、公開中の失効リストは {published} のものです
    The clock says {clock}, but a list of {published} is published
signer.reconciliation.RecordsDisagree
    署名記録とデータベースが一致しません：{differences}
    Journal and database disagree: {differences}
usecases.actor.DutyMissing
    {person} は職務 {duties} に任命されていません。任命された担当者に依頼してください
    {person} is not appointed to {duties}
usecases.draft.ConsentMissing
    重要事項の確認と約款への同意が必要です（{step}）。その画面へ戻ってください
    The explanation and the consent to the terms are needed ({step}): go back to that page
usecases.draft.DraftClosedForAWhile
    誤ったパスフレーズが10回入力されたため、{until} まで開けません。その後にもう一度お試しください
    Ten wrong passphrases were tried, so it stays closed until {until}: try again after that
usecases.draft.DraftFinished
    この申込書は印刷済みのため変更できません。内容を直すときは、この内容をもとに新しく作成してください
    This form was printed and no longer changes: to correct it, make a new one from it
usecases.draft.DraftNotOpened
    番号とパスフレーズの組合せが確認できません。控えを見て、もう一度入力してください
    Number and passphrase do not belong together: look at your note and type both again
usecases.draft.StepChanged
    別の画面でこの手順が先に保存されました（{step}）。両方の内容を見比べて保存し直してください
    This step was saved elsewhere in the meantime ({step}): compare both and save again
usecases.draft.TooManyDrafts
    ただいま入力の受付が混み合っています。一時間ほどたってからもう一度お試しください
    Too many applications are being begun just now: try again in about an hour
usecases.corporate_register.CorporateNumberRefused
    {number} は法人番号ではありません：{verdict}
    {number} is no Corporate Number: {verdict}
usecases.corporate_register.RegisterFileRefused
    法人番号公表データとして使えません：{problem}
    Not to be used as the register of Corporate Numbers: {problem}
usecases.renewal.RenewalUnderWay
    申込み {number} の更新 {renewal} はすでに到着しています
    The renewal {renewal} of application {number} has already come back
usecases.past_applications.LinesRefused
    何も取り込んでいません。誤りのある行が{bad}行あります
    Nothing was imported: {bad} lines must be mended
usecases.policy.PolicyUnconfirmed
    ポリシー（policy）が変更されています（{sha256}…）。発行承認の担当者が「ポリシー」の画面で確認し署名するまで、決定はできません
    The policy has changed ({sha256}…): nothing is decided until an issuance approver signs on the page Policy
usecases.last_records.TranscriptRefused
    鍵廃棄式の記録に名簿用の鍵の署名がありません。式の記録のフォルダを指定してください
    The record of destruction is not signed by the roster key: name the ceremony's folder
usecases.roster.RosterNotReleased
    担当者名簿 第{version}版はまだ承認されていません。発行承認の担当者が「担当者名簿」の画面で署名してください
    Roster {version} is not released yet: an issuance approver of the present one signs on the page Roster
usecases.decision.OtherMatter
    承認の対象が違います：{part}
    The approval is of another matter: {part}
adapters.custodian_shares.SharesRefused
    分割された鍵から復元できません：{detail}
    The shares bring nothing back: {detail}
adapters.directory_server.DirectoryNotMade
    ディレクトリを用意できません：{what} {detail}
    The directory is not set up: {what} {detail}
adapters.instants.InstantRefused
    時刻を受け取れません：{detail}
    The instant is refused: {detail}
adapters.memory_folder.FolderUnfit
    墨塗り前の頁を置けないフォルダです：{what} {detail}
    The folder may not hold pages before they are redacted: {what} {detail}
adapters.past_application_file.PastFileRefused
    過去の申込みのファイルを読めません（{what}）：{detail}
    The file of past applications cannot be read ({what}): {detail}
adapters.number_publication_file.PublicationFileRefused
    法人番号公表データを読めません：{what} {detail}
    The publication of Corporate Numbers cannot be read: {what} {detail}
adapters.token_address.ForeignProcess
    別のプロセスが開いたトークンです：{what} {detail}
    A token opened by another process: {what} {detail}
adapters.token_address.KeyRefused
    トークンの鍵が認められません：{what} {detail}
    A key of the token is refused: {what} {detail}
adapters.token_address.ModuleUnusable
    PKCS#11モジュールを使えません：{what} {detail}
    The PKCS#11 module cannot be used: {what} {detail}
adapters.token_address.TokenLost
    トークンが応答しません：{what} {detail}
    The token no longer answers: {what} {detail}
adapters.ocsp_tree.OcspTreeUnavailable
    OCSP応答の置き場を使えません：{what} {detail}
    The place of the OCSP answers is not available: {what} {detail}
adapters.web_tree.WebTreeUnavailable
    Webリポジトリを使えません：{what} {detail}
    The web repository is not available: {what} {detail}
demo.place.NotADemonstration
    {what} は実演で作られたものではないため触れません：{detail}
    {what} was not made by a demonstration, so it is left alone: {detail}
demo.installation.OutsideCaValidity
    {first_day}〜{last_day} の物語は認証局証明書の有効期間（{valid_from}〜{valid_to}）外です
    The story from {first_day} to {last_day} is outside the CA certificate, {valid_from} to {valid_to}
demo.processes.EdgeFailed
    プロセス {what} が失敗しました：{detail}
    The process {what} failed: {detail}
ports.errors.AlarmNotSent
    警報のメールを送れません：{what} {detail}
    The alarm was not sent by mail: {what} {detail}
ports.errors.CardLocked
    カードのPINがロックされています：{what} {detail}
    The card's PIN is locked: {what} {detail}
ports.errors.CardRefused
    カードが応じません：{what} {detail}
    The card refuses: {what} {detail}
ports.errors.NoBlankCard
    未使用のカードを読取装置 {what} に入れてください。今あるもの：{detail}
    Put a blank card into reader {what}; what is there now: {detail}
ports.errors.OtherCard
    カード {what} を読取装置に入れてください。今あるもの：{detail}
    Put card {what} into the reader; what is there now: {detail}
ports.errors.CorporateRegisterUnavailable
    法人番号を照会できません：{what} {detail}
    Corporate Numbers cannot be looked up: {what} {detail}
ports.fetching.FetchFailed
    公開先から取得できません：{what} {detail}
    What is published cannot be fetched: {what} {detail}
ports.errors.NewerPublished
    リポジトリに新しい一覧があるため置き換えません：{what} {detail}
    The repository has a newer list, which stays: {what} {detail}
ports.errors.DirectoryUnavailable
    ディレクトリを使えません：{what} {detail}
    The directory is not available: {what} {detail}
ports.errors.DocumentDamaged
    保管文書が元のとおりではありません：{what} {detail}
    The document is not what was stored: {what} {detail}
ports.errors.DocumentStoreUnavailable
    文書保管庫を使えません：{what} {detail}
    The document store is not available: {what} {detail}
ports.errors.DocumentUnknown
    文書が保管庫にありません：{what} {detail}
    The document is not in the store: {what} {detail}
ports.errors.MailboxUnavailable
    送達結果の受信箱を読めません：{what} {detail}
    The mailbox of delivery reports cannot be read: {what} {detail}
ports.errors.NotInQuarantine
    この頁は一時保管にありません。もう一度スキャンしてください
    The page is no longer in quarantine. Scan it again
ports.errors.PinRefused
    PINが受け付けられません：{what} {detail}
    The PIN was not taken: {what} {detail}
ports.errors.PortError
    {what} を使えません：{detail}
    {what} is not available: {detail}
ports.errors.PrinterUnavailable
    印刷できません：{what} {detail}
    Nothing could be printed: {what} {detail}
ports.errors.QuarantineClosed
    一時保管は閉じられました。もう一度スキャンしてください
    The quarantine is closed. Scan again
ports.errors.QuarantineFull
    確認待ちの頁が多すぎるため受け取れません：{detail}
    Too many pages wait to be confirmed: {detail}
ports.errors.ScannedFileRefused
    スキャナのファイルを受け取れません：{detail}
    The scanner's file is refused: {detail}
ports.errors.TokenMissing
    トークンがありません：{what} {detail}
    The token is missing: {what} {detail}
signer.journal.JournalBroken
    署名記録が壊れています：{what} {detail}
    The signer's journal is broken: {what} {detail}
signer.journal.JournalConflict
    署名記録では別件に使われています：{what} {detail}
    The journal holds it for another matter: {what} {detail}
signer.wiring.TrustMissing
    鍵生成式の成果物 {what} が一致しません：{detail}
    The ceremony's {what} is another: {detail}
station.child_process.CardSpoiled
    カードは途中まで作成されたため使えません（最後の工程：{step}）：{detail}
    The card is half made and cannot be used, last step {step}: {detail}
station.child_process.PersonalisationFailed
    カードの作成を始められません。カードは未使用のままです：{detail}
    The card could not be begun and is still blank: {detail}
station.memory.MemoryNotLocked
    メモリをスワップから保護できません：{what} {detail}
    Memory cannot be kept out of swap: {what} {detail}
station.personalisation.KeyRemains
    鍵が消去後もトークンに残っています：{what} {detail}
    Something of the key remains in the token: {what} {detail}
web.office.decisions.asking.AskedTooLongAgo
    表示から10分を過ぎたか、この画面が出した内容ではありません。開き直してください
    Ten minutes are over, or this is not what the page asked. Open it again
adapters.platform_files.PlatformUnreadable
    設備の期限を読めません：{what} {detail}
    Until when the platform serves cannot be read: {what} {detail}
worker.publication.ListStopped
    失効リストの公開を止めました：{detail}
    A list is held back: {detail}
worker.certificates.CertificateUnreadable
    認証局の項目に載せられない証明書です：{what} {detail}
    No certificate for the CA's entry: {what} {detail}
worker.publication.ReadBackDiffers
    公開した内容と読み戻した内容が違います：{what} {detail}
    What was read back differs: {what} {detail}
web.office.intake.desk.PageMoved
    頁の様子が変わりました。もう一度確かめてから操作してください
    The page has changed meanwhile: look at it again
web.office.intake.opened.DeskClosed
    受付は開いていません：{what} {detail}
    The intake desk is not open: {what} {detail}
store.errors.Conflict
    先に別の操作が行われました。最新の状態を確かめてください：{what} {detail}
    Somebody else was first: {what} {detail}
store.errors.RecordsUnwritable
    記録を書き込めないため、何も行っていません：{detail}
    The record cannot be written, so nothing was done: {detail}
store.errors.StockEmpty
    未使用のカードが在庫にありません。発行の指示は待機します
    No blank card is in stock; the orders wait
store.errors.StoreError
    記録が応じません：{what} {detail}
    The record refuses: {what} {detail}
store.errors.Unknown
    記録にありません：{what} {detail}
    Not on record: {what} {detail}
store.errors.Unrecorded
    記録のない操作のため取り消しました：{what} {detail}
    Undone, since nothing was to be recorded: {what} {detail}
configuration.errors.ConfigurationRefused
    設定 {file} の {key} が正しくありません：{problem}
    The configuration {file} is not valid at {key}: {problem}
pki.section.ProfileRefused
    プロファイルの {path} が正しくありません：{problem} {clause}
    The profile is not valid at {path}: {problem} {clause}
""")


REFUSALS = MappingProxyType({**PRACTICE_REFUSALS, **_HOUSE, **STAFF_REFUSALS, **QUEUE_REFUSALS})
# Data whose values are names: what they are called is told instead.
_NAMED = {"guard": CONDITIONS, "reason": FAULTS, "part": PARTS}


class _Data(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def name_of(refusal: type[BaseException]) -> str:
    """Return the name a class has in the table."""
    return f"{refusal.__module__}.{refusal.__qualname__}".removeprefix("inro.")


def refusal_words(refusal: BaseException, language: str) -> str:
    """Return what to tell a person in `ja` or, for anything else, in English; what has no words, as it is."""
    words = next(
        (REFUSALS[name_of(kind)] for kind in type(refusal).__mro__ if name_of(kind) in REFUSALS), None
    )
    if words is None:
        return str(refusal)
    data = {name: _text(name, value, language) for name, value in _data_of(refusal).items()}
    return Formatter().vformat(in_language(words, language), (), _Data(data)).strip()


def _data_of(refusal: BaseException) -> dict[str, Any]:
    data = getattr(refusal, "data", None)
    return data if isinstance(data, dict) else vars(refusal)


def _text(name: str, value: Any, language: str) -> str:
    named = _NAMED.get(name, {})
    if isinstance(value, str) and value in named:
        return in_language(named[value], language)
    if isinstance(value, StrEnum) and type(value) in WORDS:
        return word(value, language)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(item) for item in value) or "-"
    return str(value)
