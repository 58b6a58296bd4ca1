-- The cameras and other rows of each body, counted by answer, place type and year of installation.
-- found: each row once in its body, also where two of its inventories have it.
-- found_elsewhere: those among them that are counted in another body too; left out of national totals.
-- unconfirmed: those among found that a recorder reports and nobody has seen.
SELECT
  export.body AS body,
  item.answer AS answer,
  CASE
    WHEN item.status = 'removed' THEN 'gone'
    WHEN coalesce(item.said_kind, answer.kind) <> 'unknown' THEN coalesce(item.said_kind, answer.kind)
    WHEN item.has_row = 1 THEN 'may-be-camera'
    ELSE 'other'
  END AS counts_as,
  coalesce(item.building_kind, 'not recorded') AS building_kind,
  coalesce(item.inside_outside, 'not recorded') AS inside_outside,
  item.in_sensitive AS in_sensitive,
  item.installed_year AS installed_year,
  count(*) AS found,
  sum(1 - item.in_nation) AS found_elsewhere,
  sum(item.unconfirmed) AS unconfirmed
FROM item
JOIN export ON export.id = item.export
JOIN answer ON answer.id = item.answer
WHERE export.state = 'accepted' AND item.in_body = 1
GROUP BY 1, 2, 3, 4, 5, 6, 7
