"""A made-up CVE record."""

from __future__ import annotations

from typing import Any

PRODUCT = {
    "vendor": "Maker",
    "product": "AB-76xxNI-Qx(/xP)",
    "versions": [{"version": "Build date before 250807", "status": "affected"}],
}


def record(*products: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "dataType": "CVE_RECORD",
        "dataVersion": "5.1",
        "cveMetadata": {"cveId": "CVE-2025-00001", "state": "PUBLISHED", "datePublished": "2026-01-13T01:47:54.031Z"},
        "containers": {
            "cna": {
                "descriptions": [{"lang": "de", "value": "Nein."}, {"lang": "en", "value": "A flaw\nin  a maker's goods."}],
                "affected": list(products) or [PRODUCT],
                "references": [{"url": "https://maker.example/notice"}],
                **more,
            },
            "adp": [
                {
                    "metrics": [
                        {"other": {"type": "kev", "content": {"dateAdded": "2026-02-01"}}},
                        {"cvssV3_1": {"baseScore": 8.8}},
                    ]
                }
            ],
        },
    }
