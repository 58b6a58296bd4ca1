-- What staff wrote down of the cameras of each body, and how old their firmware is: one row for each body and set of answers.
-- retention and firmware_age are where a band begins, in days and in years; -1 where nothing is recorded.
SELECT
  export.body AS body,
  coalesce(item.camera_type, 'not recorded') AS camera_type,
  coalesce(item.purpose, 'Not recorded') AS purpose,
  CASE
    WHEN item.retention_days IS NULL THEN -1
    WHEN item.retention_days <= 7 THEN 0
    WHEN item.retention_days <= 31 THEN 8
    WHEN item.retention_days <= 90 THEN 32
    ELSE 91
  END AS retention,
  item.has_dpia AS has_dpia,
  CASE
    WHEN item.firmware_years IS NULL THEN -1
    WHEN item.firmware_years < 1 THEN 0
    WHEN item.firmware_years < 3 THEN 1
    WHEN item.firmware_years < 5 THEN 3
    ELSE 5
  END AS firmware_age,
  count(*) AS found,
  sum(1 - item.in_nation) AS found_elsewhere
FROM item
JOIN export ON export.id = item.export
JOIN answer ON answer.id = item.answer
WHERE export.state = 'accepted' AND item.in_body = 1 AND item.status <> 'removed'
  AND coalesce(item.said_kind, answer.kind) = 'camera'
GROUP BY 1, 2, 3, 4, 5, 6
