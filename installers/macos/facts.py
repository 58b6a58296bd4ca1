"""What the macOS bundle says of Camcensus: its Info.plist. Runs anywhere."""

from __future__ import annotations

from typing import Any

from camcensus.wire.mdns_services import DOOR_OF
from installers.shared.facts import version

BUNDLE_ID = "org.camcensus.Camcensus"
OLDEST_MACOS = "14.0"
"""What Qt 6.12's libraries are built for."""

LOCAL_NETWORK = (
    "Camcensus asks the cameras on this network what they are. It tries no passwords, changes no setting, and sends nothing "
    "beyond this network. Without this, no camera is found."
)
"""The system's question when the first search begins; read by people who have never heard of us."""

FILE_TYPES = {"inventory": ("camcensus", "Camcensus inventory"), "rollup": ("camcensus-rollup", "Camcensus roll-up"),
              "backup": ("camcensus-backup", "Camcensus back-up")}  # fmt: skip
"""What a double click opens: the last word of the type's name, the ending of its files, its words."""


def bonjour_services() -> list[str]:
    """The services that the search browses, as the system wants them named: one list, that of the search itself."""
    return [kind.removesuffix(".local.") for kind in DOOR_OF]


def info_plist() -> dict[str, Any]:
    """What Info.plist holds beside what PyInstaller writes itself. Source: Apple's Information Property List Key Reference."""
    number = version()
    return {
        "CFBundleDisplayName": "Camcensus",
        "CFBundleShortVersionString": number,
        "CFBundleVersion": number,
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "LSApplicationCategoryType": "public.app-category.business",
        "NSHumanReadableCopyright": "The Camcensus authors. Apache License 2.0",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSLocalNetworkUsageDescription": LOCAL_NETWORK,
        "NSBonjourServices": bonjour_services(),
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": f"org.camcensus.{kind}",
                "UTTypeDescription": words,
                "UTTypeConformsTo": ["public.data"] if kind == "backup" else ["public.data", "public.database"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [ending],
                    "public.mime-type": [f"application/vnd.camcensus.{kind}"],
                },
            }
            for kind, (ending, words) in FILE_TYPES.items()
        ],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": words,
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [f"org.camcensus.{kind}"],
            }
            for kind, (_, words) in FILE_TYPES.items()
        ],
    }
