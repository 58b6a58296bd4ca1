-- title: What replacing costs, by year
-- The totals of each organisation’s own plan, in pounds without VAT, contingency included; what nobody has priced is left out.
-- pack: asked (costs)
-- year [year] Financial year from: The calendar year in which it starts; 0 for what has no year.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies whose plan has something in that year.
-- items [number] Items: Devices to be replaced or removed.
-- unpriced [number] Not priced: Those among them that nobody has priced.
-- total_pence [pence] Cost: In pence, without VAT.
SELECT
  of_kind.due AS year,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.items AS items,
  of_kind.unpriced AS unpriced,
  of_kind.total_pence AS total_pence
FROM (
  SELECT
    of_body.due AS due,
    max(CASE WHEN of_body.due = 0 THEN 1 ELSE 0 END) AS is_last,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.items) AS items,
    sum(of_body.unpriced) AS unpriced,
    sum(of_body.total_pence) AS total_pence
  FROM (
    SELECT
      export.body AS body,
      plan_year.year AS due,
      sum(plan_year.items) AS items,
      sum(plan_year.unpriced) AS unpriced,
      sum(plan_year.total_pence) AS total_pence
    FROM plan_year
    JOIN export ON export.id = plan_year.export
    WHERE export.state = 'accepted'
    GROUP BY export.body, plan_year.year
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.due, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.is_last, of_kind.due, of_kind.is_total, of_kind.body_type
