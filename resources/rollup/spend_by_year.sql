-- title: What devices cost, by the year they were put in
-- What staff wrote down of any device in the register, also one that is gone; each once.
-- pack: asked (costs)
-- year [year] Put in: Calendar year; 0 where it is not recorded.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies that wrote down what a device cost.
-- devices [number] Devices: Devices whose cost is written down.
-- spend_pence [pence] Spend: In pence, as written down.
SELECT
  of_kind.installed AS year,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.devices AS devices,
  of_kind.spend_pence AS spend_pence
FROM (
  SELECT
    of_body.installed AS installed,
    max(CASE WHEN of_body.installed = 0 THEN 1 ELSE 0 END) AS is_last,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.devices) AS devices,
    sum(of_body.spend_pence) AS spend_pence
  FROM (
    SELECT
      export.body AS body,
      coalesce(item.installed_year, 0) AS installed,
      sum(item.in_nation) AS devices,
      sum(item.in_nation * item.cost_pence) AS spend_pence
    FROM item
    JOIN export ON export.id = item.export
    WHERE item.cost_pence IS NOT NULL AND export.state = 'accepted' AND item.in_body = 1
    GROUP BY export.body, coalesce(item.installed_year, 0)
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.installed, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.is_last, of_kind.installed, of_kind.is_total, of_kind.body_type
