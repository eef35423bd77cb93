"""What stays as written of notices given by hand; made with their table (43)."""

from inro.store.triggers import Kept

# `reason` is emptied at disposal, the second person comes later.
KEPT_BY_HAND: tuple[Kept, ...] = (
    Kept(
        table="store_campaignbyhand",
        columns=("id", "item_id", "channel", "served_on", "sha256", "recorded_at", "recorded_by"),
    ),
)
