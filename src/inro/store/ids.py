"""Row ids under names of their own, so that one is never taken for another."""

from typing import NewType

ApplicationId = NewType("ApplicationId", int)
OrderId = NewType("OrderId", int)
CardId = NewType("CardId", int)
CertificateId = NewType("CertificateId", int)
CaseId = NewType("CaseId", int)
NoticeId = NewType("NoticeId", int)
ParcelId = NewType("ParcelId", int)
SlipId = NewType("SlipId", int)
ObjectionId = NewType("ObjectionId", int)
BatchId = NewType("BatchId", int)
EnvelopeId = NewType("EnvelopeId", int)
EnclosureId = NewType("EnclosureId", int)
DocumentId = NewType("DocumentId", int)
PastApplicationId = NewType("PastApplicationId", int)
LetterId = NewType("LetterId", int)
ProxyRequestId = NewType("ProxyRequestId", int)
InvoiceId = NewType("InvoiceId", int)
