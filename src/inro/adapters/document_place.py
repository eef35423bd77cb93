"""Where an installation keeps its sealed documents: a folder or a bucket (28, 40(7))."""

from inro.adapters.disk_documents import DiskDocuments
from inro.adapters.s3_documents import S3Documents
from inro.configuration.document_places import DocumentBucketPlace, DocumentFolderPlace
from inro.ports.document_store import SealedBytes


def document_place(place: DocumentFolderPlace | DocumentBucketPlace) -> SealedBytes:
    """Return the place for sealed bytes that `inro.toml` names.

    Raises: DocumentStoreUnavailable.
    """
    if isinstance(place, DocumentFolderPlace):
        return DiskDocuments(place.folder)
    return S3Documents(place)
