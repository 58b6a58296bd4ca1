"""The list of parts of a package (software bill of materials), CycloneDX 1.6 in JSON."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.bom_ref import BomRef
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.contact import OrganizationalContact, OrganizationalEntity
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installers.shared.facts import BuildError, epoch, version
from installers.shared.inside import Carried, carried
from installers.shared.parts import Locked, Part, licence_of, locked, parts

NAME = "camcensus-{version}-{platform}.cdx.json"


def write_sbom(out: Path, platform: str, versions: Mapping[str, str], packages_in: Path | None = None) -> Path:
    """Write the list of parts of one platform's package into a folder.

    `versions` as for `parts`. Every locked package is in it, with the hashes of the files that the lock allows, and what its
    wheel carries inside. Licences and what needs what are read from the packages as installed in .venv, which come from the
    same lock; what wheels carry, from those in `packages_in`, where the platform's own are. The same sources give the same
    bytes. Raises BuildError where a wheel carries what nobody names, or the result does not hold to CycloneDX's schema.
    """
    product = Component(
        name="camcensus",
        type=ComponentType.APPLICATION,
        version=version(),
        bom_ref="camcensus",
        licenses=[_licence("Apache-2.0")],
        purl=PackageURL("pypi", None, "camcensus", version()),
    )
    there = (
        {canonicalize_name(one.metadata["Name"]): one for one in metadata.distributions(path=[str(packages_in)])}
        if packages_in
        else {}
    )
    packages = {
        one.name: _package(one, carried(there.get(one.name) or metadata.distribution(one.name), platform))
        for one in locked(platform)
    }
    others = [_part(one) for one in parts(platform, versions)]
    bom = Bom(
        components=[*packages.values(), *others],
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"camcensus:{version()}:{platform}:{epoch()}"),
    )
    bom.metadata.component = product
    bom.metadata.timestamp = datetime.fromtimestamp(epoch(), UTC)
    direct = _needs("camcensus")
    bom.register_dependency(product, [packages[name] for name in sorted(direct & packages.keys())] + others)
    for name, component in packages.items():
        bom.register_dependency(component, [packages[other] for other in sorted(_needs(name) & packages.keys())])
    text = JsonV1Dot6(bom).output_as_string(indent=1) + "\n"
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise BuildError(f"The list of parts does not hold to its schema: {str(fault)[:300]}")
    path = out / NAME.format(version=version(), platform=platform)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _package(one: Locked, inside: Iterable[Carried]) -> Component:
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri("installers/requirements.txt"),
        comment="the files that the lock allows, for all systems",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in one.hashes],
    )
    purl = PackageURL("pypi", None, one.name, one.version)
    return Component(
        name=one.name,
        version=one.version,
        bom_ref=BomRef(str(purl)),
        purl=purl,
        licenses=[_licence(licence_of(metadata.distribution(one.name)))],
        external_references=[files],
        components=[_inside(part, str(purl)) for part in inside],
    )


def _inside(one: Carried, package: str) -> Component:
    return Component(
        name=one.name,
        version=one.version or None,
        bom_ref=BomRef(f"{package}#{one.name}@{one.version}"),
        scope=ComponentScope.OPTIONAL if one.is_optional else None,
        authors=[OrganizationalContact(name=one.author)] if one.author else None,
        licenses=[_licence(one.licence)] if one.licence else None,
        purl=PackageURL.from_string(one.purl) if one.purl else None,
        description=one.note or None,
    )


def _part(one: Part) -> Component:
    return Component(
        name=one.name,
        version=one.version,
        bom_ref=BomRef(f"part:{one.name}"),
        supplier=OrganizationalEntity(name=one.supplier),
        licenses=[_licence(one.licence)],
        description=one.note or None,
        external_references=[ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(one.origin))],
    )


def _licence(words: str) -> License:
    if words.startswith("LicenseRef-"):
        return LicenseFactory().make_with_name(words)
    return LicenseFactory().make_from_string(words)


def _needs(name: str) -> set[str]:
    requirements: Iterable[str] = metadata.distribution(name).requires or ()
    asked = (Requirement(line) for line in requirements)
    return {canonicalize_name(one.name) for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})}
