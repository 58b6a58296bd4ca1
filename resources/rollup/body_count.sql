-- One row a body that was asked or that answered: whether it was asked, answered and is counted, and its cameras.
-- answered: a file of it is in. counted: such a file has a camera (also one that is gone), a recorder or another device for cameras,
-- or something that may be a camera, or the body itself says that it has no cameras and a search was made; the denominator of all
-- shares. A search that found nothing alone does not mean that there is nothing.
-- listed: made by a listed maker, likely and above. listed_proven: of these, confirmed or almost certain. listed_most: these and those
-- that may be. based_in_china, _proven: the same of makers based in China by our reading, whether or not a list names them too.
-- not_known: the maker is not known or needs checking; listed_most - listed of them may be by a listed maker.
-- is_measured: a search found something of what is in its files; else staff recorded all of it, in a list or by hand.
-- channels_without_row: channels that recorders report and no row of the register stands for: there may be cameras behind them.
-- may_have: what may be a camera by a listed maker as far as is known: cameras whose maker is not known, devices that may be cameras,
-- channels without a row, and, in a record without a camera, recorders and other devices for cameras. 0 where there is none.
-- replied: a file of it is in, or is held or refused, or any answer of it, a refusal too.
-- none_found: counted, and all makers are known, none of them listed.
SELECT
  every_body.*,
  CASE WHEN every_body.counted = 1 AND every_body.listed = 0 AND every_body.may_have = 0 THEN 1 ELSE 0 END AS none_found
FROM (
SELECT
  body.id AS body,
  body.code AS code,
  body.name AS name,
  body.type AS type,
  body.asked AS asked,
  CASE WHEN answer_of.files IS NULL THEN 0 ELSE 1 END AS answered,
  CASE
    WHEN answer_of.files IS NULL THEN 0
    WHEN body.expected_cameras = 0 AND coalesce(body.expected_basis, '') <> 'list' AND answer_of.searched = 1 THEN 1
    ELSE coalesce(others.has_rows, 0)
  END AS counted,
  coalesce(answer_of.files, 0) AS files,
  answer_of.as_at AS as_at,
  answer_of.oldest_at AS oldest_at,
  coalesce(answer_of.measured, 0) AS is_measured,
  body.expected_cameras AS expected_cameras,
  coalesce(cameras.found, 0) AS cameras,
  coalesce(cameras.found_elsewhere, 0) AS cameras_elsewhere,
  coalesce(cameras.found_once, 0) AS cameras_once,
  coalesce(cameras.unconfirmed, 0) AS cameras_unconfirmed,
  coalesce(cameras.identified, 0) AS identified,
  coalesce(cameras.listed, 0) AS listed,
  coalesce(cameras.listed_proven, 0) AS listed_proven,
  coalesce(cameras.listed_most, 0) AS listed_most,
  coalesce(cameras.listed_once, 0) AS listed_once,
  coalesce(cameras.listed_proven_once, 0) AS listed_proven_once,
  coalesce(cameras.listed_most_once, 0) AS listed_most_once,
  coalesce(cameras.based, 0) AS based_in_china,
  coalesce(cameras.based_proven, 0) AS based_in_china_proven,
  coalesce(cameras.based_once, 0) AS based_in_china_once,
  coalesce(cameras.based_proven_once, 0) AS based_in_china_proven_once,
  coalesce(cameras.not_known, 0) AS not_known,
  coalesce(cameras.not_known_once, 0) AS not_known_once,
  coalesce(others.may_be_cameras, 0) AS may_be_cameras,
  coalesce(others.recorders, 0) AS recorders,
  coalesce(answer_of.channels_without_row, 0) AS channels_without_row,
  coalesce(cameras.not_known, 0) + coalesce(others.may_be_cameras, 0) + coalesce(answer_of.channels_without_row, 0)
    + CASE WHEN coalesce(cameras.found, 0) = 0 THEN coalesce(others.for_cameras, 0) ELSE 0 END AS may_have,
  CASE WHEN answer_of.files IS NOT NULL OR reply.body IS NOT NULL THEN 1 ELSE 0 END AS replied
FROM body
LEFT JOIN (
  SELECT
    body,
    count(*) AS files,
    max(as_at) AS as_at,
    min(as_at) AS oldest_at,
    max(CASE WHEN searched_at IS NOT NULL THEN 1 ELSE 0 END) AS searched,
    max(CASE WHEN method LIKE '%search%' OR (method = '' AND searched_at IS NOT NULL) THEN 1 ELSE 0 END) AS measured,
    sum(channels_without_row) AS channels_without_row
  FROM export
  WHERE state = 'accepted'
  GROUP BY body
) AS answer_of ON answer_of.body = body.id
LEFT JOIN (
  SELECT
    body,
    sum(found) AS found,
    sum(found_elsewhere) AS found_elsewhere,
    sum(found_once) AS found_once,
    sum(unconfirmed) AS unconfirmed,
    sum(CASE WHEN band <> 'not known' THEN found ELSE 0 END) AS identified,
    sum(listed * found) AS listed,
    sum(CASE WHEN listed = 1 AND band = 'certain' THEN found ELSE 0 END) AS listed_proven,
    sum((listed + may_be_listed) * found) AS listed_most,
    sum(listed * found_once) AS listed_once,
    sum(CASE WHEN listed = 1 AND band = 'certain' THEN found_once ELSE 0 END) AS listed_proven_once,
    sum((listed + may_be_listed) * found_once) AS listed_most_once,
    sum(based * found) AS based,
    sum(CASE WHEN based = 1 AND band = 'certain' THEN found ELSE 0 END) AS based_proven,
    sum(based * found_once) AS based_once,
    sum(CASE WHEN based = 1 AND band = 'certain' THEN found_once ELSE 0 END) AS based_proven_once,
    sum(CASE WHEN band = 'not known' THEN found ELSE 0 END) AS not_known,
    sum(CASE WHEN band = 'not known' THEN found_once ELSE 0 END) AS not_known_once
  FROM camera
  GROUP BY body
) AS cameras ON cameras.body = body.id
LEFT JOIN (
  SELECT
    body,
    sum(CASE WHEN counts_as = 'may-be-camera' THEN found ELSE 0 END) AS may_be_cameras,
    sum(CASE WHEN counts_as = 'recorder' THEN found ELSE 0 END) AS recorders,
    sum(CASE WHEN counts_as IN ('recorder', 'encoder', 'intercom', 'software') THEN found ELSE 0 END) AS for_cameras,
    max(CASE WHEN counts_as <> 'other' THEN 1 ELSE 0 END) AS has_rows
  FROM tally
  GROUP BY body
) AS others ON others.body = body.id
LEFT JOIN (
  SELECT body FROM claim WHERE body IS NOT NULL AND newest = 1 AND state <> 'no-reply'
  UNION
  SELECT body FROM waiting
) AS reply ON reply.body = body.id
WHERE body.asked = 1 OR answer_of.files IS NOT NULL
) AS every_body
