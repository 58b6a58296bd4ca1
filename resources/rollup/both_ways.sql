-- One row for each organisation that was asked, sent a file or answered, and which way it is counted in the totals of all ways.
-- way: measured, where a file of it counts (body_count.counted) and a search found what is in it; recorded, where staff recorded what is
-- in it; claimed, where only what it answered counts; none, where nothing counts.
-- has, has_none, not_known: 1 where it has a camera by a listed maker, likely and above, or says so; has none; or neither can be said.
-- Those that are counted are in exactly one of them. proven: has one that is confirmed or almost certain; no answer proves any.
-- An answer is never taken back by a file that proves less: has_by is claimed where only the answer says that it has one.
-- cameras_once, listed*_once: of its file; claimed_*: as it says, at the least; where a file counts, only what it says beyond that.
SELECT
  body, type, asked, replied, way,
  CASE WHEN way = 'none' THEN 0 WHEN way = 'claimed' THEN claimed_has WHEN listed > 0 THEN 1 ELSE claimed_has END AS has,
  CASE WHEN way IN ('measured', 'recorded') AND listed = 0 AND claimed_has = 1 THEN 'claimed' ELSE way END AS has_by,
  CASE WHEN way IN ('measured', 'recorded') AND listed_proven > 0 THEN 1 ELSE 0 END AS proven,
  CASE WHEN way = 'none' THEN 0 WHEN way = 'claimed' THEN claimed_none WHEN claimed_has = 1 THEN 0 ELSE none_found END AS has_none,
  CASE
    WHEN way = 'none' THEN 0
    WHEN way = 'claimed' THEN 1 - claimed_has - claimed_none
    WHEN listed > 0 OR claimed_has = 1 THEN 0
    ELSE 1 - none_found
  END AS not_known,
  cameras_once, listed_once, listed_proven_once, listed_most_once,
  CASE
    WHEN way NOT IN ('measured', 'recorded') THEN claimed_cameras
    WHEN claimed_listed > cameras THEN claimed_listed - cameras
    ELSE 0
  END AS claimed_cameras,
  claimed_cameras_most,
  CASE
    WHEN way NOT IN ('measured', 'recorded') THEN claimed_listed
    WHEN claimed_listed > listed THEN claimed_listed - listed
    ELSE 0
  END AS claimed_listed
FROM (
  SELECT
    body.id AS body,
    body.type AS type,
    body.asked AS asked,
    CASE WHEN body_count.answered = 1 OR reply.replied = 1 THEN 1 ELSE 0 END AS replied,
    CASE
      WHEN body_count.counted = 1 THEN
        CASE WHEN body_count.is_measured = 1 THEN 'measured' ELSE 'recorded' END
      WHEN claim_count.body IS NOT NULL THEN 'claimed'
      ELSE 'none'
    END AS way,
    coalesce(body_count.listed, 0) AS listed,
    coalesce(body_count.cameras, 0) AS cameras,
    coalesce(body_count.listed_proven, 0) AS listed_proven,
    coalesce(body_count.none_found, 0) AS none_found,
    coalesce(claim_count.has, 0) AS claimed_has,
    coalesce(claim_count.has_none, 0) AS claimed_none,
    coalesce(body_count.cameras_once, 0) AS cameras_once,
    coalesce(body_count.listed_once, 0) AS listed_once,
    coalesce(body_count.listed_proven_once, 0) AS listed_proven_once,
    coalesce(body_count.listed_most_once, 0) AS listed_most_once,
    coalesce(claim_count.cameras_min, 0) AS claimed_cameras,
    claim_count.cameras_max AS claimed_cameras_most,
    coalesce(claim_count.listed_min, 0) AS claimed_listed
  FROM body
  LEFT JOIN body_count ON body_count.body = body.id
  LEFT JOIN claim_count ON claim_count.body = body.id
  LEFT JOIN (
    SELECT body, max(replied) AS replied
    FROM (
      SELECT body, CASE WHEN state <> 'no-reply' THEN 1 ELSE 0 END AS replied FROM claim WHERE body IS NOT NULL AND newest = 1
      UNION ALL
      SELECT body, 1 AS replied FROM waiting
    ) AS every_reply
    GROUP BY body
  ) AS reply ON reply.body = body.id
  WHERE body_count.body IS NOT NULL OR reply.body IS NOT NULL
) AS every_body
