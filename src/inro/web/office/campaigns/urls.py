"""Addresses of the campaigns."""

from django.urls import path

from inro.web.office.campaigns import acts, by_hand, campaign, files, messages, new

_ONE = "campaigns/<str:number>"
urlpatterns = [
    path("campaigns/", campaign.campaigns, name="campaigns"),
    path("campaigns/new/", new.new, name="new_campaign"),
    path(f"{_ONE}/", campaign.campaign, name="campaign"),
    path(f"{_ONE}/extend/", acts.extend, name="update_campaign"),
    path(f"{_ONE}/release/", acts.release, name="release_campaign"),
    path(f"{_ONE}/withdraw/", acts.withdraw, name="withdraw_campaign"),
    path(f"{_ONE}/print/", acts.print_lot, name="print_campaign"),
    path(f"{_ONE}/post/<int:batch>/", acts.post_lot, name="post_campaign"),
    path(f"{_ONE}/prepare/", messages.prepare, name="prepare_campaign_messages"),
    path(f"{_ONE}/messages/<int:batch>/", messages.messages, name="campaign_messages"),
    path(f"{_ONE}/messages/<int:batch>/<int:item>/", messages.message, name="campaign_message"),
    path(f"{_ONE}/by-hand/", by_hand.record, name="record_by_hand"),
    path(f"{_ONE}/by-hand/<int:by_hand>/confirm/", by_hand.confirm, name="confirm_by_hand"),
    path(f"{_ONE}/by-hand/<int:by_hand>/drop/", by_hand.drop, name="drop_by_hand"),
    path(f"{_ONE}/page/", acts.page, name="campaign_page"),
    path(f"{_ONE}/revocations/", acts.revocations, name="campaign_revocations"),
    path(f"{_ONE}/finish/", acts.finish, name="finish_campaign"),
    path(f"{_ONE}/sample.pdf", files.sample, name="campaign_sample"),
    path(f"{_ONE}/page.txt", files.page_text, name="campaign_page_text"),
    path(f"{_ONE}/letters-<int:batch>.pdf", files.letters, name="campaign_letters"),
    path(f"{_ONE}/proof.csv", files.proof_csv, name="campaign_proof_csv"),
    path(f"{_ONE}/proof.pdf", files.proof_pdf, name="campaign_proof_pdf"),
    path(f"{_ONE}/revocations.csv", files.revocations_csv, name="campaign_revocations_csv"),
]
