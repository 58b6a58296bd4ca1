"""What an organisation says of itself: its name, the lists it goes by, its costs and preferences."""

from __future__ import annotations

import json
from collections.abc import Mapping

from camcensus.model.asset import Body
from camcensus.model.camera_use import camera_use_values
from camcensus.model.errors import StoreError
from camcensus.model.plain import to_plain
from camcensus.model.plan import Costs
from camcensus.store.pen import Pen, edit


@edit("set-body", failed="The organisation was not saved")
def set_body(pen: Pen, body: Body) -> str:
    """Change the organisation's name, type, financial year or expected number of cameras."""
    values = {
        "name": body.name, "type": body.type, "year_starts": body.year_starts, "expected_cameras": body.expected_cameras,
        "expected_basis": body.expected_basis, "urn": body.urn, "ods": body.ods, "gss": body.gss,
        "company_no": body.company_no,
    }  # fmt: skip
    pen.set("body", 1, values)
    return "Organisation saved."


@edit("set-camera-use", failed="Your answers were not saved")
def set_camera_use(pen: Pen, answers: Mapping[str, str | None]) -> str:
    """Save how the organisation uses its cameras: an answer by the name of its question, None where there is none.

    Raises StoreError.
    """
    try:
        pen.set("body", 1, camera_use_values(answers))
    except ValueError as error:
        raise StoreError(str(error)) from error
    return "How you use your cameras was saved."


@edit("set-setting", failed="That was not saved")
def set_setting(pen: Pen, key: str, value: str, say: str = "Setting saved.") -> str:
    """Keep a preference with this inventory."""
    pen.put("setting", key, {"value": value})
    return say


@edit("set-setting", failed="The costs were not saved")
def set_costs(pen: Pen, figures: Costs) -> str:
    """Keep the costs that staff typed for the plan."""
    return pen.do(set_setting("costs", json.dumps(to_plain(figures))))


@edit("set-list", failed="The lists were not changed")
def set_lists(pen: Pen, wanted: Mapping[str, bool], why: str, say: str) -> str:
    """Switch lists on or off (list id -> on), with who does it and why."""
    for list_id, on in wanted.items():
        pen.put("list_choice", list_id, {"is_on": int(on), "by": pen.by, "why": why, "at": pen.at})
    return say
