-- title: Who sold the devices
-- In the words of staff: a firm that is spelt in two ways is in two rows.
-- pack: asked (words typed by staff)
-- supplier [typed] Supplier: The firm that sold it; 'Not recorded' where staff wrote down none.
-- bodies [number] Organisations: Bodies with a device from it.
-- devices [number] Devices: Devices in the registers, also those that are gone, each once.
-- priced [number] Cost written down: Those among them whose cost is written down.
-- spend_pence [pence] Spend: What these cost, in pence.
SELECT
  of_body.supplier AS supplier,
  count(*) AS bodies,
  sum(of_body.devices) AS devices,
  sum(of_body.priced) AS priced,
  sum(of_body.spend_pence) AS spend_pence
FROM (
  SELECT
    export.body AS body,
    coalesce(item.seller, 'Not recorded') AS supplier,
    sum(item.in_nation) AS devices,
    sum(CASE WHEN item.cost_pence IS NULL THEN 0 ELSE item.in_nation END) AS priced,
    sum(CASE WHEN item.cost_pence IS NULL THEN 0 ELSE item.in_nation * item.cost_pence END) AS spend_pence
  FROM item
  JOIN export ON export.id = item.export
  WHERE item.has_row = 1 AND export.state = 'accepted' AND item.in_body = 1
  GROUP BY export.body, coalesce(item.seller, 'Not recorded')
) AS of_body
GROUP BY of_body.supplier
ORDER BY of_body.supplier = 'Not recorded', of_body.supplier
