-- title: Sites and sensitive places
-- How far each site, and each place that staff marked as sensitive, is with devices of listed makers, by the organisation’s own
-- lists.
-- pack: asked (sensitive places)
-- sensitive [word] Place: Whether staff marked it, or a place that it is in, as sensitive.
-- progress [word] How far: In the Government’s words; 'not known' where it cannot be told.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a place.
-- sites [number] Places: Such places.
-- listed_now [number] Listed devices there: Devices of listed makers there, by the organisation’s own lists.
SELECT
  CASE of_kind.is_sensitive WHEN 1 THEN 'sensitive' ELSE 'not marked as sensitive' END AS sensitive,
  of_kind.progress AS progress,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.sites AS sites,
  of_kind.listed_now AS listed_now
FROM (
  SELECT
    of_body.is_sensitive AS is_sensitive,
    of_body.progress AS progress,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.sites) AS sites,
    sum(of_body.listed_now) AS listed_now
  FROM (
    SELECT
      export.body AS body,
      site.is_sensitive AS is_sensitive,
      coalesce(site.progress, 'not known') AS progress,
      count(*) AS sites,
      coalesce(sum(site.listed_now), 0) AS listed_now
    FROM site
    JOIN export ON export.id = site.export
    WHERE export.state = 'accepted'
    GROUP BY export.body, site.is_sensitive, coalesce(site.progress, 'not known')
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.is_sensitive, of_body.progress, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.is_sensitive DESC, of_kind.progress, of_kind.is_total, of_kind.body_type
