from __future__ import annotations

from xml.etree import ElementTree

import pytest

from camcensus.model.errors import WireError
from camcensus.wire.onvif import OPERATIONS, action_of, decode, encode_request

TDS = "{http://www.onvif.org/ver10/device/wsdl}"
BODY = "{http://www.w3.org/2003/05/soap-envelope}Body"


def test_only_operations_that_read_exist() -> None:
    assert len(OPERATIONS) == 8
    assert all(operation.startswith("Get") for operation in OPERATIONS)
    for name in ("SetScopes", "SystemReboot", "CreateUsers", "GetUsers", "CreatePullPointSubscription"):
        with pytest.raises(KeyError):
            encode_request(name)
        with pytest.raises(KeyError):
            action_of(name)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_request_is_one_operation_without_credentials(operation: str) -> None:
    data = encode_request(operation)
    body = ElementTree.fromstring(data).find(BODY)
    assert body is not None
    assert [child.tag for child in body] == [TDS + operation]
    assert b"Security" not in data
    assert action_of(operation) == f"http://www.onvif.org/ver10/device/wsdl/{operation}"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_our_own_question_reads_as_nothing_but_namespaces(operation: str) -> None:
    assert set(decode(encode_request(operation))) == {"xml.namespace", "xml.prefix"}


def test_an_envelope_without_a_body_still_gives_its_namespaces() -> None:
    assert decode(b'<e:Envelope xmlns:e="urn:e"/>') == {"xml.namespace": ("urn:e",), "xml.prefix": ("e=urn:e",)}


def test_an_empty_reply_is_broken() -> None:
    with pytest.raises(WireError):
        decode(b"")
