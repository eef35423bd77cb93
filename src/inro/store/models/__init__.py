"""The tables, one file a subject."""

from inro.store.models.antisocial import AntisocialCheck
from inro.store.models.application import Application, Counter
from inro.store.models.audit import AuditAnchor, AuditHead, AuditRow, InstalledRoster
from inro.store.models.calendar import CalendarAddress
from inro.store.models.campaign import Campaign, CampaignBatch, CampaignByHand, CampaignItem
from inro.store.models.card import Card, Erasure, Mailer, SubscriberKey
from inro.store.models.certificate import Certificate
from inro.store.models.corporate_register import CorporateNumberConfirmation, CorporateRegisterLoad
from inro.store.models.decision import Decision
from inro.store.models.disclosure import LegalDisclosure
from inro.store.models.discontinuation import Discontinuation
from inro.store.models.disposal import Disposal
from inro.store.models.draft import Draft, WrongOpening
from inro.store.models.edition import EditionText, TermsEdition
from inro.store.models.examination import ItemVerdict, ShownChecklist
from inro.store.models.intake import Document, Enclosure, Envelope, Redaction, ScanBatch
from inro.store.models.issuance import IssuanceOrder, SerialNumber, SigningIntent
from inro.store.models.letters import DeficiencyExtension, Letter, TelephoneCall
from inro.store.models.mass_revocation import MassRevocation
from inro.store.models.money import Invoice
from inro.store.models.notices import Notice, NoticeTry
from inro.store.models.obligation import NightRun, ObligationRow
from inro.store.models.packing import DeclinedPower, Packing, PostingList
from inro.store.models.past_application import PastApplication, PastImport
from inro.store.models.post import CallBack, Parcel, ReceiptObjection, ReceiptSlip
from inro.store.models.probe import Probe
from inro.store.models.proxy import ProxyRequest
from inro.store.models.publication import ListIntent, RevocationList
from inro.store.models.queue import CaseOpening, KeptFilter, QueueRow, SearchKey
from inro.store.models.reading import Export, Reading
from inro.store.models.responder import ResponderCertificate
from inro.store.models.revocation import RevocationCase, RevokedEntry
from inro.store.models.staff import (
    EnrolmentCode,
    HeldDuty,
    Passkey,
    RefusedEntry,
    StaffMember,
    StaffProposal,
)

__all__ = [
    "AntisocialCheck",
    "Application",
    "AuditAnchor",
    "AuditHead",
    "AuditRow",
    "CalendarAddress",
    "CallBack",
    "Campaign",
    "CampaignBatch",
    "CampaignByHand",
    "CampaignItem",
    "Card",
    "CaseOpening",
    "Certificate",
    "CorporateNumberConfirmation",
    "CorporateRegisterLoad",
    "Counter",
    "Decision",
    "DeclinedPower",
    "DeficiencyExtension",
    "Discontinuation",
    "Disposal",
    "Document",
    "Draft",
    "EditionText",
    "Enclosure",
    "EnrolmentCode",
    "Envelope",
    "Erasure",
    "Export",
    "HeldDuty",
    "InstalledRoster",
    "Invoice",
    "IssuanceOrder",
    "ItemVerdict",
    "KeptFilter",
    "LegalDisclosure",
    "Letter",
    "ListIntent",
    "Mailer",
    "MassRevocation",
    "NightRun",
    "Notice",
    "NoticeTry",
    "ObligationRow",
    "Packing",
    "Parcel",
    "Passkey",
    "PastApplication",
    "PastImport",
    "PostingList",
    "Probe",
    "ProxyRequest",
    "QueueRow",
    "Reading",
    "ReceiptObjection",
    "ReceiptSlip",
    "Redaction",
    "RefusedEntry",
    "ResponderCertificate",
    "RevocationCase",
    "RevocationList",
    "RevokedEntry",
    "ScanBatch",
    "SearchKey",
    "SerialNumber",
    "ShownChecklist",
    "SigningIntent",
    "StaffMember",
    "StaffProposal",
    "SubscriberKey",
    "TelephoneCall",
    "TermsEdition",
    "WrongOpening",
]
