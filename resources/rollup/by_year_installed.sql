-- Bodies with at least one camera by a listed maker that was installed in each calendar year; 0 where that is not recorded.
SELECT
  of_body.installed_year AS installed_year,
  every_body.asked AS asked,
  every_body.answered AS answered,
  every_body.counted AS counted,
  sum(CASE WHEN of_body.listed > 0 THEN 1 ELSE 0 END) AS bodies,
  sum(CASE WHEN of_body.certain > 0 THEN 1 ELSE 0 END) AS bodies_proven,
  sum(CASE WHEN of_body.listed = 0 AND of_body.not_known > 0 THEN 1 ELSE 0 END) AS bodies_not_known,
  sum(of_body.cameras_once) AS cameras_once,
  sum(of_body.listed_once) AS listed,
  sum(of_body.certain_once) AS listed_proven,
  sum(of_body.most_once) AS listed_most,
  sum(of_body.not_known_once) AS not_known,
  sum(of_body.based_once) AS based_in_china,
  sum(of_body.based_certain_once) AS based_in_china_proven
FROM (
  SELECT
    coalesce(installed_year, 0) AS installed_year,
    body,
    sum(CASE WHEN listed = 1 AND band = 'certain' THEN found ELSE 0 END) AS certain,
    sum(CASE WHEN listed = 1 THEN found ELSE 0 END) AS listed,
    sum(CASE WHEN band = 'not known' THEN found ELSE 0 END) AS not_known,
    sum(found_once) AS cameras_once,
    sum(CASE WHEN listed = 1 AND band = 'certain' THEN found_once ELSE 0 END) AS certain_once,
    sum(CASE WHEN listed = 1 THEN found_once ELSE 0 END) AS listed_once,
    sum((listed + may_be_listed) * found_once) AS most_once,
    sum(CASE WHEN band = 'not known' THEN found_once ELSE 0 END) AS not_known_once,
    sum(CASE WHEN based = 1 AND band = 'certain' THEN found_once ELSE 0 END) AS based_certain_once,
    sum(CASE WHEN based = 1 THEN found_once ELSE 0 END) AS based_once
  FROM camera
  GROUP BY 1, 2
) AS of_body
CROSS JOIN (
  SELECT
    CASE WHEN sum(asked) > 0 THEN sum(asked) END AS asked,
    coalesce(sum(answered), 0) AS answered,
    coalesce(sum(counted), 0) AS counted
  FROM body_count
) AS every_body
GROUP BY of_body.installed_year, every_body.asked, every_body.answered, every_body.counted
ORDER BY of_body.installed_year
