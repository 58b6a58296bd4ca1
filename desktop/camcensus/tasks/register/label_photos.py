"""The photo that a label was read from."""

from __future__ import annotations

from camcensus.model.pictures import Photo
from camcensus.store.inventory import Inventory
from camcensus.tasks.register.rows import AssetRow


def label_photos(inventory: Inventory, row: AssetRow) -> dict[str, Photo]:
    """By the id of what was read on a label (`Evidence.reply`), a photo that the same change saved. Raises StoreError."""
    if row.asset.device is None or not row.asset.photos:
        return {}
    ((_, replies),) = inventory.latest_replies([row.asset.device])
    read = [one for one in replies if one.probe == "person" and one.reading.first("person.basis") == "label"]
    photos = inventory.photos(row.asset.id)
    return {one.id: photo for one in read for photo in photos[::-1] if photo.added_at == one.at}
