"""What the macOS bundle says of Camcensus: its Info.plist. Runs anywhere."""

from __future__ import annotations

from typing import Any

from camcensus.discovery.mdns import DOOR_OF
from installers.shared.facts import version

BUNDLE_ID = "org.camcensus.Camcensus"
OLDEST_MACOS = "14.0"
"""What Qt 6.12's libraries are built for."""

LOCAL_NETWORK = (
    "Camcensus asks the cameras on this network what they are. It tries no passwords, changes no setting, and sends nothing "
    "beyond this network. Without this, no camera is found."
)
"""The system's question when the first search begins; read by people who have never heard of us."""


def bonjour_services() -> list[str]:
    """The services that the search browses, as the system wants them named: one list, that of the search itself."""
    return [kind.removesuffix(".local.") for kind in DOOR_OF]


def info_plist() -> dict[str, Any]:
    """What Info.plist holds beside what PyInstaller writes itself. Source: Apple's Information Property List Key Reference."""
    number = version()
    inventory = "org.camcensus.inventory"
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
                "UTTypeIdentifier": inventory,
                "UTTypeDescription": "Camcensus inventory",
                "UTTypeConformsTo": ["public.data", "public.database"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["camcensus"],
                    "public.mime-type": ["application/vnd.camcensus.inventory"],
                },
            }
        ],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Camcensus inventory",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [inventory],
            }
        ],
    }
