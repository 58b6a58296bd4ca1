"""What a web page names beside its title: files, products in scripts, the description."""

from __future__ import annotations

from pathlib import Path

import pytest

from attribution.small_knowledge import seen
from camcensus.attribution.attribute import attribute
from camcensus.model.device import Observation
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.wire import http

SHIPPED = load_knowledge(Path(__file__).resolve().parents[2] / "vendors.db")


def page(body: str, *headers: str) -> Observation:
    head = "\r\n".join(("HTTP/1.1 200 OK", *headers))
    read = http.decode(f"{head}\r\n\r\n<html>{body}</html>".encode(), "GET /")
    return seen("http", **{name.replace(".", "__"): values for name, values in read.items()})


@pytest.mark.parametrize(
    ("body", "maker"),
    [
        ('<script src="/js/merge.js"></script><div id="download_plugins"></div>', "dahua"),
        ('<input id="dvr_remember"><script>function login_chk_usr_pwd() {}</script>', "juan"),
        ("<script>gHashCookie = new Hash.Cookie('NetSuveillanceWebCookie', {});</script>", "xiongmai"),
        ('<frame name="Trash" src="/view/trash.shtml">', "axis"),
        ('<form action="videoconfiguration.cgi" method=post>', "acti"),
        ('<object classid="clsid:7B43048F-DA7A-458F-AF35-D825BDBB6816" codebase="../codebase/x.cab">', "hikvision"),
        ("<script>document.location.replace('./home/monitoring.cgi');</script>", "hanwha"),
        ("<script>szProductBrand = 'ACTi'</script>", "acti"),
    ],
)
def test_files_and_names_of_a_makers_firmware_name_it(body: str, maker: str) -> None:
    found = attribute([page(body)], SHIPPED)
    assert (found.manufacturer, found.grade) == (maker, "likely"), found.reason


@pytest.mark.parametrize(
    "body",
    [
        '<script src="js/loginEx.js"></script><script src="jsCore/rpcCore.js"></script>',
        '<script src="/js/merge.js"></script>',
        "<p>Works with cameras of Axis</p>",
        "<script>a.brand='Axis'; b.brand='Hikvision'; c.brand='ACTi'</script>",
        '<label id="laPassword"></label>',
        "<script>window.location.href = 'Pages/login.htm';</script>",
        '<script src="/web-static/dynaform/class.js"></script><title>Router</title>',
    ],
)
def test_what_others_have_too_or_speaks_of_others_names_nobody(body: str) -> None:
    assert attribute([page(body)], SHIPPED).manufacturer is None


def test_one_page_never_makes_almost_certain() -> None:
    body = (
        '<script src="js/loginEx.js?v=1"></script><script src="jsCore/rpcCore.js?v=1"></script><div class="ui-video-wrap-icon">'
        '<input id="t_username"></div><p>Zhejiang Dahua Vision Technology Co., Ltd.</p>'
    )
    assert attribute([page(body)], SHIPPED).grade == "likely"
