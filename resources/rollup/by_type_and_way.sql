-- title: Measured, recorded and answered together
-- Organisations with a camera by a listed maker: by their file where one counts, else by what they answered.
-- printed: all
-- body_type [kind] Kind of organisation: Kind; the last row is of all.
-- asked [number file] Asked: Organisations that were asked; empty where nobody gave a list of them.
-- replied [number file] Replied: Organisations that sent a file or any answer, a refusal too.
-- counted [number] Counted: Organisations that shares are out of.
-- measured [number] Measured: Of these, those counted by a file, and measured by a search.
-- recorded [number] Recorded: Of these, those counted by a file that staff recorded.
-- claimed [number] By their answers: Of these, those counted by what they answered.
-- bodies [number] Organisations: Organisations with one such camera by a listed maker. The maker is likely or surer.
-- bodies_proven [number] Organisations, proven: Organisations with one such camera by a listed maker. The maker is confirmed or almost certain.
-- bodies_none [number] None: Organisations that have none.
-- bodies_not_known [number] Not known: Organisations of which neither can be said.
SELECT
  body_type,
  CASE WHEN (SELECT sum(asked) FROM body_count) > 0 THEN asked END AS asked,
  replied,
  measured + recorded + claimed AS counted, measured, recorded, claimed,
  bodies_measured + bodies_recorded + bodies_claimed AS bodies,
  bodies_measured, bodies_recorded, bodies_claimed,
  bodies_proven,
  none_measured + none_recorded + none_claimed AS bodies_none,
  none_measured AS bodies_none_measured, none_recorded AS bodies_none_recorded, none_claimed AS bodies_none_claimed,
  not_known_measured + not_known_recorded + not_known_claimed AS bodies_not_known,
  not_known_measured AS bodies_not_known_measured, not_known_recorded AS bodies_not_known_recorded, not_known_claimed AS bodies_not_known_claimed,
  cameras_measured + cameras_recorded + cameras_claimed AS cameras,
  cameras_measured, cameras_recorded, cameras_claimed,
  cameras_claimed_most, without_number AS bodies_without_number,
  listed_measured + listed_recorded + listed_claimed AS listed,
  listed_measured, listed_recorded, listed_claimed,
  listed_proven, listed_most
FROM (
  SELECT
    is_total, body_type,
    sum(asked) AS asked,
    sum(replied) AS replied,
    sum(CASE WHEN way = 'measured' THEN 1 ELSE 0 END) AS measured,
    sum(CASE WHEN way = 'recorded' THEN 1 ELSE 0 END) AS recorded,
    sum(CASE WHEN way = 'claimed' THEN 1 ELSE 0 END) AS claimed,
    sum(proven) AS bodies_proven,
    sum(CASE WHEN has_by = 'measured' THEN has ELSE 0 END) AS bodies_measured,
    sum(CASE WHEN has_by = 'recorded' THEN has ELSE 0 END) AS bodies_recorded,
    sum(CASE WHEN has_by = 'claimed' THEN has ELSE 0 END) AS bodies_claimed,
    sum(CASE WHEN way = 'measured' THEN has_none ELSE 0 END) AS none_measured,
    sum(CASE WHEN way = 'recorded' THEN has_none ELSE 0 END) AS none_recorded,
    sum(CASE WHEN way = 'claimed' THEN has_none ELSE 0 END) AS none_claimed,
    sum(CASE WHEN way = 'measured' THEN not_known ELSE 0 END) AS not_known_measured,
    sum(CASE WHEN way = 'recorded' THEN not_known ELSE 0 END) AS not_known_recorded,
    sum(CASE WHEN way = 'claimed' THEN not_known ELSE 0 END) AS not_known_claimed,
    sum(CASE WHEN way = 'measured' THEN cameras_once ELSE 0 END) AS cameras_measured,
    sum(CASE WHEN way = 'recorded' THEN cameras_once ELSE 0 END) AS cameras_recorded,
    sum(claimed_cameras) AS cameras_claimed,
    sum(CASE WHEN way = 'claimed' THEN coalesce(claimed_cameras_most, 0) ELSE 0 END) AS cameras_claimed_most,
    sum(CASE WHEN way = 'claimed' AND claimed_cameras_most IS NULL THEN 1 ELSE 0 END) AS without_number,
    sum(CASE WHEN way = 'measured' THEN listed_once ELSE 0 END) AS listed_measured,
    sum(CASE WHEN way = 'recorded' THEN listed_once ELSE 0 END) AS listed_recorded,
    sum(claimed_listed) AS listed_claimed,
    sum(CASE WHEN way IN ('measured', 'recorded') THEN listed_proven_once ELSE 0 END) AS listed_proven,
    sum(
      CASE
        WHEN way = 'claimed' THEN claimed_listed
        WHEN way = 'none' THEN 0
        WHEN listed_most_once > listed_once + claimed_listed THEN listed_most_once
        ELSE listed_once + claimed_listed
      END
    ) AS listed_most
  FROM (
    SELECT 0 AS is_total, type AS body_type, both_ways.* FROM both_ways
    UNION ALL
    SELECT 1 AS is_total, 'All bodies' AS body_type, both_ways.* FROM both_ways
  ) AS each_twice
  GROUP BY is_total, body_type
) AS every_type
ORDER BY is_total, body_type
